import { useAction, useUser } from '@latchkey/client/react';
import { useState } from 'react';
import { useLocale } from '../../../shared/locale.tsx';
import { usePasswordErrors, useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { FormDialog } from '../../../shared/ui/form-dialog.tsx';
import { PasswordField } from '../../../shared/ui/password-field.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { plural } from '../../../shared/words.ts';
import { type Me, type Settings, useRefresh } from '../queries.ts';
import { useSecurityWords } from './words.ts';

interface PasswordProps {
  readonly me: Me;
  readonly settings: Settings;
}

export function Password({ me, settings }: PasswordProps) {
  const words = useSecurityWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={words.password}>
      <ul className="rows">
        <li>
          <p>{me.hasPassword ? words.passwordSet : words.passwordMissing}</p>
          <div className="row-actions">
            <Button onClick={() => setOpen(true)}>{me.hasPassword ? words.changePassword : words.setPassword}</Button>
          </div>
        </li>
      </ul>
      {isOpen && <PasswordDialog me={me} settings={settings} onClose={() => setOpen(false)} />}
    </Card>
  );
}

/** Changes the password, or sets the first one. */
function PasswordDialog({ me, settings, onClose }: PasswordProps & { onClose(): void }) {
  const words = useSecurityWords();
  const shared = useSharedWords();
  const { locale } = useLocale();
  const user = useUser();
  const refresh = useRefresh();
  const action = useAction('changePassword');
  const errors = usePasswordErrors(action, 'currentPassword');

  async function save({ currentPassword, newPassword = '' }: Readonly<Record<string, string>>) {
    const result = await action.run({ newPassword, ...(currentPassword && { currentPassword }) });
    if (result?.__typename !== 'PasswordChanged') return;
    refresh();
    announce(words.passwordChanged);
    onClose();
  }
  return (
    <FormDialog
      title={me.hasPassword ? words.changePassword : words.setPassword}
      description={<p>{words.othersEnd}</p>}
      submit={shared.save}
      action={action}
      errors={errors}
      onSubmit={(values) => void save(values)}
      onClose={onClose}
    >
      {/* Tells password managers whose password it is. */}
      <input hidden readOnly autoComplete="username" value={user?.email ?? user?.phone ?? ''} />
      {me.hasPassword && (
        <PasswordField
          name="currentPassword"
          label={words.currentPassword}
          hint={words.forgotten}
          autoComplete="current-password"
          required
        />
      )}
      <PasswordField
        name="newPassword"
        label={words.newPassword}
        hint={`${plural(locale, settings.passwordMinLength, words.passwordRule)} ${words.passwordAdvice}`}
        autoComplete="new-password"
        maxLength={settings.passwordMaxLength}
        required
      />
    </FormDialog>
  );
}

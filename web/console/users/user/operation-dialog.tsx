import { useAction } from '@latchkey/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useLocale } from '../../../shared/locale.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { listEndings } from './endings.ts';
import type { ImpersonationToken } from './impersonation.tsx';
import type { ConsoleUser } from './page.tsx';
import { NEEDS_REASON, runOperation } from './run-operation.ts';
import type { OperationName } from './words/en.ts';
import { useUserWords } from './words.ts';

interface OperationDialogProps {
  readonly name: OperationName;
  readonly user: ConsoleUser;
  onImpersonation(token: ImpersonationToken): void;
  onClose(): void;
}

const DONE = ['AdminUser', 'LoggedOut', 'PasswordLinkSent', 'Impersonation'];

/** Asks before an operation, says what it takes away, and shows why it was refused. */
export function OperationDialog({ name, user, onImpersonation, onClose }: OperationDialogProps) {
  const words = useUserWords();
  const { locale } = useLocale();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const action = useAction(runOperation);
  const { button, title, text, done } = words.operations[name];
  const endings = listEndings(name, user, locale, words);
  const needsReason = NEEDS_REASON.includes(name);

  async function confirm({ reason = '' }: Readonly<Record<string, string>>) {
    const result = await action.run(name, user, reason.trim());
    if (result?.__typename === 'UserChanged') await queries.invalidateQueries();
    if (!result || !DONE.includes(result.__typename)) return;
    if (result.__typename === 'Impersonation') onImpersonation(result);
    else announce(done);
    onClose();
    if (name === 'delete') navigate('/console/users', { replace: true });
    // Lists show the user, too.
    await queries.invalidateQueries();
  }
  return (
    <Confirm
      title={title}
      description={
        <>
          <p>{text}</p>
          {endings.length > 0 && (
            <ul>
              {endings.map((ending) => (
                <li key={ending}>{ending}</li>
              ))}
            </ul>
          )}
        </>
      }
      submit={button}
      look={name === 'delete' || name === 'deactivate' ? 'danger' : 'primary'}
      action={action}
      onSubmit={(values) => void confirm(values)}
      onClose={onClose}
    >
      <Field
        name="reason"
        label={words.reason}
        hint={needsReason ? words.hints.reasonRequired : words.hints.reason}
        required={needsReason}
        maxLength={500}
      />
    </Confirm>
  );
}

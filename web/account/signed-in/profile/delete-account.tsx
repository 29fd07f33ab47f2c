import type { FormErrors } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { useMemo, useState } from 'react';
import { usePasswordErrors } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { PasswordField } from '../../../shared/ui/password-field.tsx';
import { fill } from '../../../shared/words.ts';
import type { Me } from '../queries.ts';
import { useProfileWords } from './words.ts';

interface DeleteAccountProps {
  readonly me: Me;
  onDeleted(): void;
}

export function DeleteAccount(props: DeleteAccountProps) {
  const words = useProfileWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={words.deletion}>
      <p>{words.deletionHint}</p>
      <Button look="danger" onClick={() => setOpen(true)}>
        {words.deleteAccount}
      </Button>
      {isOpen && <DeletionDialog {...props} onClose={() => setOpen(false)} />}
    </Card>
  );
}

/** Says what will be gone. The user types the address, so that it is not deleted by mistake. */
function DeletionDialog({ me, onDeleted, onClose }: DeleteAccountProps & { onClose(): void }) {
  const words = useProfileWords();
  const action = useAction('deleteAccount');
  const errors = usePasswordErrors(action);
  /** What was typed instead. Another object after each attempt. */
  const [mistake, setMistake] = useState<{ readonly typed: string }>();
  const text = me.email ?? me.phone ?? me.id;
  const typedWrong = fill(words.typedWrong, { text });
  const problem = useMemo(
    (): FormErrors | undefined => mistake && { fields: { typed: typedWrong } },
    [mistake, typedWrong],
  );

  async function confirm({ typed = '', password }: Readonly<Record<string, string>>) {
    const isSame = typed.trim().toLowerCase() === text.toLowerCase();
    setMistake(isSame ? undefined : { typed });
    if (!isSame) return;
    const result = await action.run(password ? { password } : {});
    if (result?.__typename === 'AccountDeleted') onDeleted();
  }
  return (
    <Confirm
      title={words.deleteQuestion}
      description={
        <>
          <p>{words.deleteIntroduction}</p>
          <ul>
            {words.consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
        </>
      }
      submit={words.deleteForever}
      action={action}
      errors={problem ?? errors}
      onSubmit={(values) => void confirm(values)}
      onClose={onClose}
    >
      <Field name="typed" label={fill(words.typeToConfirm, { text })} autoComplete="off" spellCheck={false} required />
      {me.hasPassword && (
        <PasswordField name="password" label={words.password} autoComplete="current-password" required />
      )}
    </Confirm>
  );
}

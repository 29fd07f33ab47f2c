import type { PasskeyFieldsFragment } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Confirm, Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Form, Submit } from '../../../shared/ui/form.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import { useRefresh } from '../queries.ts';
import { useSecurityWords } from './words.ts';

interface PasskeyDialogProps {
  readonly passkey: PasskeyFieldsFragment;
  onClose(): void;
}

export function RenamePasskey({ passkey: { id, name }, onClose }: PasskeyDialogProps) {
  const words = useSecurityWords();
  const shared = useSharedWords();
  const refresh = useRefresh();
  const { run, errors, isPending } = useAction('renamePasskey');

  async function rename(name: string) {
    if ((await run({ id, name }))?.__typename !== 'PasskeySaved') return;
    refresh();
    announce(words.renamed);
    onClose();
  }
  return (
    <Dialog title={fill(words.renamePasskey, { name })} onClose={onClose}>
      <Form errors={errors} isPending={isPending} onSubmit={({ name = '' }) => void rename(name)}>
        <Field name="name" label={words.name} defaultValue={name} autoComplete="off" required />
        <div className="actions">
          <Submit>{shared.save}</Submit>
          <Button onClick={onClose}>{shared.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  );
}

export function RemovePasskey({ passkey: { id, name }, onClose }: PasskeyDialogProps) {
  const words = useSecurityWords();
  const refresh = useRefresh();
  const action = useAction('removePasskey');

  async function remove() {
    if ((await action.run({ id }))?.__typename !== 'PasskeyRemoved') return;
    refresh();
    announce(words.passkeyRemoved);
    onClose();
  }
  return (
    <Confirm
      title={fill(words.removePasskey, { name })}
      description={<p>{words.removePasskeyHint}</p>}
      action={words.remove}
      errors={action.errors}
      isPending={action.isPending}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <Reauthenticate of={action} />
    </Confirm>
  );
}

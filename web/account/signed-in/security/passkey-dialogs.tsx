import type { PasskeyFieldsFragment } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { useSharedWords } from '../../../shared/shared-words.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { Confirm, FormDialog } from '../../../shared/ui/form-dialog.tsx';
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
  const action = useAction('renamePasskey');

  async function rename(name: string) {
    if ((await action.run({ id, name }))?.__typename !== 'PasskeySaved') return;
    refresh();
    announce(words.renamed);
    onClose();
  }
  return (
    <FormDialog
      title={fill(words.renamePasskey, { name })}
      submit={shared.save}
      action={action}
      onSubmit={({ name = '' }) => void rename(name)}
      onClose={onClose}
    >
      <Field name="name" label={words.name} defaultValue={name} autoComplete="off" required />
    </FormDialog>
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
      submit={words.remove}
      action={action}
      onSubmit={() => void remove()}
      onClose={onClose}
    />
  );
}

import type { FormErrors } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ConsoleUserDocument, type ShownUserFragment } from '../../../generated/documents.ts';
import { useSharedWords } from '../../../shared/shared-words.ts';
import { FormDialog } from '../../../shared/ui/form-dialog.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { keyOf } from '../../shell/data.ts';
import { Conflict } from './conflict.tsx';
import { EditFields } from './edit-fields.tsx';
import { changedFields, type FieldName, merge, readValues, toInput, toValues } from './edit-values.ts';
import type { ConsoleUser } from './page.tsx';
import { updateUser } from './update.ts';
import { useUserWords } from './words.ts';

const NO_ERRORS: FormErrors = { fields: {} };

interface EditDialogProps {
  readonly user: ConsoleUser;
  onClose(): void;
}

/** The form for all fields. Another administrator's changes are neither lost nor overwritten. */
export function EditDialog({ user, onClose }: EditDialogProps) {
  const words = useUserWords();
  const shared = useSharedWords();
  const queries = useQueryClient();
  const action = useAction(updateUser);
  /** What my changes are compared with. */
  const [base, setBase] = useState<ShownUserFragment>(user);
  const [draft, setDraft] = useState(() => toValues(user));
  /** Why nothing was sent. */
  const [mistake, setMistake] = useState<'unchanged' | readonly FieldName[]>();
  const problems = useMemo((): FormErrors | undefined => {
    if (mistake === 'unchanged') return { fields: {}, form: words.nothingChanged };
    return mistake && { fields: Object.fromEntries(mistake.map((name) => [name, words.invalidJson])) };
  }, [mistake, words]);
  const [conflict, setConflict] = useState<ShownUserFragment>();

  async function save(sent: Readonly<Record<string, string>>) {
    const before = toValues(base);
    const values = readValues(sent);
    const { input, wrong } = toInput(before, values);
    setDraft(values);
    const isUnchanged = wrong.length === 0 && Object.keys(input).length === 0;
    setMistake(isUnchanged ? 'unchanged' : wrong.length > 0 ? wrong : undefined);
    if (isUnchanged || wrong.length > 0) return;
    const reason = sent.reason?.trim() || null;
    const result = await action.run({ id: user.id, input, reason, expectedUpdatedAt: base.updatedAt });
    if (result?.__typename === 'UserChanged') setConflict(result.user);
    if (result?.__typename !== 'AdminUser') return;
    announce(words.saved);
    await queries.invalidateQueries({ queryKey: keyOf(ConsoleUserDocument) });
    onClose();
  }

  function goOn(now: ShownUserFragment, keepsMine: boolean) {
    setDraft(keepsMine ? merge(draft, toValues(base), toValues(now)) : toValues(now));
    setBase(now);
    setConflict(undefined);
    action.reset();
  }

  if (conflict)
    return (
      <Conflict
        fields={changedFields(toValues(base), toValues(conflict))}
        onKeep={() => goOn(conflict, true)}
        onTakeOver={() => goOn(conflict, false)}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title={words.editTitle}
      submit={shared.save}
      action={action}
      errors={problems ?? (action.result?.__typename === 'UserChanged' ? NO_ERRORS : action.errors)}
      onSubmit={(sent) => void save(sent)}
      onClose={onClose}
    >
      <EditFields values={draft} sessions={user.sessions.length} />
    </FormDialog>
  );
}

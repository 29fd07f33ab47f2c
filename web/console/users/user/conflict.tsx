import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import type { FieldName } from './edit-values.ts';
import { useUserWords } from './words.ts';

interface ConflictProps {
  /** What another administrator has changed. */
  readonly fields: readonly FieldName[];
  onKeep(): void;
  onTakeOver(): void;
  onClose(): void;
}

/** Two administrators have edited the same user. Nothing is saved until this one decides. */
export function Conflict({ fields, onKeep, onTakeOver, onClose }: ConflictProps) {
  const { conflict, editTitle, ...words } = useUserWords();
  const { locale } = useLocale();
  const names = new Intl.ListFormat(locale).format(fields.map((name) => words.fields[name]));
  return (
    <Dialog
      title={editTitle}
      description={<p>{conflict.text.replace('{fields}', () => names || conflict.noFields)}</p>}
      onClose={onClose}
    >
      <div className="actions">
        <Button look="primary" onClick={onKeep}>
          {conflict.keep}
        </Button>
        <Button onClick={onTakeOver}>{conflict.takeOver}</Button>
      </div>
    </Dialog>
  );
}

import { useEffect, useState } from 'react';
import { Field } from '../../shared/ui/field.tsx';

export interface TextFilterProps {
  readonly label: string;
  readonly type?: 'text' | 'datetime-local';
  readonly value: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  /** Called with Enter, and when the focus leaves a changed input. */
  onChange(value: string): void;
}

/** A text that filters once it is complete. */
export function TextFilter({ label, type = 'text', value, placeholder, error, onChange }: TextFilterProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const commit = () => draft.trim() !== value && onChange(draft.trim());
  return (
    <Field
      label={label}
      type={type}
      value={draft}
      placeholder={placeholder}
      error={error}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

import { useId } from 'react';

export interface SelectFilterProps {
  readonly label: string;
  /** The name of the choice that filters nothing. */
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly disabled?: boolean;
  onChange(value: string | undefined): void;
}

/** A choice of one value, or of all. A value of the address that is no option is shown as it is. */
export function SelectFilter({ label, any, value, options, disabled, onChange }: SelectFilterProps) {
  const id = useId();
  const isKnown = value === undefined || options.some(([option]) => option === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">{any}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

import { SelectField } from '../../shared/ui/field.tsx';

export interface SelectFilterProps {
  readonly label: string;
  /** The name of the choice that filters nothing, if there is one. */
  readonly any?: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly disabled?: boolean;
  onChange(value: string | undefined): void;
}

/** A choice of one value, or of all. A value of the address that is no option is shown as it is. */
export function SelectFilter({ any, value = '', options, onChange, ...props }: SelectFilterProps) {
  const isKnown = value === '' || options.some(([option]) => option === value);
  return (
    <SelectField {...props} value={value} onChange={(event) => onChange(event.target.value || undefined)}>
      {any !== undefined && <option value="">{any}</option>}
      {!isKnown && <option value={value}>{value}</option>}
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

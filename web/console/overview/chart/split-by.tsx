import { useId } from 'react';
import { useOverviewWords } from '../words.ts';

export interface SplitByProps<Value extends string> {
  readonly value: Value;
  readonly options: Readonly<Record<NoInfer<Value>, string>>;
  onChange(value: NoInfer<Value>): void;
}

/** What the bars are divided by. */
export function SplitBy<Value extends string>({ value, options, onChange }: SplitByProps<Value>) {
  const { splitBy } = useOverviewWords();
  const name = useId();
  return (
    <fieldset className="split">
      <legend className="hidden">{splitBy}</legend>
      {(Object.entries(options) as [Value, string][]).map(
        (
          [option, label], // Object.entries forgets the names' type.
        ) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            {label}
          </label>
        ),
      )}
    </fieldset>
  );
}

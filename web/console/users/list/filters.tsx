import { useId } from 'react';
import { Button } from '../../../shared/ui/button.tsx';
import { SelectField } from '../../../shared/ui/field.tsx';
import { useShellWords } from '../../shell/words.ts';
import type { ColumnName } from './columns.ts';
import { DebouncedField } from './debounced-field.tsx';
import { CHOICES, type Choice, type ListState, ORDERS, TEXTS } from './list-state.ts';
import type { UserTable } from './user-table.ts';
import { useListWords } from './words.ts';

/** Filters, order and columns. */
export function Filters({ list, table }: { readonly list: ListState; readonly table: UserTable }) {
  const words = useListWords();
  const { roles } = useShellWords();
  const id = useId();
  const choices: Readonly<Record<Choice, readonly string[]>> = {
    role: CHOICES.role.map((role) => roles[role]),
    active: [words.activeYes, words.activeNo],
    verified: [words.verifiedYes, words.verifiedNo],
    factor: [words.factorYes, words.factorNo],
  };
  return (
    <div className="card filters">
      {Object.entries(choices).map(([name, labels]) => {
        const choice = name as Choice; // The keys are choices.
        return (
          <Choices
            key={name}
            label={words[choice]}
            value={list.params.get(name) ?? ''}
            options={[['', words.any], ...CHOICES[choice].map((value, at) => [value, labels[at] ?? value] as const)]}
            onChoose={(value) => list.set(choice, value)}
          />
        );
      })}
      {TEXTS.map((name) => (
        <DebouncedField
          key={name}
          label={words[name]}
          value={list.params.get(name) ?? ''}
          placeholder={name === 'domain' ? 'example.com' : 'orders:write'}
          onValue={(value) => list.set(name, value)}
        />
      ))}
      <Choices
        label={words.order}
        value={list.order}
        options={ORDERS.map((order) => [order, words.orders[order]] as const)}
        onChoose={(value) => list.set('order', value)}
      />
      <fieldset className="choices" aria-labelledby={id}>
        <legend id={id}>{words.chooseColumns}</legend>
        {table
          .getAllLeafColumns()
          .filter((column) => column.getCanHide())
          .map((column) => (
            <label key={column.id} className="check">
              <input
                type="checkbox"
                checked={column.getIsVisible()}
                onChange={(event) => column.toggleVisibility(event.target.checked)}
              />
              {words.columns[column.id as ColumnName]}
            </label>
          ))}
      </fieldset>
      {(list.filterCount > 0 || list.filter.search) && (
        <Button look="quiet" onClick={list.clear}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  onChoose(value: string): void;
}

const Choices = ({ options, onChoose, ...props }: ChoicesProps) => (
  <SelectField {...props} onChange={(event) => onChoose(event.target.value)}>
    {options.map(([value, text]) => (
      <option key={value} value={value}>
        {text}
      </option>
    ))}
  </SelectField>
);

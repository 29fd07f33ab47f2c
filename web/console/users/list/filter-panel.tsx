import { useId } from 'react';
import { Check } from '../../parts/check.tsx';
import { ClearFilters } from '../../parts/filter-bar.tsx';
import { SelectFilter } from '../../parts/select-filter.tsx';
import { TextFilter } from '../../parts/text-filter.tsx';
import type { Filters } from '../../parts/use-filters.ts';
import { useShellWords } from '../../shell/words.ts';
import type { ColumnName } from './columns.ts';
import { CHOICES, type Choice, FILTERS, ORDERS, readOrder, TEXTS } from './user-filters.ts';
import type { UserTable } from './user-table.ts';
import { useUserListWords } from './words.ts';

/** Filters, order and columns. */
export function FilterPanel({ filters, table }: { readonly filters: Filters; readonly table: UserTable }) {
  const words = useUserListWords();
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
          <SelectFilter
            key={name}
            label={words[choice]}
            any={words.any}
            value={filters.getOneOf<string>(name, CHOICES[choice])}
            options={CHOICES[choice].map((value, at) => [value, labels[at] ?? value] as const)}
            onChange={(value) => filters.set({ [name]: value })}
          />
        );
      })}
      {TEXTS.map((name) => (
        <TextFilter
          key={name}
          label={words[name]}
          value={filters.get(name) ?? ''}
          placeholder={name === 'domain' ? 'example.com' : 'orders:write'}
          isLive
          onChange={(value) => filters.set({ [name]: value }, { isStep: false })}
        />
      ))}
      <SelectFilter
        label={words.order}
        value={readOrder(filters)}
        options={ORDERS.map((order) => [order, words.orders[order]] as const)}
        onChange={(order) => filters.set({ order })}
      />
      <fieldset className="choices" aria-labelledby={id}>
        <legend id={id}>{words.chooseColumns}</legend>
        {table
          .getAllLeafColumns()
          .filter((column) => column.getCanHide())
          .map((column) => (
            <Check
              key={column.id}
              label={words.columns[column.id as ColumnName]}
              checked={column.getIsVisible()}
              onChange={({ target }) => column.toggleVisibility(target.checked)}
            />
          ))}
      </fieldset>
      <ClearFilters filters={filters} names={FILTERS} />
    </div>
  );
}

import { fromLocalInput, PERIOD_NAMES, PERIODS, type Period, type PeriodName, toLocalInput } from './period.ts';
import { SelectFilter } from './select-filter.tsx';
import { TextFilter } from './text-filter.tsx';
import type { Filters } from './use-filters.ts';
import { useListWords } from './words.ts';

export interface PeriodFilterProps {
  readonly filters: Filters;
  readonly period: Period & { readonly name: PeriodName | 'own' | undefined };
}

const NONE = { last: undefined, since: undefined, until: undefined };

/** The last day, week and so on, or any two times. */
export function PeriodFilter({ filters, period }: PeriodFilterProps) {
  const words = useListWords();
  const options = PERIOD_NAMES.map((name) => [name, words.periods[name]] as const);

  function choose(name: string | undefined) {
    // Begins with what was shown so far.
    if (name === 'own')
      filters.set({ ...NONE, since: period.since ?? new Date(Date.now() - PERIODS['24h']).toISOString() });
    else filters.set({ ...NONE, last: name });
  }
  return (
    <>
      <SelectFilter
        label={words.period}
        any={words.anyTime}
        value={period.name}
        options={[...options, ['own', words.ownPeriod]]}
        onChange={choose}
      />
      {period.name === 'own' && (
        <>
          <TextFilter
            label={words.since}
            type="datetime-local"
            value={toLocalInput(period.since)}
            onChange={(text) => filters.set({ since: fromLocalInput(text) }, { isStep: false })}
          />
          <TextFilter
            label={words.until}
            type="datetime-local"
            value={toLocalInput(period.until)}
            onChange={(text) => filters.set({ until: fromLocalInput(text) }, { isStep: false })}
          />
        </>
      )}
    </>
  );
}

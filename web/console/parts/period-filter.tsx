import { fromLocalInput, PERIODS, type Period, type PeriodName, toLocalInput } from './period.ts';
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
  const options = (Object.keys(PERIODS) as PeriodName[]).map((name) => [name, words.periods[name]] as const);

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
            onChange={(text) => filters.set({ ...NONE, since: fromLocalInput(text), until: filters.get('until') })}
          />
          <TextFilter
            label={words.until}
            type="datetime-local"
            value={toLocalInput(period.until)}
            onChange={(text) => filters.set({ ...NONE, since: filters.get('since'), until: fromLocalInput(text) })}
          />
        </>
      )}
    </>
  );
}

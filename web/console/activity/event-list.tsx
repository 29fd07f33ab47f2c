import { ConsoleEventsDocument } from '../../generated/documents.ts';
import { useEventWords } from '../../shared/events/words.ts';
import { Entries } from '../parts/entries.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { List } from '../parts/list.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { pageOf } from '../parts/pager.tsx';
import { usePeriod } from '../parts/period.ts';
import { PeriodFilter } from '../parts/period-filter.tsx';
import { SelectFilter } from '../parts/select-filter.tsx';
import type { Filters } from '../parts/use-filters.ts';
import { useData } from '../shell/data.ts';
import { useShellWords } from '../shell/words.ts';
import { EventEntry } from './event-entry.tsx';
import { UserFilter } from './user-filter.tsx';
import { useActivityWords } from './words.ts';

const FILTERS = ['kind', 'outcome', 'user', 'actor', 'last', 'since', 'until'] as const;

/** The service refuses other texts. */
const WORD = /^[\w-]{1,64}$/;

export function EventList({ filters }: { readonly filters: Filters }) {
  const words = useActivityWords();
  const events = useEventWords();
  const { pages } = useShellWords();
  const period = usePeriod(filters);
  const [kind, outcome] = ['kind', 'outcome'].map((name) => {
    const value = filters.get(name);
    return value && WORD.test(value) ? value : undefined;
  });
  const filter = {
    kind: kind ?? null,
    outcome: outcome ?? null,
    userId: filters.get('user') ?? null,
    actorId: filters.get('actor') ?? null,
    since: period.since,
    until: period.until,
  };
  const query = useData(ConsoleEventsDocument, { ...pageOf(filters), filter }, { keepsPrevious: true });
  const kinds = Object.entries(events.kinds);
  const outcomes = kinds.find(([name]) => name === kind)?.[1][1] ?? {};

  return (
    <>
      <PageHeader title={pages.activity}>
        <p className="quiet-text">{words.about}</p>
      </PageHeader>
      <FilterBar filters={filters} names={FILTERS} onRefresh={() => void query.refetch()}>
        <SelectFilter
          label={words.kind}
          any={words.anyKind}
          value={kind}
          options={kinds
            .map(([value, [name]]) => [value, name] as const)
            .sort(([, one], [, other]) => one.localeCompare(other))}
          onChange={(value) => filters.set({ kind: value, outcome: undefined })}
        />
        <SelectFilter
          label={words.outcome}
          any={words.anyOutcome}
          value={outcome}
          options={Object.entries(outcomes)}
          disabled={kind === undefined && outcome === undefined}
          onChange={(value) => filters.set({ outcome: value })}
        />
        <PeriodFilter filters={filters} period={period} />
        <UserFilter label={words.user} id={filters.get('user')} onChange={(user) => filters.set({ user })} />
        <UserFilter label={words.actor} id={filters.get('actor')} onChange={(actor) => filters.set({ actor })} />
      </FilterBar>
      <List
        query={query}
        filters={filters}
        select={({ auditEvents }) => auditEvents}
        empty={filters.isAnySet(FILTERS) ? words.emptyFilter : words.empty}
      >
        {(events) => (
          <Entries label={pages.activity} areOld={query.isPlaceholderData}>
            {events.map((event) => (
              <EventEntry key={event.id} event={event} />
            ))}
          </Entries>
        )}
      </List>
    </>
  );
}

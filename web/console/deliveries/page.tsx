import { useState } from 'react';
import type { DeliveryFilter } from '../../generated/documents.ts';
import { ConsoleDeliveriesDocument, type ConsoleDeliveryFragment } from '../../generated/documents.ts';
import { PageTitle } from '../../shared/ui/page-title.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { List } from '../parts/list.tsx';
import { pageOf } from '../parts/pager.tsx';
import { usePeriod } from '../parts/period.ts';
import { PeriodFilter } from '../parts/period-filter.tsx';
import { SelectFilter } from '../parts/select-filter.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useData } from '../shell/data.ts';
import { useShellWords } from '../shell/words.ts';
import { DeliveryEntry } from './delivery-entry.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import type { DeliveryWords } from './words/en.ts';
import { useDeliveryWords } from './words.ts';

const FILTERS = ['state', 'channel', 'last', 'since', 'until'] as const;

/** The entry of an enum that the address names; null if there is none. */
const pick = <Key extends string>(names: Readonly<Record<Key, string>>, name: string | undefined): Key | null =>
  name !== undefined && name in names ? (name as Key) : null; // Just checked.

const optionsOf = (names: Readonly<Record<string, string>>) => Object.entries(names);

/** What was or is to be sent. */
export default function DeliveriesPage() {
  const words = useDeliveryWords();
  const { pages } = useShellWords();
  const filters = useFilters();
  const period = usePeriod(filters);
  const [retrying, setRetrying] = useState<ConsoleDeliveryFragment>();
  const filter: DeliveryFilter = {
    state: pick<keyof DeliveryWords['states']>(words.states, filters.get('state')),
    channel: pick<keyof DeliveryWords['channels']>(words.channels, filters.get('channel')),
    since: period.since,
    until: period.until,
  };
  const query = useData(ConsoleDeliveriesDocument, { ...pageOf(filters), filter }, { keepsPrevious: true });

  return (
    <>
      <header className="page-head">
        <PageTitle>{pages.deliveries}</PageTitle>
        <p className="quiet-text">{words.about}</p>
      </header>
      <FilterBar filters={filters} names={FILTERS} onRefresh={() => void query.refetch()}>
        <SelectFilter
          label={words.state}
          any={words.anyState}
          value={filters.get('state')}
          options={optionsOf(words.states)}
          onChange={(state) => filters.set({ state })}
        />
        <SelectFilter
          label={words.channel}
          any={words.anyChannel}
          value={filters.get('channel')}
          options={optionsOf(words.channels)}
          onChange={(channel) => filters.set({ channel })}
        />
        <PeriodFilter filters={filters} period={period} />
      </FilterBar>
      <List
        query={query}
        filters={filters}
        select={({ deliveries }) => deliveries}
        label={pages.deliveries}
        empty={FILTERS.some(filters.get) ? words.emptyFilter : words.empty}
      >
        {(delivery) => <DeliveryEntry key={delivery.id} delivery={delivery} onRetry={() => setRetrying(delivery)} />}
      </List>
      {retrying && <RetryDialog delivery={retrying} onClose={() => setRetrying(undefined)} />}
    </>
  );
}

import { useState } from 'react';
import {
  ConsoleDeliveriesDocument,
  type ConsoleDeliveryFragment,
  type DeliveryFilter,
} from '../../generated/documents.ts';
import { Entries } from '../parts/entries.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { List } from '../parts/list.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { pageOf } from '../parts/pager.tsx';
import { usePeriod } from '../parts/period.ts';
import { PeriodFilter } from '../parts/period-filter.tsx';
import { SelectFilter } from '../parts/select-filter.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useData } from '../shell/data.ts';
import { useShellWords } from '../shell/words.ts';
import { DeliveryEntry } from './delivery-entry.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import { useDeliveryWords } from './words.ts';

const FILTERS = ['state', 'channel', 'last', 'since', 'until'] as const;

/** Object.keys forgets their type. */
const valuesOf = <Value extends string>(names: Readonly<Record<Value, string>>) => Object.keys(names) as Value[];

/** What was or is to be sent. */
export default function DeliveriesPage() {
  const words = useDeliveryWords();
  const { pages } = useShellWords();
  const filters = useFilters();
  const period = usePeriod(filters);
  const [retrying, setRetrying] = useState<ConsoleDeliveryFragment>();
  const state = filters.getOneOf('state', valuesOf(words.states));
  const channel = filters.getOneOf('channel', valuesOf(words.channels));
  const filter: DeliveryFilter = {
    state: state ?? null,
    channel: channel ?? null,
    since: period.since,
    until: period.until,
  };
  const query = useData(ConsoleDeliveriesDocument, { ...pageOf(filters), filter }, { keepsPrevious: true });

  return (
    <>
      <PageHeader title={pages.deliveries}>
        <p className="quiet-text">{words.about}</p>
      </PageHeader>
      <FilterBar filters={filters} names={FILTERS} onRefresh={() => void query.refetch()}>
        <SelectFilter
          label={words.state}
          any={words.anyState}
          value={state}
          options={Object.entries(words.states)}
          onChange={(state) => filters.set({ state })}
        />
        <SelectFilter
          label={words.channel}
          any={words.anyChannel}
          value={channel}
          options={Object.entries(words.channels)}
          onChange={(channel) => filters.set({ channel })}
        />
        <PeriodFilter filters={filters} period={period} />
      </FilterBar>
      <List
        query={query}
        filters={filters}
        select={({ deliveries }) => deliveries}
        empty={filters.isAnySet(FILTERS) ? words.emptyFilter : words.empty}
      >
        {(deliveries) => (
          <Entries label={pages.deliveries} areOld={query.isPlaceholderData}>
            {deliveries.map((delivery) => (
              <DeliveryEntry key={delivery.id} delivery={delivery} onRetry={() => setRetrying(delivery)} />
            ))}
          </Entries>
        )}
      </List>
      {retrying && <RetryDialog delivery={retrying} onClose={() => setRetrying(undefined)} />}
    </>
  );
}

import { useFilters } from '../parts/use-filters.ts';
import { EventList } from './event-list.tsx';
import { OneEvent } from './one-event.tsx';

/** The audit log, or one event of it: `?event=`. */
export default function ActivityPage() {
  const filters = useFilters();
  const id = filters.get('event');
  return id ? <OneEvent key={id} id={id} /> : <EventList filters={filters} />;
}

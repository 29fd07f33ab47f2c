import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import { ConsoleEventsDocument } from '../../generated/documents.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../parts/empty.tsx';
import { Entries } from '../parts/entries.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { useData } from '../shell/data.ts';
import { EventEntry } from './event-entry.tsx';
import { useActivityWords } from './words.ts';

/** The page behind the link to an event. */
export function OneEvent({ id }: { readonly id: string }) {
  const words = useActivityWords();
  const events = useData(ConsoleEventsDocument, { first: 1, filter: { id } });
  return (
    <>
      <PageHeader title={words.one.title} />
      <Loaded of={events}>
        {({ auditEvents: { nodes } }) =>
          nodes.length > 0 ? (
            <Entries label={words.one.title}>
              {nodes.map((event) => (
                <EventEntry key={event.id} event={event} isOpen />
              ))}
            </Entries>
          ) : (
            <Empty>{words.one.missing}</Empty>
          )
        }
      </Loaded>
      <div className="actions">
        <Link className="button" href="/console/activity">
          <ArrowLeft aria-hidden size={18} />
          {words.one.all}
        </Link>
      </div>
    </>
  );
}

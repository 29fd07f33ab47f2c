import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import { ConsoleEventsDocument } from '../../generated/documents.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { PageTitle } from '../../shared/ui/page-title.tsx';
import { useData } from '../shell/data.ts';
import { EventEntry } from './event-entry.tsx';
import { useActivityWords } from './words.ts';
import '../parts/parts.css';

/** The page behind the link to an event. */
export function OneEvent({ id }: { readonly id: string }) {
  const words = useActivityWords();
  const events = useData(ConsoleEventsDocument, { first: 1, filter: { id } });
  return (
    <>
      <header className="page-head">
        <PageTitle>{words.one.title}</PageTitle>
      </header>
      <Loaded of={events}>
        {({ auditEvents: { nodes } }) =>
          nodes.length > 0 ? (
            <ol className="list">
              {nodes.map((event) => (
                <EventEntry key={event.id} event={event} isOpen />
              ))}
            </ol>
          ) : (
            <p className="list-empty card">{words.one.missing}</p>
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

import type { ConsoleEventFragment } from '../../generated/documents.ts';
import { isRefusal } from '../../shared/events/refusals.ts';
import { kindName, methodName, outcomeName, useEventWords } from '../../shared/events/words.ts';
import { useFormat } from '../../shared/format.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Entry } from '../parts/entries.tsx';
import { Time } from '../parts/time.tsx';
import { nameOf } from '../shell/viewer.ts';
import { EventDetails } from './event-details.tsx';
import { useActivityWords } from './words.ts';

export interface EventEntryProps {
  readonly event: ConsoleEventFragment;
  /** Whether its details are shown from the start. */
  readonly isOpen?: boolean;
}

export function EventEntry({ event, isOpen = false }: EventEntryProps) {
  const words = useActivityWords();
  const events = useEventWords();
  const format = useFormat();
  const { at, lastAt, kind, outcome, method, count, user, userId, actor, actorId } = event;
  const who = user ? nameOf(user) : userId && words.deletedUser;
  const by = actorId && words.by.replace('{actor}', () => (actor ? nameOf(actor) : words.deletedUser));
  return (
    <Entry
      isOpen={isOpen}
      main={
        <>
          <span className="entry-name">{kindName(events, kind)}</span>
          <Badge look={isRefusal(event) ? 'bad' : 'plain'}>{outcomeName(events, kind, outcome)}</Badge>
          {count > 1 && <span className="quiet-text">× {format.number(count)}</span>}
          {method && <span className="quiet-text">{methodName(events, method)}</span>}
        </>
      }
      side={
        <>
          {(who || by) && <span className="entry-who">{[who, by].filter(Boolean).join(', ')}</span>}
          <Time at={lastAt ?? at} as="time" />
        </>
      }
    >
      <EventDetails event={event} />
    </Entry>
  );
}

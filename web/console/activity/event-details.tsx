import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ConsoleEventFragment } from '../../generated/documents.ts';
import { methodName, useEventWords } from '../../shared/events/words.ts';
import { useFormat } from '../../shared/format.ts';
import { CopyButton } from '../../shared/ui/copy-button.tsx';
import { messageName, useDeliveryWords } from '../deliveries/words.ts';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { nameOf } from '../shell/viewer.ts';
import { useActivityWords } from './words.ts';

const PATH = '/console/activity';

/** Everything that is known of an event. */
export function EventDetails({ event }: { readonly event: ConsoleEventFragment }) {
  const words = useActivityWords();
  const events = useEventWords();
  const format = useFormat();
  const showFact = useFact();
  const { id, at, lastAt, count, kind, outcome, method, reason, sessionId, ipAddress, requestId, facts } = event;
  const { user, userId, actor, actorId } = event;
  const permalink = new URL(`${PATH}?event=${encodeURIComponent(id)}`, location.origin).href;
  return (
    <div className="entry-body">
      <Facts
        of={{
          [lastAt ? words.first : words.time]: <Time at={at} as="time" />,
          [words.last]: lastAt && <Time at={lastAt} as="time" />,
          [words.count]: count > 1 && format.number(count),
          [words.user]: userId && <UserLink id={userId} user={user} />,
          [words.actor]: actorId && <UserLink id={actorId} user={actor} />,
          [words.reason]: reason,
          [words.method]: method && methodName(events, method),
          ...Object.fromEntries(facts.map(({ name, value }) => [words.facts[name] ?? name, showFact(name, value)])),
          [words.ipAddress]: ipAddress,
          [words.session]: sessionId && <code>{sessionId}</code>,
          [words.requestId]: requestId && <code>{requestId}</code>,
          [words.id]: <code>{id}</code>,
          [words.inLog]: (
            <code>
              {kind} {outcome}
            </code>
          ),
        }}
      />
      <div className="actions">
        <CopyButton text={permalink} label={words.permalink} />
        {userId && (
          <Link className="button quiet" href={`${PATH}?user=${userId}`}>
            {words.ofUser}
          </Link>
        )}
        {actorId && (
          <Link className="button quiet" href={`${PATH}?actor=${actorId}`}>
            {words.ofActor}
          </Link>
        )}
        <Link className="button quiet" href={`${PATH}?kind=${kind}&outcome=${outcome}`}>
          {words.ofKind}
        </Link>
      </div>
    </div>
  );
}

function UserLink({ id, user }: { readonly id: string; readonly user?: ConsoleEventFragment['user'] }) {
  const { deletedUser } = useActivityWords();
  // The events of a deleted account stay, but there is no page about it.
  return user ? (
    <Link href={`/console/users/${id}`}>{nameOf(user)}</Link>
  ) : (
    <>
      {deletedUser} <code>{id}</code>
    </>
  );
}

/** Values of details that have a name of their own in these pages. */
function useFact(): (name: string, value: string) => ReactNode {
  const words = useActivityWords();
  const events = useEventWords();
  const deliveries = useDeliveryWords();
  return (name, value) => {
    if (value === 'true') return words.yes;
    if (value === 'false') return words.no;
    if (name === 'secondFactor') return methodName(events, value);
    if (name === 'kind') return messageName(deliveries, value);
    return <code>{value.replaceAll(',', ', ')}</code>;
  };
}

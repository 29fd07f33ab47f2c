import type { SecurityEventsResult } from '@latchkey/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { kindName, methodName, outcomeName, useEventWords } from '../../../shared/events/words.ts';
import { useFormat } from '../../../shared/format.ts';
import { latchkey } from '../../../shared/latchkey.ts';
import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Loaded } from '../../../shared/ui/loaded.tsx';
import { PageTitle } from '../../../shared/ui/page-title.tsx';
import { plural } from '../../../shared/words.ts';
import { useSignedInWords } from '../words.ts';
import { useActivityWords } from './words.ts';

type Events = NonNullable<SecurityEventsResult>['securityEvents'];

const NO_EVENTS: Events = { nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } };

const useEvents = () =>
  useInfiniteQuery({
    queryKey: ['events'],
    queryFn: async ({ pageParam: after }) =>
      (await latchkey.securityEvents({ first: 20, after }))?.securityEvents ?? NO_EVENTS,
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });

/** Security events of the account, newest first. */
export function ActivityPage() {
  const { activity } = useSignedInWords();
  const words = useActivityWords();
  const events = useEvents();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = events;
  return (
    <>
      <PageTitle>{activity}</PageTitle>
      <p>{words.introduction}</p>
      <Loaded of={events}>
        {({ pages }) => {
          const nodes = pages.flatMap((page) => page.nodes);
          return (
            <section className="card">
              {nodes.length === 0 && <p>{words.none}</p>}
              <ul className="rows">
                {nodes.map((event) => (
                  <EventRow key={event.id} event={event} />
                ))}
              </ul>
              {hasNextPage && (
                <Button aria-disabled={isFetchingNextPage} onClick={() => isFetchingNextPage || void fetchNextPage()}>
                  {words.more}
                </Button>
              )}
            </section>
          );
        }}
      </Loaded>
    </>
  );
}

function EventRow({ event }: { readonly event: Events['nodes'][number] }) {
  const words = useActivityWords();
  const names = useEventWords();
  const format = useFormat();
  const { locale } = useLocale();
  const { kind, outcome, at, lastAt, count, method, ipAddress, byAdministrator } = event;
  const details = [
    count > 1 && plural(locale, count, words.times),
    byAdministrator && words.byAdministrator,
    method && methodName(names, method),
    ipAddress,
  ];
  const time = lastAt ?? at;
  return (
    <li>
      <div>
        <p>
          <span className="value">{kindName(names, kind)}</span>: {outcomeName(names, kind, outcome)}
        </p>
        <p className="quiet-text">{details.filter(Boolean).join(' · ')}</p>
      </div>
      <time className="quiet-text" dateTime={time} title={format.ago(time)}>
        {format.time(time)}
      </time>
    </li>
  );
}

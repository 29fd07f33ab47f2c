import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { type EventRow, REFUSAL_WINDOW } from './audit.ts';
import type { EventQuery } from './event-list.ts';

const ACTOR = sql`(${auditEvents.detail} ->> 'actorId')`; // Must equal the expression of audit_events_by_actor.

function conditions({ id, userId, actorId, since, until, page }: EventQuery): (SQL | undefined)[] {
  const { from, isBackward } = page;
  return [
    id ? eq(auditEvents.id, id) : undefined,
    userId ? eq(auditEvents.userId, userId) : undefined,
    actorId ? sql`${ACTOR} = ${actorId.toLowerCase()}` : undefined,
    // The last time decides, and the index finds the first.
    since ? gte(auditEvents.at, after(since, -REFUSAL_WINDOW)) : undefined,
    since ? sql`coalesce(${auditEvents.lastAt}, ${auditEvents.at}) >= ${since.toISOString()}::timestamptz` : undefined,
    until ? lt(auditEvents.at, until) : undefined,
    from &&
      sql`(${auditEvents.at}, ${auditEvents.id}) ${sql.raw(isBackward ? '>' : '<')} (${from.key}::timestamptz, ${from.id}::uuid)`,
  ];
}

const ofKind = ({ kind, outcome }: EventQuery): (SQL | undefined)[] => [
  kind ? eq(auditEvents.type, kind) : undefined,
  outcome ? eq(auditEvents.outcome, outcome) : undefined,
];

const inOrder = ({ page }: EventQuery) => {
  const direction = page.isBackward ? asc : desc;
  return [direction(auditEvents.at), direction(auditEvents.id)];
};

/** Up to one row more than the page size, in paging direction. */
export function eventsOnPage(db: Db, query: EventQuery): Promise<EventRow[]> {
  const isIndexed = query.id || query.userId || query.actorId;
  return (query.kind || query.outcome) && !isIndexed ? eventsOfKind(db, query) : plainEvents(db, query);
}

function plainEvents(db: Db, query: EventQuery): Promise<EventRow[]> {
  return db
    .select()
    .from(auditEvents)
    .where(and(...conditions(query), ...ofKind(query)))
    .orderBy(...inOrder(query))
    .limit(query.page.size + 1);
}

/**
 * Finds a rare kind among millions of events without reading them. A loose index scan finds the existing (type,
 * outcome) pairs, a few dozen, and the page's rows are read from each pair that matches.
 */
function eventsOfKind(db: Db, query: EventQuery): Promise<EventRow[]> {
  const { page, kind, outcome } = query;
  const limit = page.size + 1;
  const pairs = sql`(
    with recursive pair as (
      (select type, outcome from ${auditEvents} order by type, outcome limit 1)
      union all
      select next.type, next.outcome from pair, lateral (
        select type, outcome from ${auditEvents} as e
        where (e.type, e.outcome) > (pair.type, pair.outcome) order by type, outcome limit 1
      ) as next
    )
    select type, outcome from pair
    where ${kind ? sql`type = ${kind}` : sql`true`} and ${outcome ? sql`outcome = ${outcome}` : sql`true`}
  ) as pair`;
  const ofPair = db
    .select()
    .from(auditEvents)
    .where(and(sql`${auditEvents.type} = pair.type`, sql`${auditEvents.outcome} = pair.outcome`, ...conditions(query)))
    .orderBy(...inOrder(query))
    .limit(limit)
    .as('event');
  const direction = page.isBackward ? asc : desc;
  const { id, at, type, outcome: end, userId, sessionId, method, ipAddress, requestId, count, lastAt, detail } = ofPair;
  return db
    .select({ id, at, type, outcome: end, userId, sessionId, method, ipAddress, requestId, count, lastAt, detail })
    .from(pairs)
    .innerJoinLateral(ofPair, sql`true`)
    .orderBy(direction(at), direction(id))
    .limit(limit);
}

import { type SQL, type Subquery, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../../infra/db/client.ts';
import { parameterFor, toPlaceholders } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { EVENT_COLUMNS, type EventDraft } from './audit.ts';

/** Parameters: `event`, an EventDraft. */
export const eventInsert = (db: Db) =>
  db
    .insert(auditEvents)
    .values(toPlaceholders('event', ...EVENT_COLUMNS))
    .returning({ id: auditEvents.id });

/**
 * Records the event for the user in a common table expression, or not if it is empty.
 * Parameters: `event`, from `eventParameters`.
 * @param user at most one
 */
export const eventInsertFor = (db: Db, user: Subquery & { id: PgColumn }) =>
  insertFrom(db, user, {
    id: parameterFor('event.id', auditEvents.id),
    userId: user.id,
    sessionId: parameterFor('event.sessionId', auditEvents.sessionId),
    count: sql`1`,
  });

/** UUIDv7 with the time of `event.id` (RFC 9562 section 5.7), followed by the variant and random bits of a UUIDv4. */
const ownId = () =>
  sql`(left(${sql.placeholder('event.id')}, 15) || right(gen_random_uuid()::text, 21))::uuid`.as('id');

/**
 * Records the event for each session in a common table expression. Parameters: `event`, from `eventParameters`. Each
 * event gets an id of its own.
 */
export const eventInsertForEach = (db: Db, session: Subquery & { id: PgColumn; userId: PgColumn }) =>
  insertFrom(db, session, { id: ownId(), userId: session.userId, sessionId: session.id, count: sql`1` });

/** Records one event with a count for each user in a common table expression. Parameters as above. */
export const countedEventInsert = (db: Db, user: Subquery & { userId: PgColumn; count: SQL.Aliased<number> }) =>
  insertFrom(db, user, {
    id: ownId(),
    userId: user.userId,
    sessionId: sql`null::uuid`.as('session_id'),
    count: sql`${user.count}`,
  });

interface Columns {
  id: SQL.Aliased;
  userId: PgColumn;
  sessionId: SQL.Aliased | PgColumn;
  count: SQL;
}

function insertFrom(db: Db, source: Subquery, { id, userId, sessionId, count }: Columns) {
  const { at, type, outcome, method, ipAddress, requestId, detail, webhookPending } = auditEvents;
  // In the order of the table: Drizzle pairs the columns by position.
  const event = db
    .select({
      id,
      at: parameterFor('event.at', at),
      type: parameterFor('event.type', type),
      outcome: parameterFor('event.outcome', outcome),
      userId,
      sessionId,
      method: parameterFor('event.method', method),
      ipAddress: parameterFor('event.ipAddress', ipAddress),
      requestId: parameterFor('event.requestId', requestId),
      count: sql<number>`${count}`.as('count'),
      lastAt: sql<Date | null>`case when ${count} > 1 then ${sql.placeholder('event.at')}::timestamptz end`.as(
        'last_at',
      ),
      detail: parameterFor('event.detail', detail),
      webhookPending: parameterFor('event.webhookPending', webhookPending),
    })
    .from(source);
  return db.insert(auditEvents).select(event).returning({ id: auditEvents.id });
}

export const eventParameters = (event: EventDraft) => ({
  ...event,
  at: event.at.toISOString(),
  detail: JSON.stringify(event.detail),
});

import { type Subquery, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../../infra/db/client.ts';
import { parameterFor, toPlaceholders } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { EVENT_COLUMNS, type EventRow } from './audit.ts';

/** Parameters: `event`, an EventRow. */
export const eventInsert = (db: Db) =>
  db
    .insert(auditEvents)
    .values(toPlaceholders('event', ...EVENT_COLUMNS))
    .returning({ id: auditEvents.id });

/**
 * Records the event for each row of a common table expression: none if it is empty.
 * Parameters: `event`, from `eventParameters`.
 * @param users their ids
 */
export function eventInsertFor(db: Db, users: Subquery & { id: PgColumn }) {
  const { at, type, outcome, sessionId, method, ipAddress, requestId, detail, id } = auditEvents;
  // In the order of the table: Drizzle pairs the columns by position.
  const event = db
    .select({
      id: parameterFor('event.id', id),
      at: parameterFor('event.at', at),
      type: parameterFor('event.type', type),
      outcome: parameterFor('event.outcome', outcome),
      userId: users.id,
      sessionId: parameterFor('event.sessionId', sessionId),
      method: parameterFor('event.method', method),
      ipAddress: parameterFor('event.ipAddress', ipAddress),
      requestId: parameterFor('event.requestId', requestId),
      count: sql<number>`1`.as('count'),
      lastAt: sql<null>`null::timestamptz`.as('last_at'),
      detail: parameterFor('event.detail', detail),
    })
    .from(users);
  return db.insert(auditEvents).select(event).returning({ id: auditEvents.id });
}

export const eventParameters = (event: EventRow) => ({
  ...event,
  at: event.at.toISOString(),
  detail: JSON.stringify(event.detail),
});

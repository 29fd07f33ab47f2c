import { and, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { eventInsert } from './audit.sql.ts';
import type { EventDraft, EventRow } from './audit.ts';

const insertion = preparedOnce((db) => eventInsert(db).prepare('insert_event'));

export async function insertEvent(db: Db, event: EventDraft): Promise<void> {
  await insertion(db).execute(toValues({ event }));
}

/** Inserts each row or, if another flush or replica has, adds its count to the existing one. */
export async function addToCounts(db: Db, events: readonly EventRow[]): Promise<void> {
  // One parameter, so that there is one statement for any number of rows. Sorted, because replicas write the same rows.
  await db.execute(sql`
    insert into ${auditEvents}
      (id, at, type, outcome, user_id, session_id, method, ip_address, request_id, count, last_at, detail)
    select id, at, type, outcome, "userId", "sessionId", method, "ipAddress", "requestId", count, "lastAt", detail
    from jsonb_to_recordset(${JSON.stringify(events)}::text::jsonb) as event (
      id uuid, at timestamptz, type text, outcome text, "userId" uuid, "sessionId" uuid, method text,
      "ipAddress" inet, "requestId" text, count integer, "lastAt" timestamptz, detail jsonb)
    order by id
    on conflict (id) do update set
      count = ${auditEvents.count} + excluded.count,
      last_at = greatest(${auditEvents.at}, ${auditEvents.lastAt}, excluded.at, excluded.last_at)`);
}

/** Removes the mark of up to `limit` events and returns them, the oldest first. Each to one caller: others skip locked rows. */
export async function takePendingWebhooks(db: Db, limit: number): Promise<EventRow[]> {
  const pending = db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(sql`${auditEvents.webhookPending}`)
    .orderBy(auditEvents.id)
    .limit(limit)
    .for('update', { skipLocked: true });
  const taken = await db
    .update(auditEvents)
    .set({ webhookPending: false })
    .where(sql`${auditEvents.id} = any(array(${pending}))`) // The planner may run `in (select …)` more than once.
    .returning();
  return taken.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Deletes up to `limit` events, the oldest first. Returns how many.
 * @param keepsPending whether events stay until their webhooks are written
 */
export async function pruneEvents(
  db: Db,
  { before, keepsPending, limit }: { before: Date; keepsPending: boolean; limit: number },
): Promise<number> {
  // A CTE, because a subquery with a limit may be run more than once in one statement.
  const over = db.$with('over').as(
    db
      .select({ id: auditEvents.id })
      .from(auditEvents)
      .where(and(lt(auditEvents.at, before), keepsPending ? sql`not ${auditEvents.webhookPending}` : undefined))
      .orderBy(auditEvents.at)
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  const gone = await db
    .with(over)
    .delete(auditEvents)
    .where(sql`${auditEvents.id} in (select id from ${over})`)
    .returning({ id: auditEvents.id });
  return gone.length;
}

/** Keeps the events and deletes the network addresses. */
export async function forgetAddresses(db: Db, userId: string): Promise<void> {
  await db
    .update(auditEvents)
    .set({ ipAddress: null })
    .where(and(eq(auditEvents.userId, userId), isNotNull(auditEvents.ipAddress)));
}

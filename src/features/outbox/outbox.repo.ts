import { and, desc, eq, isNotNull, lt, lte, ne, or, type SQLWrapper, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { DELIVERY_REPORTS, type DeliveryReport, type MessageChannel, outbox } from '../../infra/db/tables.ts';
import { messageInsert, messageParameters } from './outbox.sql.ts';
import { type FinalState, KEEP_DEAD, LEASE, type OutboxMessage } from './outbox.ts';

/** An array, because the planner may run `in (select …)` more than once, which defeats its limit and its locks. */
export const isAmong = (ids: SQLWrapper) => sql`${outbox.id} = any(array(${ids}))`;

const moment = (name: string) => sql`${sql.placeholder(name)}::timestamptz`;

const insertion = preparedOnce((db) => messageInsert(db).prepare('insert_message'));

export async function insertMessage(db: Db, message: OutboxMessage): Promise<void> {
  await insertion(db).execute(toValues({ message: messageParameters(message) }));
}

const leasing = preparedOnce((db) => {
  const due = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.state, 'pending'),
        lte(outbox.nextAttemptAt, moment('now')),
        eq(outbox.channel, sql.placeholder('channel')),
      ),
    )
    .orderBy(outbox.nextAttemptAt)
    .limit(sql.placeholder('limit'))
    .for('update', { skipLocked: true });
  return db
    .update(outbox)
    .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: moment('until') })
    .where(isAmong(due))
    .returning()
    .prepare('lease_messages');
});

/**
 * Leases up to `limit` due messages of a channel, each to one worker: the others skip locked rows, and a leased message
 * is not due. If a worker dies, its messages are due again when the lease ends.
 */
export function leaseDue(db: Db, channel: MessageChannel, now: Date, limit: number): Promise<OutboxMessage[]> {
  const until = after(now, LEASE).toISOString();
  return leasing(db).execute({ channel, limit, now: now.toISOString(), until });
}

const finishing = preparedOnce((db) =>
  db
    .update(outbox)
    .set({
      state: sql`${sql.placeholder('state')}`,
      finishedAt: moment('now'),
      lastError: sql`${sql.placeholder('error')}`,
      sealed: sql`case when ${sql.placeholder('keepSealed')}::boolean then ${outbox.sealed} end`,
    })
    .where(and(eq(outbox.id, sql.placeholder('id')), eq(outbox.state, 'pending')))
    .prepare('finish_message'),
);

/** @param keepSealed false: the recipient and the secrets are deleted now */
export async function finishMessage(
  db: Db,
  {
    id,
    state,
    now,
    error,
    keepSealed,
  }: { id: string; state: FinalState; now: Date; error?: string; keepSealed: boolean },
): Promise<void> {
  await finishing(db).execute({ id, state, now: now.toISOString(), error: error ?? null, keepSealed });
}

/** Does nothing if another worker has leased the message since: that lease must not be cut short. */
export async function deferMessage(db: Db, message: OutboxMessage, nextAttemptAt: Date, error: string): Promise<void> {
  await db
    .update(outbox)
    .set({ nextAttemptAt, lastError: error })
    .where(and(eq(outbox.id, message.id), eq(outbox.state, 'pending'), eq(outbox.attempts, message.attempts)));
}

/** A mail that can be retried, unless it has expired. */
export const isGivenUpMail = and(eq(outbox.state, 'dead'), eq(outbox.channel, 'EMAIL'), isNotNull(outbox.sealed));

/** Messages that will be sent, and then those that can be retried, each in the order in which they are due. */
export const unsentMessages = (db: Db, limit: number): Promise<OutboxMessage[]> =>
  db
    .select()
    .from(outbox)
    .where(or(eq(outbox.state, 'pending'), isGivenUpMail))
    .orderBy(sql`${outbox.state} <> 'pending'`, outbox.nextAttemptAt)
    .limit(limit);

/** Cancels unsent messages and deletes their content. A message that is being sent may still arrive. */
export async function discardMessages(db: Db, ids: readonly string[], now: Date): Promise<void> {
  const isGiven = isAmong(sql`select unnest(${sql.param(ids)}::uuid[])`);
  await db
    .update(outbox)
    .set({ state: 'discarded', sealed: null, finishedAt: now })
    .where(and(isGiven, or(eq(outbox.state, 'pending'), isGivenUpMail)));
}

const IS_LEASED_HERE = and(eq(outbox.id, sql.placeholder('id')), eq(outbox.attempts, sql.placeholder('attempts')));

const markingAsSending = preparedOnce((db) =>
  db
    .update(outbox)
    .set({
      state: 'dead',
      sealed: sql`case when ${sql.placeholder('keepSealed')}::boolean then ${outbox.sealed} end`,
      lastError: sql`${sql.placeholder('error')}`,
      finishedAt: moment('now'),
    })
    .where(and(IS_LEASED_HERE, eq(outbox.state, 'pending')))
    .returning({ id: outbox.id })
    .prepare('mark_as_sending'),
);

/**
 * Marks the message as dead and deletes its secrets before it is sent, so that it is sent at most once. False if it is
 * finished or leased by another worker, and must not be sent.
 */
export async function markAsSending(
  db: Db,
  { id, attempts }: Pick<OutboxMessage, 'id' | 'attempts'>,
  { now, error, keepSealed }: { now: Date; error: string; keepSealed: boolean },
): Promise<boolean> {
  const marked = await markingAsSending(db).execute({ id, attempts, now: now.toISOString(), error, keepSealed });
  return marked.length > 0;
}

const recordingDelivery = preparedOnce((db) =>
  db
    .update(outbox)
    .set({
      state: sql`${sql.placeholder('state')}`,
      sealed: sql`coalesce(${sql.placeholder('sealed')}, ${outbox.sealed})`,
      lastError: sql`${sql.placeholder('error')}::text`,
      nextAttemptAt: sql`coalesce(${moment('nextAttemptAt')}, ${outbox.nextAttemptAt})`,
      finishedAt: moment('finishedAt'),
      gatewayId: sql`${sql.placeholder('gatewayId')}::text`,
    })
    // A report of the gateway that was faster than its own response stands.
    .where(and(IS_LEASED_HERE, eq(outbox.state, 'dead'), sql`${outbox.report} is distinct from 'failed'`))
    .prepare('record_delivery'),
);

/**
 * Records the delivery outcome of a message marked as sending: sent, dead, or due again because it was not accepted.
 */
export async function recordDelivery(
  db: Db,
  { id, attempts, sealed }: OutboxMessage,
  result:
    | { state: 'sent' | 'dead'; now: Date; error?: string; gatewayId?: string | undefined }
    | { state: 'pending'; nextAttemptAt: Date; error: string },
): Promise<void> {
  await recordingDelivery(db).execute({
    id,
    attempts,
    state: result.state,
    error: result.error ?? null,
    sealed: result.state === 'pending' ? sealed : null,
    nextAttemptAt: result.state === 'pending' ? result.nextAttemptAt.toISOString() : null,
    finishedAt: result.state === 'pending' ? null : result.now.toISOString(),
    gatewayId: result.state === 'pending' ? null : (result.gatewayId ?? null),
  });
}

/** The gateway's identifier of a message. Null if it has none, or the message was not accepted. */
export async function findGatewayId(db: Db, id: string): Promise<string | null> {
  const [row] = await db.select({ gatewayId: outbox.gatewayId }).from(outbox).where(eq(outbox.id, id));
  return row?.gatewayId ?? null;
}

/** The rank of a report: a higher one replaces a lower one. */
const rankReport = (report: SQLWrapper) =>
  sql`coalesce(array_position(${sql.param(DELIVERY_REPORTS)}::text[], ${report}), 0)`;

/**
 * Records what the gateway reported, if it is news: in any order and however often the reports arrive, the result is the
 * same. Returns the kind of the message if the row changed.
 */
export async function recordReport(
  db: Db,
  id: string,
  { report, error }: { report: DeliveryReport; error: string | null },
): Promise<string | undefined> {
  const states = { accepted: null, failed: 'dead', delivered: 'sent' } as const;
  const [row] = await db
    .update(outbox)
    .set({
      report,
      state: sql`coalesce(${states[report]}::text, ${outbox.state})`,
      lastError: report === 'accepted' ? sql`${outbox.lastError}` : error,
    })
    .where(
      and(
        eq(outbox.id, id),
        eq(outbox.channel, 'SMS'),
        sql`${outbox.state} in ('sent', 'dead')`,
        sql`${rankReport(outbox.report)} < ${rankReport(sql`${report}::text`)}`,
      ),
    )
    .returning({ kind: outbox.kind });
  return row?.kind;
}

interface Pruning {
  now: Date;
  /** Milliseconds. Messages that were given up are kept for KEEP_DEAD if that is longer. */
  retention: number;
  limit: number;
}

/** Deletes up to `limit` finished rows whose retention period has ended; returns how many. */
export async function pruneMessages(db: Db, { now, retention, limit }: Pruning): Promise<number> {
  const outdated = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      or(
        lt(outbox.finishedAt, after(now, -Math.max(KEEP_DEAD, retention))),
        and(lt(outbox.finishedAt, after(now, -retention)), ne(outbox.state, 'dead')),
      ),
    )
    .limit(limit)
    .for('update', { skipLocked: true });
  const deleted = await db.delete(outbox).where(isAmong(outdated)).returning({ id: outbox.id });
  return deleted.length;
}

/** Newest first (IDs grow with time), without decoys. */
export const recentMessages = (db: Db, limit: number): Promise<OutboxMessage[]> =>
  db.select().from(outbox).where(ne(outbox.state, 'discarded')).orderBy(desc(outbox.id)).limit(limit);

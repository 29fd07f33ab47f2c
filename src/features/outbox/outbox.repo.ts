import { and, desc, eq, lt, lte, ne, or, type SQLWrapper, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { placeholders, preparedOnce } from '../../infra/db/prepared.ts';
import { type MessageChannel, outbox } from '../../infra/db/tables.ts';
import { KEEP_DEAD, KEEP_FINISHED, LEASE, NEW_MESSAGE, type OutboxMessage, type OutboxMessageEnd } from './outbox.ts';

/** An array and not `in (select …)`: the planner may run that more than once, and then its limit and its locks say nothing. */
const oneOf = (ids: SQLWrapper) => sql`${outbox.id} = any(array(${ids}))`;

const moment = (name: string) => sql`${sql.placeholder(name)}::timestamptz`;

const insertion = preparedOnce((db) =>
  db
    .insert(outbox)
    .values({ ...placeholders(...NEW_MESSAGE), finishedAt: moment('finishedAt') })
    .prepare('insert_letter'),
);

export async function insertMessage(db: Db, message: OutboxMessage): Promise<void> {
  await insertion(db).execute({ ...message, finishedAt: message.finishedAt?.toISOString() ?? null });
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
    .where(oneOf(due))
    .returning()
    .prepare('lease_letters');
});

/**
 * Takes up to `limit` due letters of a channel for the length of a lease. Of several workers each letter goes to one: the lock lets
 * one through, and to the others it is no longer due. A worker that dies loses its letters when the lease ends.
 */
export function leaseDue(db: Db, channel: MessageChannel, now: Date, limit: number): Promise<OutboxMessage[]> {
  const until = after(now, LEASE).toISOString();
  return leasing(db).execute({ channel, limit, now: now.toISOString(), until });
}

const finishing = preparedOnce((db) =>
  db
    .update(outbox)
    .set({
      state: sql`${sql.placeholder('end')}`,
      finishedAt: moment('now'),
      lastError: sql`${sql.placeholder('error')}`,
      sealed: sql`case when ${sql.placeholder('keepSealed')}::boolean then ${outbox.sealed} end`,
    })
    .where(and(eq(outbox.id, sql.placeholder('id')), eq(outbox.state, 'pending')))
    .prepare('finish_letter'),
);

/** @param keepSealed false: the recipient and the secrets in it go now */
export async function finishMessage(
  db: Db,
  {
    id,
    end,
    now,
    error,
    keepSealed,
  }: { id: string; end: OutboxMessageEnd; now: Date; error?: string; keepSealed: boolean },
): Promise<void> {
  await finishing(db).execute({ id, end, now: now.toISOString(), error: error ?? null, keepSealed });
}

/** Nothing happens when another worker has leased the letter since: its lease is not cut short. */
export async function deferMessage(db: Db, message: OutboxMessage, nextAttemptAt: Date, error: string): Promise<void> {
  await db
    .update(outbox)
    .set({ nextAttemptAt, lastError: error })
    .where(and(eq(outbox.id, message.id), eq(outbox.state, 'pending'), eq(outbox.attempts, message.attempts)));
}

/** Letters that wait to be sent, the next one first. */
export const pendingMessages = (db: Db, limit: number): Promise<OutboxMessage[]> =>
  db.select().from(outbox).where(eq(outbox.state, 'pending')).orderBy(outbox.nextAttemptAt).limit(limit);

/** They are not sent, and nothing of them is kept. A letter that is on its way right now may still arrive. */
export async function discardMessages(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db
    .update(outbox)
    .set({ state: 'discarded', sealed: null, finishedAt: now })
    .where(and(oneOf(sql`select unnest(${sql.param(ids)}::uuid[])`), eq(outbox.state, 'pending')));
}

const IS_MINE = and(eq(outbox.id, sql.placeholder('id')), eq(outbox.attempts, sql.placeholder('attempts')));

const settingOff = preparedOnce((db) =>
  db
    .update(outbox)
    .set({
      state: 'dead',
      sealed: sql`case when ${sql.placeholder('keepSealed')}::boolean then ${outbox.sealed} end`,
      lastError: sql`${sql.placeholder('error')}`,
      finishedAt: moment('now'),
    })
    .where(and(IS_MINE, eq(outbox.state, 'pending')))
    .returning({ id: outbox.id })
    .prepare('set_letter_off'),
);

/**
 * The mark before the deed, for what may be sent once at most: the letter is given up, its secrets are gone, and then it
 * is sent. Whoever dies in between leaves a letter that nobody sends again. False, and then it must not be sent, when
 * another worker has leased it since or it is finished.
 */
export async function markAsSending(
  db: Db,
  { id, attempts }: Pick<OutboxMessage, 'id' | 'attempts'>,
  { now, error, keepSealed }: { now: Date; error: string; keepSealed: boolean },
): Promise<boolean> {
  const mine = await settingOff(db).execute({ id, attempts, now: now.toISOString(), error, keepSealed });
  return mine.length > 0;
}

const signIn = preparedOnce((db) =>
  db
    .update(outbox)
    .set({
      state: sql`${sql.placeholder('state')}`,
      sealed: sql`coalesce(${sql.placeholder('sealed')}, ${outbox.sealed})`,
      lastError: sql`${sql.placeholder('error')}::text`,
      nextAttemptAt: sql`coalesce(${moment('nextAttemptAt')}, ${outbox.nextAttemptAt})`,
      finishedAt: moment('finishedAt'),
    })
    .where(and(IS_MINE, eq(outbox.state, 'dead')))
    .prepare('record_arrival'),
);

/** What became of a letter that was set off: it went, it will never go, or it is due again because nobody took it. */
export async function recordDelivery(
  db: Db,
  { id, attempts, sealed }: OutboxMessage,
  became:
    | { state: 'sent' | 'dead'; now: Date; error?: string }
    | { state: 'pending'; nextAttemptAt: Date; error: string },
): Promise<void> {
  await signIn(db).execute({
    id,
    attempts,
    state: became.state,
    error: became.error ?? null,
    sealed: became.state === 'pending' ? sealed : null,
    nextAttemptAt: became.state === 'pending' ? became.nextAttemptAt.toISOString() : null,
    finishedAt: became.state === 'pending' ? null : became.now.toISOString(),
  });
}

/** How many rows went. */
export async function pruneMessages(db: Db, now: Date, limit: number): Promise<number> {
  const over = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      or(
        lt(outbox.finishedAt, after(now, -KEEP_DEAD)),
        and(lt(outbox.finishedAt, after(now, -KEEP_FINISHED)), ne(outbox.state, 'dead')),
      ),
    )
    .limit(limit)
    .for('update', { skipLocked: true });
  const gone = await db.delete(outbox).where(oneOf(over)).returning({ id: outbox.id });
  return gone.length;
}

/** Newest first (ids grow with time); without the decoys. */
export const recentMessages = (db: Db, limit: number): Promise<OutboxMessage[]> =>
  db.select().from(outbox).where(ne(outbox.state, 'discarded')).orderBy(desc(outbox.id)).limit(limit);

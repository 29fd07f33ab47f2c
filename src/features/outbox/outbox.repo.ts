import { and, desc, eq, lt, lte, ne, or, type SQLWrapper, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { placeholders, preparedOnce } from '../../infra/db/prepared.ts';
import { outbox } from '../../infra/db/tables.ts';
import { KEEP_DEAD, KEEP_FINISHED, LEASE, type Letter, type LetterEnd } from './outbox.ts';

/** An array and not `in (select …)`: the planner may run that more than once, and then its limit and its locks say nothing. */
const oneOf = (ids: SQLWrapper) => sql`${outbox.id} = any(array(${ids}))`;

const moment = (name: string) => sql`${sql.placeholder(name)}::timestamptz`;

const COLUMNS = [
  'id',
  'channel',
  'kind',
  'locale',
  'sealed',
  'state',
  'nextAttemptAt',
  'expiresAt',
  'createdAt',
] as const;

const insertion = preparedOnce((db) =>
  db
    .insert(outbox)
    .values({ ...placeholders(...COLUMNS), finishedAt: moment('finishedAt') })
    .prepare('insert_letter'),
);

export async function insertLetter(
  db: Db,
  letter: Pick<Letter, (typeof COLUMNS)[number] | 'finishedAt'>,
): Promise<void> {
  await insertion(db).execute({ ...letter, finishedAt: letter.finishedAt?.toISOString() ?? null });
}

const leasing = preparedOnce((db) => {
  const due = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.state, 'pending'), lte(outbox.nextAttemptAt, moment('now'))))
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
 * Takes up to `limit` due letters for the length of a lease. Of several workers each letter goes to one: the lock lets
 * one through, and to the others it is no longer due. A worker that dies loses its letters when the lease ends.
 */
export function leaseDue(db: Db, now: Date, limit: number): Promise<Letter[]> {
  const until = after(now, LEASE).toISOString();
  return leasing(db).execute({ limit, now: now.toISOString(), until });
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
export async function finishLetter(
  db: Db,
  { id, end, now, error, keepSealed }: { id: string; end: LetterEnd; now: Date; error?: string; keepSealed: boolean },
): Promise<void> {
  await finishing(db).execute({ id, end, now: now.toISOString(), error: error ?? null, keepSealed });
}

/** Nothing happens when another worker has leased the letter since: its lease is not cut short. */
export async function deferLetter(db: Db, letter: Letter, nextAttemptAt: Date, error: string): Promise<void> {
  await db
    .update(outbox)
    .set({ nextAttemptAt, lastError: error })
    .where(and(eq(outbox.id, letter.id), eq(outbox.state, 'pending'), eq(outbox.attempts, letter.attempts)));
}

/** Letters that wait to be sent, the next one first. */
export const pendingLetters = (db: Db, limit: number): Promise<Letter[]> =>
  db.select().from(outbox).where(eq(outbox.state, 'pending')).orderBy(outbox.nextAttemptAt).limit(limit);

/** They are not sent, and nothing of them is kept. A letter that is on its way right now may still arrive. */
export async function discardLetters(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db
    .update(outbox)
    .set({ state: 'discarded', sealed: null, finishedAt: now })
    .where(and(oneOf(sql`select unnest(${sql.param(ids)}::uuid[])`), eq(outbox.state, 'pending')));
}

/** How many rows went. */
export async function pruneLetters(db: Db, now: Date, limit: number): Promise<number> {
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
export const recentLetters = (db: Db, limit: number): Promise<Letter[]> =>
  db.select().from(outbox).where(ne(outbox.state, 'discarded')).orderBy(desc(outbox.id)).limit(limit);

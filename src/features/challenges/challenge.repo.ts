import { and, asc, eq, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { placeholders, preparedOnce } from '../../infra/db/prepared.ts';
import { type ChallengePurpose, challenges } from '../../infra/db/tables.ts';
import type { ChallengeRow } from './challenge.ts';

const COLUMNS = [
  'id',
  'purpose',
  'subject',
  'channel',
  'userId',
  'codeDigest',
  'tokenDigest',
  'payload',
  'maxAttempts',
  'codeExpiresAt',
  'expiresAt',
  'createdAt',
] as const;

const insertion = preparedOnce((db) =>
  db
    .insert(challenges)
    .values(placeholders(...COLUMNS))
    .returning()
    .prepare('insert_challenge'),
);

export async function insertChallenge(
  db: Db,
  row: Pick<ChallengeRow, (typeof COLUMNS)[number]>,
): Promise<ChallengeRow> {
  const [challenge] = await insertion(db).execute(row);
  if (!challenge) throw new Error('INSERT … RETURNING returned nothing');
  return challenge;
}

/**
 * Counts a guess, before anything is compared, and commits by itself: a guess that is not counted does not exist.
 * Undefined when the challenge takes no more.
 */
export async function countAttempt(
  db: Db,
  id: string,
  purposes: readonly ChallengePurpose[],
  now: Date,
): Promise<ChallengeRow | undefined> {
  const [challenge] = await db
    .update(challenges)
    .set({ attempts: sql`${challenges.attempts} + 1` })
    .where(
      and(
        eq(challenges.id, id),
        sql`${challenges.purpose} = any(${sql.param(purposes)}::text[])`,
        isNull(challenges.usedAt),
        gt(challenges.codeExpiresAt, now),
        lt(challenges.attempts, challenges.maxAttempts),
      ),
    )
    .returning();
  return challenge;
}

/** Uses the challenge up. Of any number of callers one is told true. Runs in the transaction of what it unlocks. */
export async function consume(db: Db, id: string, now: Date): Promise<boolean> {
  const used = await db
    .update(challenges)
    .set({ usedAt: now })
    .where(and(eq(challenges.id, id), isNull(challenges.usedAt)))
    .returning({ id: challenges.id });
  return used.length > 0;
}

export async function challengeById(db: Db, id: string): Promise<ChallengeRow | undefined> {
  const [challenge] = await db.select().from(challenges).where(eq(challenges.id, id));
  return challenge;
}

/** @param digests of the link's token, one per secret that is still accepted */
export async function challengeByToken(db: Db, digests: readonly string[]): Promise<ChallengeRow | undefined> {
  const [challenge] = await db
    .select()
    .from(challenges)
    .where(sql`${challenges.tokenDigest} = any(${sql.param(digests)}::text[])`);
  return challenge;
}

/** Challenges that can still be answered, oldest first; decoys are not among them. */
export function openChallenges(
  db: Db,
  { subject, purpose, limit }: { subject: string; purpose: ChallengePurpose; limit: number },
  now: Date,
): Promise<ChallengeRow[]> {
  return db
    .select()
    .from(challenges)
    .where(
      and(
        eq(challenges.subject, subject),
        eq(challenges.purpose, purpose),
        isNull(challenges.usedAt),
        gt(challenges.expiresAt, now),
        or(isNotNull(challenges.codeDigest), isNotNull(challenges.tokenDigest)),
      ),
    )
    .orderBy(asc(challenges.createdAt))
    .limit(limit);
}

/**
 * What else was pending for the subject can no longer be answered. It becomes a decoy instead of being used up: a
 * stranger who tried the address before its owner did would otherwise be told ALREADY_USED, that is, of the account.
 * A row that somebody else is redeeming right now is passed over: waiting for it here could be a deadlock, and the
 * unique index on users refuses what it is about to create.
 */
export async function withdraw(db: Db, subject: string, purpose: ChallengePurpose): Promise<void> {
  const others = db.$with('others').as(
    db
      .select({ id: challenges.id })
      .from(challenges)
      .where(and(eq(challenges.subject, subject), eq(challenges.purpose, purpose), isNull(challenges.usedAt)))
      .for('update', { skipLocked: true }),
  );
  await db
    .with(others)
    .update(challenges)
    .set({ codeDigest: null, tokenDigest: null })
    .where(sql`${challenges.id} in (select id from ${others})`);
}

/** The same for everything that is pending at an account, whatever it is about. */
export async function withdrawAllOf(db: Db, userId: string): Promise<void> {
  const pending = db.$with('pending').as(
    db
      .select({ id: challenges.id })
      .from(challenges)
      .where(and(eq(challenges.userId, userId), isNull(challenges.usedAt)))
      .for('update', { skipLocked: true }),
  );
  await db
    .with(pending)
    .update(challenges)
    .set({ codeDigest: null, tokenDigest: null })
    .where(sql`${challenges.id} in (select id from ${pending})`);
}

/** Deletes challenges that ended before the moment; at most `limit`. Returns how many. */
export async function pruneChallenges(db: Db, before: Date, limit: number): Promise<number> {
  // A CTE, because a subquery with a limit may be run more than once in one statement.
  const over = db
    .$with('over')
    .as(
      db
        .select({ id: challenges.id })
        .from(challenges)
        .where(lt(challenges.expiresAt, before))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  const gone = await db
    .with(over)
    .delete(challenges)
    .where(sql`${challenges.id} in (select id from ${over})`)
    .returning({ id: challenges.id });
  return gone.length;
}

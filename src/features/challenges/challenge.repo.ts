import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { type ChallengePurpose, challenges } from '../../infra/db/tables.ts';
import { challengeInsert } from './challenge.sql.ts';
import { type ChallengeRow, type NewChallenge, REDEEMED_UNDER_ACCOUNT_LOCK } from './challenge.ts';

const insertion = preparedOnce((db) => challengeInsert(db).prepare('insert_challenge'));

export async function insertChallenge(db: Db, challenge: NewChallenge): Promise<void> {
  await insertion(db).execute(toValues({ challenge }));
}

/**
 * Counts a guess before anything is compared, in a statement that commits by itself. Undefined if the challenge takes
 * no more guesses.
 * @param askedBy the user who must have requested the challenge, if only they may answer
 */
export async function countAttempt(
  db: Db,
  id: string,
  purposes: readonly ChallengePurpose[],
  askedBy: string | undefined,
  now: Date,
): Promise<ChallengeRow | undefined> {
  const [challenge] = await db
    .update(challenges)
    .set({ attempts: sql`${challenges.attempts} + 1` })
    .where(
      and(
        eq(challenges.id, id),
        sql`${challenges.purpose} = any(${sql.param(purposes)}::text[])`,
        askedBy === undefined ? undefined : sql`${challenges.payload}->>'askedBy' = ${askedBy}`,
        isNull(challenges.usedAt),
        gt(challenges.codeExpiresAt, now),
        lt(challenges.attempts, challenges.maxAttempts),
      ),
    )
    .returning();
  return challenge;
}

const canBeAnswered = or(isNotNull(challenges.codeDigest), isNotNull(challenges.tokenDigest));

/**
 * Marks the challenge used, in the transaction of the change that it authorises. True for exactly one of any number of
 * callers; false if it was withdrawn.
 */
export async function consume(db: Db, id: string, now: Date): Promise<boolean> {
  const used = await db
    .update(challenges)
    .set({ usedAt: now })
    .where(and(eq(challenges.id, id), isNull(challenges.usedAt), canBeAnswered))
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

/** What the first challenge since this time has under this key of its payload. */
export async function firstNoted(
  db: Db,
  { userId, purpose, since, key }: { userId: string; purpose: ChallengePurpose; since: Date; key: string },
): Promise<unknown> {
  const [row] = await db
    .select({ noted: sql<unknown>`${challenges.payload}->${key}::text` })
    .from(challenges)
    .where(
      and(
        eq(challenges.userId, userId),
        eq(challenges.purpose, purpose),
        gte(challenges.createdAt, since),
        sql`jsonb_exists(${challenges.payload}, ${key})`,
      ),
    )
    .orderBy(asc(challenges.createdAt), asc(challenges.id))
    .limit(1);
  return row?.noted;
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
        canBeAnswered,
      ),
    )
    .orderBy(asc(challenges.createdAt))
    .limit(limit);
}

/** Challenges sent to an address or number; or those of an account, all or the ones created since a moment. */
export type ChallengeScope = { subject: string } | { userId: string; since?: Date };

const belongTo = (scope: ChallengeScope) =>
  'subject' in scope
    ? eq(challenges.subject, scope.subject)
    : and(eq(challenges.userId, scope.userId), scope.since && gte(challenges.createdAt, scope.since));

/**
 * Turns pending challenges into decoys: marking them used would reveal the account to an attacker who tried the address
 * first. Skips rows that another request is redeeming, because waiting for them could deadlock; that request checks the
 * account again. Rows redeemed under the account's lock, which the caller holds, are never skipped.
 */
export async function withdraw(db: Db, scope: ChallengeScope, purposes: readonly ChallengePurpose[]): Promise<void> {
  const pending = and(
    belongTo(scope),
    sql`${challenges.purpose} = any(${sql.param(purposes)}::text[])`,
    isNull(challenges.usedAt),
  );
  const free = db.$with('free').as(
    db
      .select({ id: challenges.id })
      .from(challenges)
      .where(and(pending, notInArray(challenges.purpose, [...REDEEMED_UNDER_ACCOUNT_LOCK])))
      .for('update', { skipLocked: true }),
  );
  await db
    .with(free)
    .update(challenges)
    .set({ codeDigest: null, tokenDigest: null })
    .where(
      and(
        pending,
        or(
          inArray(challenges.purpose, [...REDEEMED_UNDER_ACCOUNT_LOCK]),
          sql`${challenges.id} in (select id from ${free})`,
        ),
      ),
    );
}

/**
 * Locks challenges that are consumed before the account is locked. Without this first step, a deletion could deadlock.
 */
export async function lockChallenges(db: Db, userId: string): Promise<void> {
  await db
    .select({ id: challenges.id })
    .from(challenges)
    .where(and(eq(challenges.userId, userId), notInArray(challenges.purpose, [...REDEEMED_UNDER_ACCOUNT_LOCK])))
    .orderBy(challenges.id)
    .for('update');
}

/**
 * Deletes challenges about the addresses and numbers of a deleted user: sign-ups with their payload, and decoys they
 * requested. Skips rows that another request is redeeming: it may be waiting for us.
 */
export async function forgetPerson(db: Db, userId: string, subjects: readonly string[]): Promise<void> {
  const about = db.$with('about').as(
    db
      .select({ id: challenges.id })
      .from(challenges)
      .where(
        or(
          sql`${challenges.subject} = any(${sql.param(subjects)}::text[])`,
          sql`${challenges.payload}->>'askedBy' = ${userId}`,
        ),
      )
      .for('update', { skipLocked: true }),
  );
  await db.with(about).delete(challenges).where(sql`${challenges.id} in (select id from ${about})`);
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

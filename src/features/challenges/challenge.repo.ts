import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, valuesOf } from '../../infra/db/prepared.ts';
import { type ChallengePurpose, challenges } from '../../infra/db/tables.ts';
import { challengeInsert } from './challenge.sql.ts';
import type { ChallengeRow, NewChallenge } from './challenge.ts';

const insertion = preparedOnce((db) => challengeInsert(db).prepare('insert_challenge'));

export async function insertChallenge(db: Db, challenge: NewChallenge): Promise<void> {
  await insertion(db).execute(valuesOf({ challenge }));
}

/**
 * Counts a guess, before anything is compared, and commits by itself: a guess that is not counted does not exist.
 * Undefined when the challenge takes no more.
 * @param askedBy the user whose question it must be; undefined: anybody's
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
 * Uses the challenge up. Of any number of callers one is told true, and none after it was withdrawn. Runs in the
 * transaction of what it unlocks.
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

/**
 * What is asked and answered under the lock of the account's row: its address and its number. Whoever redeems one locks
 * the account and then uses it up; of every other challenge it is the other way round.
 */
const UNDER_THE_ACCOUNT = [
  'CHANGE_EMAIL',
  'UNDO_EMAIL_CHANGE',
  'VERIFY_PHONE',
] as const satisfies readonly ChallengePurpose[];

/** Everything about an address or a number; or what acts on an account, all of it or what was asked since a moment. */
export type Whose = { subject: string } | { userId: string; since?: Date };

const isOf = (whose: Whose) =>
  'subject' in whose
    ? eq(challenges.subject, whose.subject)
    : and(eq(challenges.userId, whose.userId), whose.since && gte(challenges.createdAt, whose.since));

/**
 * What is pending of these purposes can no longer be answered. It becomes a decoy instead of being used up: a stranger
 * who tried the address before its owner did would otherwise be told ALREADY_USED, that is, of the account.
 * A row that somebody else is redeeming right now is passed over, because waiting for it could be a deadlock: what it
 * unlocks looks at the account again, and the unique indexes on users refuse what is there already. Of what is redeemed
 * under the account's lock, which the caller holds then, nothing is passed over, a guess that is being counted included.
 */
export async function withdraw(db: Db, whose: Whose, purposes: readonly ChallengePurpose[]): Promise<void> {
  const pending = and(
    isOf(whose),
    sql`${challenges.purpose} = any(${sql.param(purposes)}::text[])`,
    isNull(challenges.usedAt),
  );
  const free = db.$with('free').as(
    db
      .select({ id: challenges.id })
      .from(challenges)
      .where(and(pending, notInArray(challenges.purpose, [...UNDER_THE_ACCOUNT])))
      .for('update', { skipLocked: true }),
  );
  await db
    .with(free)
    .update(challenges)
    .set({ codeDigest: null, tokenDigest: null })
    .where(
      and(
        pending,
        or(inArray(challenges.purpose, [...UNDER_THE_ACCOUNT]), sql`${challenges.id} in (select id from ${free})`),
      ),
    );
}

/**
 * Locks what others redeem before they lock the account's row. Whoever deletes the account does so first: its
 * challenges go with it, and two that wait for each other would be a deadlock.
 */
export async function lockChallengesOf(db: Db, userId: string): Promise<void> {
  await db
    .select({ id: challenges.id })
    .from(challenges)
    .where(and(eq(challenges.userId, userId), notInArray(challenges.purpose, [...UNDER_THE_ACCOUNT])))
    .orderBy(challenges.id)
    .for('update');
}

/**
 * Deletes what was asked about the addresses and numbers of somebody who has gone, sign-ups with what they hold among
 * them, and the decoys that they got. What somebody redeems right now is passed over: it may wait for us.
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

import { and, desc, eq, gt, isNull, lt, lte, max, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { revocations, type SessionEnd, sessions, users } from '../../infra/db/tables.ts';
import type { User } from '../accounts/user.ts';
import type { Session } from './session.ts';

const isLive = (now: Date) => and(isNull(sessions.endedAt), gt(sessions.idleExpiresAt, now));

export interface Owned {
  session: Session;
  user: User;
}

export async function sessionWithUser(db: Db, id: string): Promise<Owned | undefined> {
  const [row] = await db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, id));
  return row;
}

export async function sessionById(db: Db, id: string): Promise<Session | undefined> {
  const [session] = await db.select().from(sessions).where(eq(sessions.id, id));
  return session;
}

/** Stamps the session, if it is live, with the time of a reauthentication. */
export async function stampSession(db: Db, id: string, now: Date): Promise<Session | undefined> {
  const [session] = await db
    .update(sessions)
    .set({ authenticatedAt: now })
    .where(and(eq(sessions.id, id), isLive(now)))
    .returning();
  return session;
}

/** Most recently used first. */
export function liveSessions(db: Db, userIds: readonly string[], now: Date): Promise<Session[]> {
  return db
    .select()
    .from(sessions)
    .where(and(sql`${sessions.userId} = any(${sql.param(userIds)}::uuid[])`, isLive(now)))
    .orderBy(desc(sessions.lastUsedAt));
}

/** The last use of any session of the user whose row is still kept; null if there is none. */
export async function lastUse(db: Db, userId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: max(sessions.lastUsedAt) })
    .from(sessions)
    .where(eq(sessions.userId, userId));
  return row?.at ?? null;
}

export type Which = { id: string; ownedBy?: string } | { allOf: string; except?: string | undefined };

function chosen(which: Which): SQL | undefined {
  if ('id' in which)
    return and(eq(sessions.id, which.id), which.ownedBy ? eq(sessions.userId, which.ownedBy) : undefined);
  return and(eq(sessions.userId, which.allOf), which.except ? sql`${sessions.id} <> ${which.except}` : undefined);
}

/**
 * Ends sessions and revokes their access tokens in one statement. Returns those that were live.
 * @param tokensGoneBy when their last access token has expired
 */
export async function endSessions(
  db: Db,
  which: Which,
  reason: SessionEnd,
  now: Date,
  tokensGoneBy: Date,
): Promise<{ id: string; userId: string }[]> {
  const ended = db.$with('ended').as(
    db
      .update(sessions)
      .set({ endedAt: now, endReason: reason })
      .where(and(chosen(which), isNull(sessions.endedAt)))
      .returning({ id: sessions.id, userId: sessions.userId, idleExpiresAt: sessions.idleExpiresAt }),
  );
  const revoked = db.$with('revoked').as(
    db
      .insert(revocations)
      .select(
        db
          .select({
            sessionId: ended.id,
            revokedAt: sql`${now.toISOString()}::timestamptz`.as('revoked_at'),
            expiresAt: sql`${tokensGoneBy.toISOString()}::timestamptz`.as('expires_at'),
          })
          .from(ended),
      )
      .onConflictDoNothing()
      .returning({ sessionId: revocations.sessionId }),
  );
  return db
    .with(ended, revoked)
    .select({ id: ended.id, userId: ended.userId })
    .from(ended)
    .where(gt(ended.idleExpiresAt, now));
}

/** Deletes sessions that expired before the moment; at most `limit`. Returns how many. */
export async function pruneSessions(db: Db, before: Date, limit: number): Promise<number> {
  // A CTE, because a subquery with a limit may be run more than once in one statement.
  const over = db
    .$with('over')
    .as(
      db
        .select({ id: sessions.id })
        .from(sessions)
        .where(lt(sessions.idleExpiresAt, before))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  const gone = await db
    .with(over)
    .delete(sessions)
    .where(sql`${sessions.id} in (select id from ${over})`)
    .returning({ id: sessions.id });
  return gone.length;
}

/** Deletes up to `limit` revocations whose access tokens have all expired. Returns how many. */
export async function pruneRevocations(db: Db, now: Date, limit: number): Promise<number> {
  const over = db
    .$with('over')
    .as(
      db
        .select({ sessionId: revocations.sessionId })
        .from(revocations)
        .where(lte(revocations.expiresAt, now))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  const gone = await db
    .with(over)
    .delete(revocations)
    .where(sql`${revocations.sessionId} in (select * from ${over})`)
    .returning({ sessionId: revocations.sessionId });
  return gone.length;
}

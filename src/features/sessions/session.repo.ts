import { and, desc, eq, gt, isNull, lt, lte, max, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { revocations, sessions, users } from '../../infra/db/tables.ts';
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

/** The session, if it has neither ended nor expired. */
export async function liveSession(db: Db, id: string, now: Date): Promise<Session | undefined> {
  const [session] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, id), isLive(now)));
  return session;
}

/** The methods of the session and further ones, each once. */
const withMethods = (further: readonly string[]) =>
  sql`${sessions.authenticationMethods} || array(
    select unnest(${sql.param(further)}::text[]) except all select unnest(${sessions.authenticationMethods})
  )`;

/** Stamps the session, if it is live, with the time of a reauthentication and its methods. */
export async function markAuthenticated(
  db: Db,
  id: string,
  methods: readonly string[],
  now: Date,
): Promise<Session | undefined> {
  const [session] = await db
    .update(sessions)
    .set({ authenticatedAt: now, authenticationMethods: withMethods(methods) })
    .where(and(eq(sessions.id, id), isLive(now)))
    .returning();
  return session;
}

/** Adds what the user has shown in the session besides the sign-in. */
export async function addMethods(db: Db, id: string, methods: readonly string[]): Promise<void> {
  await db
    .update(sessions)
    .set({ authenticationMethods: withMethods(methods) })
    .where(eq(sessions.id, id));
}

/** At most `limit` of each user, most recently used first; each once, even if a user is repeated in `userIds`. */
export async function liveSessions(db: Db, userIds: readonly string[], now: Date, limit: number): Promise<Session[]> {
  const recent = db
    .select()
    .from(sessions)
    .where(and(sql`${sessions.userId} = asked.id`, isLive(now)))
    .orderBy(desc(sessions.lastUsedAt), desc(sessions.id))
    .limit(limit)
    .as('recent');
  const rows = await db
    .select()
    .from(sql`unnest(${sql.param([...new Set(userIds)])}::uuid[]) as asked(id)`)
    .innerJoinLateral(recent, sql`true`)
    .orderBy(desc(recent.lastUsedAt), desc(recent.id));
  return rows.map(({ recent: session }) => session);
}

/** When the user last used any session whose row is still kept; null if there is none. */
export async function lastUse(db: Db, userId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: max(sessions.lastUsedAt) })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.impersonatorId)));
  return row?.at ?? null;
}

/** Whether the session is live. It cannot end before the transaction does. */
export async function holdLiveSession(tx: Db, id: string, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, id), isLive(now)))
    .for('share');
  return rows.length > 0;
}

export async function insertSession(tx: Db, row: typeof sessions.$inferInsert): Promise<Session> {
  const [session] = await tx.insert(sessions).values(row).returning();
  if (!session) throw new Error('INSERT … RETURNING returned nothing');
  return session;
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

import { and, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { revocations, type SessionEnd, sessions } from '../../infra/db/tables.ts';
import { countedEventInsert, eventInsertForEach, eventParameters } from '../audit/audit.sql.ts';
import type { EventRow } from '../audit/audit.ts';

/** One session, all sessions of a user, or the least recently used ones beyond a number of live ones. */
export type Which =
  | { id: string; ownedBy?: string }
  | { allOf: string; except?: string | undefined }
  | { overflowOf: string; limit: number };

/** Sessions whose end is recorded in one event each. Accounts from before SESSIONS_PER_ACCOUNT may have more. */
export const MOST_EVENTS = 1_000;

const NOW = sql`${sql.placeholder('now')}::timestamptz`;
const uuid = (name: string) => sql`${sql.placeholder(name)}::uuid`;

/**
 * Ends sessions, revokes their access tokens and records the event for each live one, in one statement however many
 * there are. More than MOST_EVENTS are recorded as one event with their number. Parameters: `now`, `reason`, `tokensGoneBy`, `event`, and those of the condition.
 */
function ending(name: string, condition: (db: Db) => SQL | undefined) {
  return preparedOnce((db) => {
    const ended = db.$with('ended').as(
      db
        .update(sessions)
        .set({ endedAt: NOW, endReason: sql`${sql.placeholder('reason')}` })
        .where(and(condition(db), isNull(sessions.endedAt)))
        .returning({ id: sessions.id, userId: sessions.userId, idleExpiresAt: sessions.idleExpiresAt }),
    );
    const revoked = db.$with('revoked').as(
      db
        .insert(revocations)
        .select(
          db
            .select({
              sessionId: ended.id,
              revokedAt: NOW.as('revoked_at'),
              expiresAt: sql`${sql.placeholder('tokensGoneBy')}::timestamptz`.as('expires_at'),
            })
            .from(ended),
        )
        .onConflictDoNothing()
        .returning({ sessionId: revocations.sessionId }),
    );
    const live = db
      .$with('live')
      .as(db.select({ id: ended.id, userId: ended.userId }).from(ended).where(gt(ended.idleExpiresAt, NOW)));
    const most = sql.raw(String(MOST_EVENTS));
    const few = db
      .$with('few')
      .as(
        db
          .select({ id: live.id, userId: live.userId })
          .from(live)
          .where(sql`(select count(*) from ${live}) <= ${most}`),
      );
    const many = db.$with('many').as(
      db
        .select({ userId: live.userId, count: sql<number>`count(*)::integer`.as('count') })
        .from(live)
        .groupBy(live.userId)
        .having(sql`count(*) > ${most}`),
    );
    const noted = db.$with('noted').as(eventInsertForEach(db, few));
    const counted = db.$with('counted').as(countedEventInsert(db, many));
    return db
      .with(ended, revoked, live, few, many, noted, counted)
      .select({ id: live.id, userId: live.userId })
      .from(live)
      .prepare(name);
  });
}

const one = ending('end_session', () =>
  and(eq(sessions.id, uuid('id')), sql`(${uuid('ownedBy')} is null or ${sessions.userId} = ${uuid('ownedBy')})`),
);

const all = ending('end_sessions', () =>
  and(eq(sessions.userId, uuid('userId')), sql`${sessions.id} is distinct from ${uuid('except')}`),
);

const overflow = ending('end_overflow', (db) => {
  const isLiveOwn = and(eq(sessions.userId, uuid('userId')), isNull(sessions.endedAt), gt(sessions.idleExpiresAt, NOW));
  const lastKept = db
    .select({ lastUsedAt: sessions.lastUsedAt, id: sessions.id })
    .from(sessions)
    .where(isLiveOwn)
    .orderBy(desc(sessions.lastUsedAt), desc(sessions.id))
    .offset(sql.placeholder('othersKept'))
    .limit(1);
  return and(isLiveOwn, sql`(${sessions.lastUsedAt}, ${sessions.id}) < ${lastKept}`);
});

interface End {
  reason: SessionEnd;
  now: Date;
  /** When their last access token has expired. */
  tokensGoneBy: Date;
  /** Recorded with the user and the id of each session. */
  event: EventRow;
}

/** Returns the sessions that were live. */
export async function endSessions(
  db: Db,
  which: Which,
  { reason, now, tokensGoneBy, event }: End,
): Promise<{ id: string; userId: string }[]> {
  const common = {
    now: now.toISOString(),
    tokensGoneBy: tokensGoneBy.toISOString(),
    reason,
    ...toValues({ event: eventParameters(event) }),
  };
  if ('id' in which) return one(db).execute({ ...common, id: which.id, ownedBy: which.ownedBy ?? null });
  if ('allOf' in which) return all(db).execute({ ...common, userId: which.allOf, except: which.except ?? null });
  return overflow(db).execute({ ...common, userId: which.overflowOf, othersKept: which.limit - 1 });
}

import { and, type Column, desc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { revocations, type SessionEnd, sessions, users } from '../../infra/db/tables.ts';
import { countedEventInsert, eventInsertForEach, eventParameters } from '../audit/audit.sql.ts';
import type { EventDraft } from '../audit/audit.ts';
import { KNOWN_FOR } from '../rate-limits/known-networks.ts';
import type { Distrust } from './distrust.ts';

/**
 * One session, all sessions of a user, the least recently used ones beyond a number of live ones, those in which an
 * administrator acts as other users, or those of all users in a range of IDs.
 */
export type SessionSelection =
  | { id: string; ownedBy?: string }
  | { allOf: string; except?: string | undefined }
  | { overflowOf: string; limit: number }
  | { impersonatedBy: string }
  | IdRange;

/** Sessions of all users by ID: those greater than `after`, up to and including `upTo`. */
export interface IdRange {
  after: string;
  upTo: string;
  startedBefore: Date;
  /** Whether their access tokens stay valid until they expire. */
  keepsAccessTokens: boolean;
}

/** At most this many ended sessions get one event each. Accounts from before SESSIONS_PER_ACCOUNT may have more. */
export const MOST_EVENTS = 1_000;

const NOW = sql`${sql.placeholder('now')}::timestamptz`;
const uuid = (name: string) => sql`${sql.placeholder(name)}::uuid`;

const IS_DISTRUSTING = sql`${sql.placeholder('isDistrusting')}::boolean`;
const IS_KEPT_NETWORK = sql`coalesce(${sessions.ipAddress} <<= ${sql.placeholder('keptNetwork')}::inet, false)`;
const NEW_TRUST = sql`case when not ${IS_DISTRUSTING} then ${sessions.trust} when ${IS_KEPT_NETWORK} then 'network' else 'none' end`;

/** An ended session whose trust changes, unless its row is about to be deleted. */
const LOSES_TRUST = sql`${IS_DISTRUSTING} and ${sessions.trust} <> ${NEW_TRUST} and ${sessions.idleExpiresAt} > ${sql.placeholder('keptSince')}::timestamptz`;

/**
 * Ends sessions, revokes their access tokens and records the event for each live one, in one statement however many
 * there are. More than MOST_EVENTS are recorded as one event with their number. If the end removes trust, sessions
 * that ended earlier lose theirs, too. Parameters: those of `endSessions`, and those of the condition.
 */
function ending(name: string, condition: (db: Db) => SQL | undefined) {
  return preparedOnce((db) => {
    // Locked first: one that ends meanwhile, by a logout, must be distrusted but not ended again. In the order of their IDs:
    // requests that end the same sessions at once would otherwise wait for each other.
    const chosen = db.$with('chosen').as(
      db
        .select({ id: sessions.id, isUnended: sql<boolean>`${sessions.endedAt} is null`.as('is_unended') })
        .from(sessions)
        .where(and(condition(db), or(isNull(sessions.endedAt), LOSES_TRUST)))
        .orderBy(sessions.id)
        .for('no key update'),
    );
    const touched = db.$with('touched').as(
      db
        .update(sessions)
        .set({
          endedAt: sql`coalesce(${sessions.endedAt}, ${NOW})`,
          endReason: sql`coalesce(${sessions.endReason}, ${sql.placeholder('reason')})`,
          trust: NEW_TRUST,
        })
        .from(chosen)
        .where(eq(sessions.id, chosen.id))
        .returning({
          id: sessions.id,
          userId: sessions.userId,
          idleExpiresAt: sessions.idleExpiresAt,
          isUnended: chosen.isUnended,
        }),
    );
    const ended = db
      .$with('ended')
      .as(
        db
          .select({ id: touched.id, userId: touched.userId, idleExpiresAt: touched.idleExpiresAt })
          .from(touched)
          .where(sql`${touched.isUnended}`),
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
            .from(ended)
            .where(sql`${sql.placeholder('revokes')}::boolean`),
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
      .with(chosen, touched, ended, revoked, live, few, many, noted, counted)
      .select({ id: live.id, userId: live.userId, isAdministrators: sql<boolean>`${isAdministrator(live.userId)}` })
      .from(live)
      .prepare(name);
  });
}

const isAdministrator = (userId: Column) =>
  sql`exists (select from ${users} where ${users.id} = ${userId} and ${users.roles} @> array['ADMIN'])`;

const one = ending('end_session', () =>
  and(eq(sessions.id, uuid('id')), sql`(${uuid('ownedBy')} is null or ${sessions.userId} = ${uuid('ownedBy')})`),
);

const all = ending('end_sessions', () =>
  and(eq(sessions.userId, uuid('userId')), sql`${sessions.id} is distinct from ${uuid('except')}`),
);

// No condition for ended ones: an impersonation never had any trust to lose.
const impersonations = ending('end_impersonations', () =>
  and(eq(sessions.impersonatorId, uuid('impersonatorId')), isNull(sessions.endedAt)),
);

const everyones = ending('end_everyones', () =>
  and(
    sql`${sessions.id} > ${uuid('after')}`,
    sql`${sessions.id} <= ${uuid('upTo')}`,
    sql`${sessions.createdAt} < ${sql.placeholder('startedBefore')}::timestamptz`,
    isNull(sessions.endedAt),
  ),
);

const overflow = ending('end_overflow', (db) => {
  const isLive = and(isNull(sessions.endedAt), gt(sessions.idleExpiresAt, NOW));
  const isLiveOwn = and(eq(sessions.userId, uuid('userId')), isNull(sessions.impersonatorId), isLive);
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
  event: EventDraft;
  distrust: Distrust | undefined;
}

/** An ended session, and whether its user is an administrator. */
export interface Ended {
  id: string;
  userId: string;
  isAdministrators: boolean;
}

/** Returns the sessions that were live. */
export async function endSessions(
  db: Db,
  which: SessionSelection,
  { reason, now, tokensGoneBy, event, distrust }: End,
): Promise<Ended[]> {
  const common = {
    now: now.toISOString(),
    tokensGoneBy: tokensGoneBy.toISOString(),
    reason,
    revokes: !('upTo' in which && which.keepsAccessTokens),
    isDistrusting: distrust !== undefined,
    keptNetwork: distrust?.keptNetwork ?? null,
    keptSince: after(now, -KNOWN_FOR).toISOString(),
    ...toValues({ event: eventParameters(event) }),
  };
  if ('id' in which) return one(db).execute({ ...common, id: which.id, ownedBy: which.ownedBy ?? null });
  if ('allOf' in which) return all(db).execute({ ...common, userId: which.allOf, except: which.except ?? null });
  if ('impersonatedBy' in which) return impersonations(db).execute({ ...common, impersonatorId: which.impersonatedBy });
  if ('upTo' in which)
    return everyones(db).execute({ ...common, ...which, startedBefore: which.startedBefore.toISOString() });
  return overflow(db).execute({ ...common, userId: which.overflowOf, othersKept: which.limit - 1 });
}

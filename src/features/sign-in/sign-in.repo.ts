import { and, eq, exists, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { sessions } from '../../infra/db/tables.ts';
import { lastLoginUpdate, signInAccount, signInLock, unchangedLock } from '../accounts/user.sql.ts';
import type { User } from '../accounts/user.ts';
import { eventInsertFor, eventParameters } from '../audit/audit.sql.ts';
import type { EventDraft } from '../audit/audit.ts';
import { hasFamiliarDevice } from '../rate-limits/trusted-session.sql.ts';
import { hasMoreSessions, sessionInsert, sessionParameters } from '../sessions/session.sql.ts';
import type { NewSession, Session } from '../sessions/session.ts';

/** A session of the user on a device of the same name that is familiar. */
const isFromDevice = and(
  eq(sessions.userId, sql.placeholder('session.userId')),
  eq(sessions.device, sql.placeholder('session.device')),
  hasFamiliarDevice,
);

const opening = preparedOnce((db) => {
  const known = db.select({ id: sessions.id }).from(sessions).where(isFromDevice);
  const mayOpen = or(sql`${sql.placeholder('anyDevice')}::boolean`, exists(known));
  const account = db.$with('account').as(signInAccount(db));
  const guard = db.$with('guard').as(
    db
      .select({
        mayOpen: sql<boolean>`${mayOpen}`.as('may_open'),
        mustEndOthers: sql<boolean>`${hasMoreSessions(db)}`.as('must_end_others'),
      })
      .from(account),
  );
  const stamped = db.$with('stamped').as(lastLoginUpdate(db, mayOpen));
  const opened = db.$with('opened').as(sessionInsert(db, stamped));
  const noted = db.$with('noted').as(eventInsertFor(db, stamped));
  return db
    .with(account, guard, stamped, opened, noted)
    .select()
    .from(account)
    .innerJoin(guard, sql`true`)
    .leftJoin(stamped, sql`true`)
    .leftJoin(opened, sql`true`)
    .prepare('open_session');
});

/** Whether the session may start on a device that the user has not used before. */
export type AllowedDevice = 'any-device' | 'known-device';

/** All outcomes except `opened` write nothing. */
export type Opening =
  | { outcome: 'opened'; user: User; session: Session; mustEndOthers: boolean }
  /** The user has no session from a device of this name, and only a known device was allowed. */
  | { outcome: 'unknown-device' }
  /**
   * Changed since `user` was read: a new password, or the owner of the address has claimed the account. The earlier
   * verification no longer counts.
   */
  | { outcome: 'account-changed' }
  | { outcome: 'account-disabled' }
  | { outcome: 'account-gone' }
  /**
   * The account was updated while the statement waited for its lock, so the statement could not see the sessions that
   * the other transaction opened. Call `lockForSignIn` and repeat.
   */
  | { outcome: 'overtaken' };

/**
 * Sets the account's last sign-in, opens the session and records the event. One statement, because the five round trips
 * of a transaction cost a twelfth of a password hash. The account's row stays locked until the commit, so a concurrent
 * deactivation waits and then finds the session.
 *
 * The update takes the lock. If a select in the same statement took it, PostgreSQL would deadlock: a statement that locks
 * a row and then updates an older version of it waits for a stronger lock that waits for this one.
 * @param limit live sessions of one account. If `mustEndOthers`, the caller ends those above it.
 */
export async function openSession(
  db: Db,
  user: Pick<User, 'updatedAt'>,
  session: NewSession,
  event: EventDraft,
  allowed: AllowedDevice,
  limit: number,
): Promise<Opening> {
  const now = session.createdAt;
  const [row] = await opening(db).execute({
    ...toValues({
      user: { id: session.userId, updatedAt: user.updatedAt.toISOString(), lastLoginAt: now.toISOString() },
      session: sessionParameters(session),
      event: eventParameters({ ...event, at: now, sessionId: session.id, ipAddress: session.ipAddress }),
    }),
    anyDevice: allowed === 'any-device',
    othersAllowed: limit - 1,
  });
  if (!row) return { outcome: 'account-gone' };
  const { account, guard, stamped, opened } = row;
  if (stamped && opened)
    return { outcome: 'opened', user: stamped, session: opened, mustEndOthers: guard.mustEndOthers };
  if (!account.isActive) return { outcome: 'account-disabled' };
  if (!account.isUnchanged) return { outcome: 'account-changed' };
  return { outcome: guard.mayOpen ? 'overtaken' : 'unknown-device' };
}

const lock = preparedOnce((db) => signInLock(db).prepare('lock_sign_in'));

/** Waits until no other transaction is changing the account, and keeps others from it until this one ends. */
export async function lockForSignIn(tx: Db, userId: string): Promise<void> {
  await lock(tx).execute({ 'user.id': userId });
}

const unchanged = preparedOnce((db) => unchangedLock(db).prepare('lock_unchanged'));

/** Locks the account as `lockForSignIn` does. False if it has changed since `user` was read. */
export async function lockUnchanged(tx: Db, { id, updatedAt }: Pick<User, 'id' | 'updatedAt'>): Promise<boolean> {
  const rows = await unchanged(tx).execute(toValues({ user: { id, updatedAt: updatedAt.toISOString() } }));
  return rows.length > 0;
}

const familiar = preparedOnce((db) =>
  db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isFromDevice, ne(sessions.id, sql.placeholder('session.id'))))
    .limit(1)
    .prepare('knows_device'),
);

/** Whether another session of the user from a device with the same name is still kept. */
export async function knowsDevice(db: Db, { id, userId, device }: NewSession): Promise<boolean> {
  const rows = await familiar(db).execute(toValues({ session: { id, userId, device } }));
  return rows.length > 0;
}

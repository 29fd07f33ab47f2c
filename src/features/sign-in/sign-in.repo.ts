import { and, eq, exists, getTableColumns, isNull, ne, notInArray, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce } from '../../infra/db/prepared.ts';
import { auditEvents, type SessionEnd, sessions, users } from '../../infra/db/tables.ts';
import type { User } from '../accounts/user.ts';
import type { EventRow } from '../audit/audit.ts';
import type { NewSession, Session } from '../sessions/session.ts';

/** What is given for a column, under the parameter's name. */
const given = <Column extends PgColumn>(name: string, column: Column) =>
  sql<Column['_']['data']>`${sql.placeholder(name)}::${sql.raw(column.getSQLType())}`.as(column.name);

/** What ends everything because somebody else was in the account: the devices of before are known no more. */
const BROKEN_TRUST = ['not-me', 'email-changed'] as const satisfies readonly SessionEnd[];

/** Of the user, from a device of the same name, and trusted still. */
const isFromDevice = and(
  eq(sessions.userId, sql.placeholder('userId')),
  eq(sessions.device, sql.placeholder('device')),
  or(isNull(sessions.endReason), notInArray(sessions.endReason, [...BROKEN_TRUST])),
);

const opening = preparedOnce((db) => {
  const known = db.select({ id: sessions.id }).from(sessions).where(isFromDevice);
  const isUnchanged = sql<boolean>`${users.updatedAt} = ${sql.placeholder('updatedAt')}::timestamptz`;
  // Locked, so that this is the row as the last commit left it and not as this statement's snapshot saw it.
  const account = db.$with('account').as(
    db
      .select({ id: users.id, isActive: users.isActive, isUnchanged: isUnchanged.as('is_unchanged') })
      .from(users)
      .where(eq(users.id, sql.placeholder('userId')))
      .for('no key update'),
  );
  const stamped = db.$with('stamped').as(
    db
      .update(users)
      .set({ lastLoginAt: sql`${sql.placeholder('now')}::timestamptz` })
      .from(account)
      .where(
        and(
          eq(users.id, account.id),
          account.isActive,
          account.isUnchanged,
          or(sql`${sql.placeholder('anyDevice')}::boolean`, exists(known)),
        ),
      )
      .returning(getTableColumns(users)),
  );
  const session = db
    .select({
      id: given('sessionId', sessions.id),
      userId: stamped.id,
      generation: sql<number>`0`.as('generation'),
      rotatedAt: given('now', sessions.rotatedAt),
      idleExpiresAt: given('idleExpiresAt', sessions.idleExpiresAt),
      expiresAt: given('expiresAt', sessions.expiresAt),
      endedAt: sql<null>`null::timestamptz`.as('ended_at'),
      endReason: sql<null>`null::text`.as('end_reason'),
      device: given('device', sessions.device),
      ipAddress: given('ip', sessions.ipAddress),
      lastUsedAt: given('now', sessions.lastUsedAt),
      createdAt: given('now', sessions.createdAt),
    })
    .from(stamped);
  const event = db
    .select({
      id: given('eventId', auditEvents.id),
      at: given('now', auditEvents.at),
      type: given('type', auditEvents.type),
      outcome: given('outcome', auditEvents.outcome),
      userId: stamped.id,
      sessionId: given('sessionId', auditEvents.sessionId),
      method: given('method', auditEvents.method),
      ipAddress: given('ip', auditEvents.ipAddress),
      requestId: given('requestId', auditEvents.requestId),
      detail: given('detail', auditEvents.detail),
    })
    .from(stamped);
  const opened = db.$with('opened').as(db.insert(sessions).select(session).returning());
  const noted = db.$with('noted').as(db.insert(auditEvents).select(event).returning({ id: auditEvents.id }));
  return db
    .with(account, stamped, opened, noted)
    .select()
    .from(account)
    .leftJoin(stamped, sql`true`)
    .leftJoin(opened, sql`true`)
    .prepare('open_session');
});

/** Whether the session may begin on a device that no other session of the user was on. */
export type From = 'any-device' | 'known-device';

/** Every outcome but `opened` has written nothing. */
export type Opening =
  | { outcome: 'opened'; user: User; session: Session }
  /** The user has no session from a device of this name, and only a known device was allowed. */
  | { outcome: 'unknown-device' }
  /**
   * Changed since `user` was read: a new password, or the owner of the address has claimed the account. The earlier
   * verification no longer counts.
   */
  | { outcome: 'account-changed' }
  | { outcome: 'account-disabled' }
  | { outcome: 'account-gone' };

/**
 * Stamps the sign-in on the account, opens the session and records the event: one statement, because five round trips
 * in a transaction cost a twelfth of a password hash. The account's row stays locked until the commit, so a concurrent
 * deactivation waits and then finds the session.
 */
export async function openSession(
  db: Db,
  user: Pick<User, 'updatedAt'>,
  session: NewSession,
  event: EventRow,
  from: From,
): Promise<Opening> {
  const [row] = await opening(db).execute({
    userId: session.userId,
    updatedAt: user.updatedAt.toISOString(),
    now: session.createdAt.toISOString(),
    sessionId: session.id,
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    device: session.device,
    anyDevice: from === 'any-device',
    ip: session.ipAddress,
    eventId: event.id,
    type: event.type,
    outcome: event.outcome,
    method: event.method,
    requestId: event.requestId,
    detail: JSON.stringify(event.detail),
  });
  if (!row) return { outcome: 'account-gone' };
  const { account, stamped, opened } = row;
  if (stamped && opened) return { outcome: 'opened', user: stamped, session: opened };
  if (!account.isActive) return { outcome: 'account-disabled' };
  return { outcome: account.isUnchanged ? 'unknown-device' : 'account-changed' };
}

const familiar = preparedOnce((db) =>
  db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isFromDevice, ne(sessions.id, sql.placeholder('id'))))
    .limit(1)
    .prepare('knows_device'),
);

/** Whether another session of the user is kept that was signed in from a device of the same name. */
export async function knowsDevice(db: Db, { id, userId, device }: NewSession): Promise<boolean> {
  const rows = await familiar(db).execute({ id, userId, device });
  return rows.length > 0;
}

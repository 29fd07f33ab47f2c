import { and, eq, exists, gt, isNull, type Subquery, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../../infra/db/client.ts';
import { parameterFor } from '../../infra/db/prepared.ts';
import { type SessionTrust, sessions } from '../../infra/db/tables.ts';
import type { NewSession } from './session.ts';

/**
 * Opens a session for the row of a common table expression, or none if it is empty.
 * Parameters: `session`, from `sessionParameters`.
 */
export function sessionInsert(db: Db, owner: Subquery & { id: PgColumn }) {
  // In the order of the table: Drizzle pairs the columns by position.
  const session = db
    .select({
      id: parameterFor('session.id', sessions.id),
      userId: owner.id,
      generation: sql<number>`0`.as('generation'),
      rotatedAt: parameterFor('session.createdAt', sessions.rotatedAt),
      seenAt: sql<null>`null::timestamptz`.as('seen_at'),
      repeatedGeneration: sql<null>`null::integer`.as('repeated_generation'),
      repeatsInARow: sql<number>`0`.as('repeats_in_a_row'),
      authenticatedAt: parameterFor('session.createdAt', sessions.authenticatedAt),
      authenticationMethods: parameterFor('session.authenticationMethods', sessions.authenticationMethods),
      idleExpiresAt: parameterFor('session.idleExpiresAt', sessions.idleExpiresAt),
      expiresAt: parameterFor('session.expiresAt', sessions.expiresAt),
      endedAt: sql<null>`null::timestamptz`.as('ended_at'),
      endReason: sql<null>`null::text`.as('end_reason'),
      trust: sql<SessionTrust>`'full'`.as('trust'),
      impersonatorId: sql<null>`null::uuid`.as('impersonator_id'),
      device: parameterFor('session.device', sessions.device),
      ipAddress: parameterFor('session.ipAddress', sessions.ipAddress),
      lastUsedAt: parameterFor('session.createdAt', sessions.lastUsedAt),
      createdAt: parameterFor('session.createdAt', sessions.createdAt),
    })
    .from(owner);
  return db.insert(sessions).select(session).returning();
}

/**
 * Whether the user has more live sessions than the number in the parameter `othersAllowed`. Sessions that the statement
 * itself opens do not count, nor do impersonations. Further parameters: `session`, from `sessionParameters`.
 */
export const hasMoreSessions = (db: Db) =>
  exists(
    db
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          eq(sessions.userId, sql.placeholder('session.userId')),
          isNull(sessions.endedAt),
          gt(sessions.idleExpiresAt, sql`${sql.placeholder('session.createdAt')}::timestamptz`),
          isNull(sessions.impersonatorId),
        ),
      )
      .offset(sql.placeholder('othersAllowed')),
  );

export const sessionParameters = (session: NewSession) => ({
  ...session,
  createdAt: session.createdAt.toISOString(),
  idleExpiresAt: session.idleExpiresAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
});

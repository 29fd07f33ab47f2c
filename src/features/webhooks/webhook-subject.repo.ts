import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { sessions, userMetadata, users } from '../../infra/db/tables.ts';
import type { SessionRow, UserRow } from './webhook-payload.ts';

/** What a webhook shows of a user: an allow-list. Undefined if the account was deleted. */
export async function findUser(db: Db, id: string): Promise<UserRow | undefined> {
  const { firstName, lastName, companyName, locale, roles, permissions, isActive, secondFactorRequired } = users;
  const [row] = await db
    .select({
      id: users.id,
      email: users.email,
      emailVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      phone: users.phone,
      phoneVerified: sql<boolean>`${users.phoneVerifiedAt} is not null`,
      firstName,
      lastName,
      companyName,
      locale,
      roles,
      permissions,
      publicMetadata: userMetadata.public,
      isActive,
      secondFactorRequired,
      createdAt: users.createdAt,
      updatedAt: users.updatedAt,
    })
    .from(users)
    .leftJoin(userMetadata, eq(userMetadata.userId, users.id))
    .where(eq(users.id, id));
  return row;
}

/** What a webhook shows of a session. Undefined if its row was deleted. */
export async function findSession(db: Db, id: string): Promise<SessionRow | undefined> {
  const [row] = await db
    .select({
      id: sessions.id,
      device: sessions.device,
      authenticationMethods: sessions.authenticationMethods,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      endedAt: sessions.endedAt,
    })
    .from(sessions)
    .where(eq(sessions.id, id));
  return row;
}

import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { identities, users } from '../../infra/db/tables.ts';
import { type Identity, type IdentityKey, MAX_IDENTITIES } from './identity.ts';

/**
 * Lets one transaction at a time assign the identity to a user. The unique index decides; the lock spares the others
 * from creating an account that they would have to roll back.
 */
export async function lockIdentity(db: Db, { issuer, subject }: IdentityKey): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`identity\n${issuer}\n${subject}`}, 0))`);
}

export async function identityByKey(db: Db, { issuer, subject }: IdentityKey): Promise<Identity | undefined> {
  const [identity] = await db
    .select()
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return identity;
}

/** Undefined if the identity is linked already. */
export async function insertIdentity(db: Db, identity: Identity): Promise<Identity | undefined> {
  const [row] = await db.insert(identities).values(identity).onConflictDoNothing().returning();
  return row;
}

/** Oldest first, at most MAX_IDENTITIES of each user. */
export function identitiesByUsers(db: Db, userIds: readonly string[]): Promise<Identity[]> {
  const owner = sql`(select distinct unnest(${sql.param(userIds)}::uuid[]) as id) as owner`;
  const own = db
    .select({ id: identities.id })
    .from(identities)
    .where(sql`${identities.userId} = owner.id`)
    .orderBy(asc(identities.createdAt), asc(identities.id))
    .limit(MAX_IDENTITIES)
    .as('own');
  return db
    .select()
    .from(identities)
    .where(inArray(identities.id, db.select({ id: own.id }).from(owner).innerJoinLateral(own, sql`true`)))
    .orderBy(asc(identities.createdAt), asc(identities.id));
}

/** Linked at this time or later, oldest first. */
export const identitiesSince = (db: Db, userId: string, since: Date): Promise<Identity[]> =>
  db
    .select()
    .from(identities)
    .where(and(eq(identities.userId, userId), gte(identities.createdAt, since)))
    .orderBy(asc(identities.createdAt), asc(identities.id));
/** Call it with the user's row locked. */
export async function hasMostIdentities(db: Db, userId: string): Promise<boolean> {
  return (await db.$count(identities, eq(identities.userId, userId))) >= MAX_IDENTITIES;
}

export async function deleteIdentity(db: Db, { id, userId }: Pick<Identity, 'id' | 'userId'>): Promise<void> {
  await db.delete(identities).where(and(eq(identities.id, id), eq(identities.userId, userId)));
}

/** Serialises transactions that remove ways to sign in from an account. False if there is no such active user. */
export async function lockOwner(db: Db, userId: string): Promise<boolean> {
  const found = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.isActive, true)))
    .for('update');
  return found.length > 0;
}

export async function findOwnIdentity(db: Db, { id, userId }: Pick<Identity, 'id' | 'userId'>) {
  const [identity] = await db
    .select()
    .from(identities)
    .where(and(eq(identities.id, id), eq(identities.userId, userId)));
  return identity;
}

export async function deleteIdentities(db: Db, userId: string, since?: Date): Promise<void> {
  await db.delete(identities).where(and(eq(identities.userId, userId), since && gte(identities.createdAt, since)));
}

import { and, asc, eq, exists, gte, isNotNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { identities, passwords, users } from '../../infra/db/tables.ts';
import type { Identity, IdentityKey } from './identity.ts';

/**
 * Lets one transaction at a time decide whose the identity is. The unique index has the last word; the lock saves the
 * others from making an account that they would have to take back.
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

/** Undefined when the identity is somebody's already. */
export async function insertIdentity(db: Db, identity: Identity): Promise<Identity | undefined> {
  const [row] = await db.insert(identities).values(identity).onConflictDoNothing().returning();
  return row;
}

/** Oldest first. */
export function identitiesByUsers(db: Db, userIds: readonly string[]): Promise<Identity[]> {
  return db
    .select()
    .from(identities)
    .where(sql`${identities.userId} = any(${sql.param(userIds)}::uuid[])`)
    .orderBy(asc(identities.createdAt), asc(identities.id));
}

/** What lets somebody in here. */
export interface Ways {
  /** The names of those that are configured: an identity at another one lets nobody in. */
  providers: readonly string[];
  /** Whether text messages are sent: without, a proved number lets in only who knows the password. */
  sendsTexts: boolean;
}

/**
 * Removes the identity if another way to sign in is left: a password with an address or a proved number to say, a proved
 * number that is sent codes, or an identity at a provider that is still configured. Runs after `lockOwner` in the same transaction, as a statement of its own: only then does it see
 * what whoever held the lock before has removed.
 */
export async function deleteIdentity(
  db: Db,
  { id, userId }: Pick<Identity, 'id' | 'userId'>,
  { providers, sendsTexts }: Ways,
): Promise<boolean> {
  const password = db
    .select({ one: sql`1` })
    .from(passwords)
    .innerJoin(users, eq(users.id, passwords.userId))
    .where(and(eq(passwords.userId, userId), or(isNotNull(users.email), isNotNull(users.phoneVerifiedAt))));
  const phone = db
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.phoneVerifiedAt), sql`${sendsTexts}::boolean`));
  const other = sql`exists (select from ${identities} as other where other.user_id = ${userId} and other.id <> ${id}
    and other.provider = any(${sql.param(providers)}::text[]))`;
  const gone = await db
    .delete(identities)
    .where(and(eq(identities.id, id), eq(identities.userId, userId), or(exists(password), exists(phone), other)))
    .returning({ id: identities.id });
  return gone.length > 0;
}

/** Of transactions that take ways to sign in from one account, one at a time. Whether there is such an active user. */
export async function lockOwner(db: Db, userId: string): Promise<boolean> {
  const found = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.isActive, true)))
    .for('update');
  return found.length > 0;
}

export async function identityOf(db: Db, { id, userId }: Pick<Identity, 'id' | 'userId'>) {
  const [identity] = await db
    .select()
    .from(identities)
    .where(and(eq(identities.id, id), eq(identities.userId, userId)));
  return identity;
}

export async function deleteIdentitiesOf(db: Db, userId: string, since?: Date): Promise<void> {
  await db.delete(identities).where(and(eq(identities.userId, userId), since && gte(identities.createdAt, since)));
}

import { and, eq, exists, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { identities, passkeys, passwords, users } from '../../infra/db/tables.ts';

/** Which sign-in methods are available. */
export interface SignInMethods {
  /** Names of the configured providers. Identities at other providers cannot be used to sign in. */
  providers: readonly string[];
  /** Whether text messages are sent. If not, a verified number is of use only with the password. */
  sendsTexts: boolean;
  /** Whether codes and links by email sign in. */
  emailSignIn: boolean;
  /** Whether passkeys are on. */
  passkeys: boolean;
}

/** What is about to be removed. */
export type Removal = { identity: string } | { passkey: string };

/**
 * Whether the user can still sign in after the removal (docs/decisions/0009, "Unlinking"). Lock the account first in the
 * same transaction: this statement then sees what the previous holder of the lock removed.
 */
export async function canSignInWithout(
  db: Db,
  userId: string,
  removal: Removal,
  methods: SignInMethods,
): Promise<boolean> {
  const [identityId, passkeyId] = 'identity' in removal ? [removal.identity] : [undefined, removal.passkey];
  const one = { one: sql`1` };
  const password = db
    .select(one)
    .from(passwords)
    .innerJoin(users, eq(users.id, passwords.userId))
    .where(and(eq(passwords.userId, userId), or(isNotNull(users.email), isNotNull(users.phoneVerifiedAt))));
  const phone = db
    .select(one)
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.phoneVerifiedAt), sql`${methods.sendsTexts}::boolean`));
  const address = db
    .select(one)
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.emailVerifiedAt), sql`${methods.emailSignIn}::boolean`));
  const identity = db
    .select(one)
    .from(identities)
    .where(
      and(
        eq(identities.userId, userId),
        identityId === undefined ? undefined : ne(identities.id, identityId),
        sql`${identities.provider} = any(${sql.param(methods.providers)}::text[])`,
      ),
    );
  const passkey = db
    .select(one)
    .from(passkeys)
    .where(
      and(
        eq(passkeys.userId, userId),
        isNull(passkeys.removedAt),
        passkeyId === undefined ? undefined : ne(passkeys.id, passkeyId),
        sql`${methods.passkeys}::boolean`,
      ),
    );
  const ways = [password, phone, address, identity, passkey];
  const found = await db
    .select(one)
    .from(users)
    .where(and(eq(users.id, userId), or(...ways.map((way) => exists(way)))));
  return found.length > 0;
}

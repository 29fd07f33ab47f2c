import { hash } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { parseEmail } from '../../src/core/identifiers.ts';
import { BLANK_PROFILE } from '../../src/features/accounts/profile.ts';
import { users } from '../../src/infra/db/tables.ts';
import type { TestApp } from './app.ts';
import { PASSWORD, uniqueEmail } from './people.ts';

const passwordHashes = new Map<string, Promise<string>>();

/** Inserts an account with PASSWORD, without a sign-up. */
export async function insertAccount(
  { app, argon2 }: Pick<TestApp, 'app' | 'argon2'>,
  { email: text = uniqueEmail(), verified = true, active = true, storedHash = '', locale = null as string | null } = {},
) {
  const { db, accounts, passwords } = app.services;
  const email = parseEmail(text);
  if (!email) throw new Error(`${text} is not an address`);
  const user = await accounts.create(db, { ...BLANK_PROFILE, email, locale, emailVerified: verified });
  if (!user) throw new Error(`${email} has an account already`);
  await passwords.save(db, user.id, storedHash || (await passwordHash(argon2)));
  if (!active) await deactivate({ app }, user.id);
  return { id: user.id, email };
}

function passwordHash({ memoryKib, passes, lanes }: TestApp['argon2']): Promise<string> {
  const key = [memoryKib, passes, lanes].join();
  const pendingHash =
    passwordHashes.get(key) ?? hash(PASSWORD, { memoryCost: memoryKib, timeCost: passes, parallelism: lanes });
  passwordHashes.set(key, pendingHash);
  return pendingHash;
}

export async function deactivate({ app }: Pick<TestApp, 'app'>, userId: string): Promise<void> {
  await app.services.db.update(users).set({ isActive: false }).where(eq(users.id, userId));
}

import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import {
  deletePassword,
  hasPassword,
  passwordHash,
  passwordHolders,
  savePassword,
  upgradeHash,
} from './password.repo.ts';
import type { PasswordHasher } from './password-hasher.ts';

export type Passwords = ReturnType<typeof createPasswords>;

/** What is stored of passwords. */
export function createPasswords({ clock, hasher }: { clock: Clock; hasher: PasswordHasher }) {
  return {
    save: (db: Db, userId: string, hash: string) => savePassword(db, userId, hash, clock.now()),
    has: hasPassword,
    remove: deletePassword,
    holders: passwordHolders,
    /** Undefined: the account has none. */
    hashOf: passwordHash,

    /** After a successful sign-in: a hash with yesterday's parameters is made anew. */
    async upgrade(db: Db, userId: string, stored: string, password: string): Promise<void> {
      if (!hasher.isOutdated(stored, password)) return;
      await upgradeHash(db, userId, stored, await hasher.hash(password));
    },
  };
}

import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import {
  deletePassword,
  hasPassword,
  isPasswordUnchanged,
  passwordHolders,
  type StoredPassword,
  savePassword,
  storedPassword,
  upgradeHash,
} from './password.repo.ts';
import type { PasswordHasher } from './password-hasher.ts';

/** Stored password hashes. */
export interface Passwords {
  /** Sets the first password or replaces the current one. */
  save(db: Db, userId: string, hash: string): Promise<void>;
  has(db: Db, userId: string): Promise<boolean>;
  /** Whether there is a password and it has not changed after the moment. An upgraded hash is no change. */
  isUnchangedSince(db: Db, userId: string, moment: Date): Promise<boolean>;
  remove(db: Db, userId: string): Promise<void>;
  /** Which of the users have a password. */
  holders(db: Db, userIds: readonly string[]): Promise<Set<string>>;
  /** Undefined: the account has no password. */
  find(db: Db, userId: string): Promise<StoredPassword | undefined>;
  /**
   * Whether the account still has the password that was set then, or still has none. Another hash of the same password is
   * no change. Under the account's lock, the answer holds until the commit.
   */
  isStill(db: Db, userId: string, setAt: Date | undefined): Promise<boolean>;
  /** After a successful sign-in: replaces an outdated hash with a new one of the same password. */
  upgrade(db: Db, userId: string, stored: string, password: string): Promise<void>;
}

export function createPasswords({ clock, hasher }: { clock: Clock; hasher: PasswordHasher }): Passwords {
  return {
    save: (db, userId, hash) => savePassword(db, userId, hash, clock.now()),
    has: hasPassword,
    isUnchangedSince: isPasswordUnchanged,
    remove: deletePassword,
    holders: passwordHolders,
    find: storedPassword,

    async isStill(db, userId, setAt) {
      const stored = await storedPassword(db, userId);
      return stored?.setAt.getTime() === setAt?.getTime();
    },

    async upgrade(db, userId, stored, password) {
      if (!hasher.isOutdated(stored, password)) return;
      await upgradeHash(db, userId, stored, await hasher.hash(password));
    },
  };
}

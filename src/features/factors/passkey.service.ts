import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import { isId, newId } from '../../core/ids.ts';
import { FieldProblem, InvalidInput } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import {
  insertPasskey,
  markRemoved,
  ownPasskey,
  passkeyByCredential,
  passkeysByUsers,
  recordPasskeyUse,
  renamePasskey,
  userHandleOf,
} from './passkey.repo.ts';
import { isCounterBehind, MAX_PASSKEYS, type NewCredential, type Passkey, type PasskeyUse } from './passkey.ts';
import { PasskeyRejected } from './passkey-rejected.ts';

/** The passkeys of users, without removed ones. A transaction `tx` must hold the lock of the account. */
export interface Passkeys {
  /** Oldest first. Simultaneous calls share one query. */
  of(userId: string): Promise<Passkey[]>;
  /** The same, read in the caller's transaction. */
  own(db: Db, userId: string): Promise<Passkey[]>;
  /** The handle that all passkeys of the user share; undefined if there has been none yet. */
  userHandle(db: Db, userId: string): Promise<string | undefined>;
  byCredential(db: Db, credentialId: string): Promise<Passkey | undefined>;
  /** The user's own passkey. */
  find(db: Db, userId: string, id: string): Promise<Passkey | undefined>;
  /** InvalidInput if the user has MAX_PASSKEYS. */
  add(
    tx: Db,
    passkey: NewCredential & Pick<Passkey, 'userId' | 'userHandle' | 'name'>,
  ): Promise<Passkey | PasskeyRejected | InvalidInput>;
  rename(db: Db, userId: string, id: string, name: string): Promise<Passkey | undefined>;
  /** Removes a passkey, which can be restored for a few days. */
  remove(tx: Db, userId: string, id: string, at: Date): Promise<void>;
  /** Stores what an authenticator reported. Undefined if the passkey was removed in the meantime. */
  recordUse(tx: Db, id: string, use: PasskeyUse): Promise<RecordedUse | undefined>;
}

export interface RecordedUse {
  at: Date;
  /** Whether another device may have a copy of the key. */
  isCounterBehind: boolean;
}

export const tooManyPasskeys = (path: string): InvalidInput =>
  new InvalidInput([new FieldProblem(path, 'NOT_ALLOWED', 'too-many-passkeys', MAX_PASSKEYS)]);

export function createPasskeys({ db, clock }: { db: Db; clock: Clock }): Passkeys {
  // Nothing is cached between batches.
  const loader = new DataLoader<string, Passkey[]>(
    async (userIds) => {
      const found = await passkeysByUsers(db, userIds);
      return userIds.map((userId) => found.filter((passkey) => passkey.userId === userId));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  return {
    of: (userId) => loader.load(userId),
    own: (db, userId) => passkeysByUsers(db, [userId]),
    userHandle: userHandleOf,
    byCredential: passkeyByCredential,
    find: async (db, userId, id) => (isId(id) ? ownPasskey(db, userId, id) : undefined),

    async add(tx, passkey) {
      if ((await passkeysByUsers(tx, [passkey.userId])).length >= MAX_PASSKEYS) return tooManyPasskeys('response');
      const now = clock.now();
      const row = { ...passkey, id: newId(now), createdAt: now, lastUsedAt: null, removedAt: null };
      return (await insertPasskey(tx, row)) ?? new PasskeyRejected('registered');
    },

    rename: async (db, userId, id, name) => (isId(id) ? renamePasskey(db, userId, id, name) : undefined),
    remove: markRemoved,

    async recordUse(tx, id, use) {
      const at = clock.now();
      const before = await recordPasskeyUse(tx, id, use, at);
      return before && { at, isCounterBehind: isCounterBehind(before.signCount, use.signCount) };
    },
  };
}

import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import type { Email, Phone } from '../../core/identifiers.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Role } from '../../infra/db/tables.ts';
import {
  changeEmail,
  claimUser,
  credentialByEmail,
  credentialByVerifiedPhone,
  deleteUser,
  dropPhone,
  holdUserByEmail,
  holdUserByVerifiedPhone,
  insertUser,
  lockAdministrators,
  lockUser,
  markEmailVerified,
  moveToPhone,
  promoteUser,
  touchUser,
  updateProfile,
  userByEmail,
  userByVerifiedPhone,
  usersByIds,
} from './user.repo.ts';
import type { Kept, NewUser, Profile, User } from './user.ts';

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts({ db, clock }: { db: Db; clock: Clock }) {
  // Requests that arrive together are served by one query. Nothing is remembered between them.
  const loader = new DataLoader<string, User | undefined>(
    async (ids) => {
      const found = new Map((await usersByIds(db, ids)).map((user) => [user.id, user]));
      return ids.map((id) => found.get(id));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  return {
    /** The user as the database has it now. */
    byId: (id: string): Promise<User | undefined> => loader.load(id),
    /** As the transaction sees the user. */
    within: async (tx: Db, id: string): Promise<User | undefined> => (await usersByIds(tx, [id]))[0],
    byEmail: userByEmail,
    byVerifiedPhone: userByVerifiedPhone,
    /** The same for whoever is about to write something that hangs on the account, in that transaction. */
    holdByEmail: holdUserByEmail,
    holdByVerifiedPhone: holdUserByVerifiedPhone,
    /** The first step of whatever changes how somebody comes into the account: one after the other. */
    lock: lockUser,
    credentialByEmail,
    credentialByVerifiedPhone,
    /** Undefined when the address or the proved number is taken. */
    create: (db: Db, user: NewUser) => {
      const now = clock.now();
      return insertUser(db, newId(now), user, now);
    },
    /** The user, its address proved; undefined when the account has another address by now or is gone. */
    verifyEmail: (db: Db, id: string, email: string) => markEmailVerified(db, id, email, clock.now()),
    /** Throws a unique violation when the address is taken. */
    changeEmail: (db: Db, id: string, email: Email) => changeEmail(db, id, email, clock.now()),
    /** The user with the verified number; PhoneTaken if another account has verified it. */
    verifyPhone: (db: Db, id: string, phone: Phone) => moveToPhone(db, id, phone, clock.now()),
    dropPhone: (db: Db, id: string) => dropPhone(db, id, clock.now()),
    /** Ids of those who are active, locked. */
    lockAdministrators,
    remove: deleteUser,
    /** The account, its address proved and nothing else left of it; undefined when the address was proved before. */
    claim: (db: Db, id: string, email: Email, kept: Kept = {}) => claimUser(db, id, email, kept, clock.now()),
    updateProfile: (id: string, profile: Partial<Profile>) => updateProfile(db, id, profile, clock.now()),
    /** Of whoever changes the password, in that transaction: a sign-in that has checked the old one is not to succeed. */
    touch: (db: Db, id: string) => touchUser(db, id, clock.now()),
    promote: (db: Db, id: string, roles: Role[]) => promoteUser(db, id, roles, clock.now()),
  };
}

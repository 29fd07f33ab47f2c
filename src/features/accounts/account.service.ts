import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import type { Email, Phone } from '../../core/identifiers.ts';
import { newId } from '../../core/ids.ts';
import type { PhoneTaken } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Role } from '../../infra/db/tables.ts';
import {
  deleteUser,
  dropPhone,
  insertUser,
  lockAdministrators,
  lockUser,
  moveToPhone,
  promoteUser,
  setSecondFactorRequired,
  setVerifiedEmail,
  touchUser,
  updateProfile,
} from './user.repo.ts';
import type { Kept, NewUser, Profile, User } from './user.ts';
import {
  type Credential,
  credentialByEmail,
  credentialByVerifiedPhone,
  holdUserByEmail,
  holdUserByVerifiedPhone,
  userByEmail,
  userByVerifiedPhone,
  usersByIds,
} from './user-lookup.repo.ts';

/** User accounts. Parameters named `tx` are transactions: what is locked stays locked until they end. */
export interface Accounts {
  /** The user, read from the database. Simultaneous calls share one query. */
  byId(id: string): Promise<User | undefined>;
  byEmail(db: Db, email: Email): Promise<User | undefined>;
  /** The one account that has verified the number. */
  byVerifiedPhone(db: Db, phone: Phone): Promise<User | undefined>;
  /** Like `byEmail`, and prevents deletion until the transaction ends: for writing rows that refer to the account. */
  holdByEmail(tx: Db, email: Email): Promise<User | undefined>;
  /** Like `byVerifiedPhone`, and prevents deletion until the transaction ends. */
  holdByVerifiedPhone(tx: Db, phone: Phone): Promise<User | undefined>;
  /** Locks the user: the first step of every change to their ways to sign in. */
  lock(tx: Db, id: string): Promise<User | undefined>;
  /** The user of the address and the password hash, in one query. */
  credentialByEmail(db: Db, email: Email): Promise<Credential | undefined>;
  /** The user who has verified the number and the password hash, in one query. */
  credentialByVerifiedPhone(db: Db, phone: Phone): Promise<Credential | undefined>;
  /** The new user; undefined if the address or the verified number is taken. */
  create(db: Db, user: NewUser): Promise<User | undefined>;
  /**
   * Sets a verified address of a locked user. Throws a unique violation if it is taken. Only `VerifyAddress` calls it,
   * which also decides what else the account keeps.
   * @param kept clears everything entered before except this; undefined clears nothing
   */
  setVerifiedEmail(tx: Db, user: User, email: Email, kept: Kept | undefined): Promise<User>;
  /** Sets a verified number of a locked user; PhoneTaken if another account has verified it. */
  verifyPhone(tx: Db, user: User, phone: Phone): Promise<User | PhoneTaken>;
  /** Removes the number, verified or not. */
  dropPhone(db: Db, id: string): Promise<void>;
  /** Whether sign-ins need a second factor. */
  setSecondFactorRequired(tx: Db, id: string, isRequired: boolean): Promise<void>;
  /** IDs of the active administrators, locked. */
  lockAdministrators(tx: Db): Promise<string[]>;
  /** Deletes the account with its password, sessions, challenges and identities. */
  remove(tx: Db, id: string): Promise<void>;
  /** Sets the given fields; null clears. Undefined if there is no such active user. */
  updateProfile(db: Db, id: string, profile: Partial<Profile>): Promise<User | undefined>;
  /** Makes sign-ins fail that have checked the old password but not started a session. Call it on a password change. */
  touch(tx: Db, id: string): Promise<void>;
  /** Sets the roles, and activates the account. */
  promote(tx: Db, id: string, roles: Role[]): Promise<void>;
}

/** As many references to users as fit in the body of a request. */
const LARGEST_BATCH = 1_000;

export function createAccounts({ db, clock }: { db: Db; clock: Clock }): Accounts {
  // Nothing is cached between batches.
  const loader = new DataLoader<string, User | undefined>(
    async (ids) => {
      const found = new Map((await usersByIds(db, ids)).map((user) => [user.id, user]));
      return ids.map((id) => found.get(id));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: LARGEST_BATCH },
  );

  return {
    byId: (id) => loader.load(id),
    byEmail: userByEmail,
    byVerifiedPhone: userByVerifiedPhone,
    holdByEmail: holdUserByEmail,
    holdByVerifiedPhone: holdUserByVerifiedPhone,
    lock: lockUser,
    credentialByEmail,
    credentialByVerifiedPhone,
    create(db, user) {
      const now = clock.now();
      return insertUser(db, newId(now), user, now);
    },
    setVerifiedEmail: (tx, user, email, kept) => setVerifiedEmail(tx, user, email, kept, clock.now()),
    verifyPhone: (tx, user, phone) => moveToPhone(tx, user, phone, clock.now()),
    dropPhone: (db, id) => dropPhone(db, id, clock.now()),
    setSecondFactorRequired: (tx, id, isRequired) => setSecondFactorRequired(tx, id, isRequired, clock.now()),
    lockAdministrators,
    remove: deleteUser,
    updateProfile: (db, id, profile) => updateProfile(db, id, profile, clock.now()),
    touch: (tx, id) => touchUser(tx, id, clock.now()),
    promote: (tx, id, roles) => promoteUser(tx, id, roles, clock.now()),
  };
}

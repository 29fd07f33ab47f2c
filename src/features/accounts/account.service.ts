import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import type { Email } from '../../core/identifiers.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Role } from '../../infra/db/tables.ts';
import {
  credentialByEmail,
  insertUser,
  markEmailVerified,
  reclaimUser,
  setRoles,
  updateProfile,
  userByEmail,
  usersByIds,
} from './user.repo.ts';
import type { NewUser, Profile, User } from './user.ts';

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
    credentialByEmail,
    /** Undefined when the address is taken. */
    create: (db: Db, user: NewUser) => {
      const now = clock.now();
      return insertUser(db, newId(now), user, now);
    },
    /** The user, its address proved; undefined when the account has another address by now or is gone. */
    proveEmail: (db: Db, id: string, email: string) => markEmailVerified(db, id, email, clock.now()),
    /** The account, its address proved and nothing else left of it; undefined when the address was proved before. */
    reclaim: (db: Db, id: string, email: Email, names: Partial<Pick<Profile, 'firstName' | 'lastName'>> = {}) =>
      reclaimUser(db, id, email, names, clock.now()),
    updateProfile: (id: string, profile: Partial<Profile>) => updateProfile(db, id, profile, clock.now()),
    setRoles: (db: Db, id: string, roles: Role[]) => setRoles(db, id, roles, clock.now()),
  };
}

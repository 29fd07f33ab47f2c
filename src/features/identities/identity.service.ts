import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { isId, newId } from '../../core/ids.ts';
import { FieldProblem, InvalidInput, NotFound } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { LastSignInMethod } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import {
  deleteIdentities,
  deleteIdentity,
  findOwnIdentity,
  hasMostIdentities,
  identitiesByUsers,
  identitiesSince,
  identityByKey,
  insertIdentity,
  lockIdentity,
  lockOwner,
} from './identity.repo.ts';
import { type Identity, type IdentityKey, MAX_IDENTITIES } from './identity.ts';
import { canSignInWithout, type Removal, type SignInMethods } from './sign-in-ways.repo.ts';

/** An identity to be linked to a user. */
export type NewIdentity = IdentityKey & Pick<Identity, 'userId' | 'provider' | 'email'>;

/** Users' accounts at social providers. */
export interface Identities {
  /** Lets one transaction at a time assign the identity to a user. */
  lock(tx: Db, key: IdentityKey): Promise<void>;
  byKey(db: Db, key: IdentityKey): Promise<Identity | undefined>;
  /** The user's identities, oldest first. Simultaneous calls share one query. */
  of(userId: string): Promise<Identity[]>;
  /** The user's identities linked at this time or later, oldest first. */
  linkedSince(db: Db, userId: string, since: Date): Promise<Identity[]>;
  /**
   * Call it with the user's row locked. Undefined if the identity is linked already, InvalidInput if the user has
   * MAX_IDENTITIES.
   */
  link(tx: Db, identity: NewIdentity, client: Client): Promise<Identity | InvalidInput | undefined>;
  /** The unlinked identity; NotFound also if it is another user's. Throws Unauthenticated if the user is not active. */
  unlink(tx: Db, userId: string, id: string, client: Client): Promise<Identity | NotFound | LastSignInMethod>;
  /** Whether the user can still sign in after the removal. @param tx the transaction that holds the lock of the account */
  canSignInWithout(tx: Db, userId: string, removal: Removal): Promise<boolean>;
  /** Unlinks all of the user's identities. @param since only those linked at this time or later */
  removeAll(tx: Db, userId: string, since?: Date): Promise<void>;
}

interface Dependencies extends SignInMethods {
  db: Db;
  clock: Clock;
  audit: Audit;
}

export function createIdentities({ db, clock, audit, ...ways }: Dependencies): Identities {
  // Nothing is cached between batches.
  const loader = new DataLoader<string, Identity[]>(
    async (userIds) => {
      const found = await identitiesByUsers(db, userIds);
      return userIds.map((userId) => found.filter((identity) => identity.userId === userId));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  return {
    lock: lockIdentity,
    byKey: identityByKey,
    of: (userId) => loader.load(userId),
    linkedSince: identitiesSince,

    async link(tx, { userId, provider, issuer, subject, email }, client) {
      if (await hasMostIdentities(tx, userId))
        return new InvalidInput([new FieldProblem('provider', 'NOT_ALLOWED', 'too-many-identities', MAX_IDENTITIES)]);
      const now = clock.now();
      const row = { id: newId(now), userId, provider, issuer, subject, email, createdAt: now };
      const identity = await insertIdentity(tx, row);
      if (identity) {
        const detail = { provider, identity: identity.id };
        await audit.record(tx, { type: 'identity', outcome: 'linked', userId, method: 'social', client, detail });
      }
      return identity;
    },

    async unlink(tx, userId, id, client) {
      if (!(await lockOwner(tx, userId))) throw new Unauthenticated();
      const identity = isId(id) ? await findOwnIdentity(tx, { id, userId }) : undefined;
      if (!identity) return new NotFound();
      const done = await canSignInWithout(tx, userId, { identity: identity.id }, ways);
      if (done) await deleteIdentity(tx, identity);
      const outcome = done ? 'unlinked' : 'last-method';
      const detail = { provider: identity.provider, identity: id };
      await audit.record(tx, { type: 'identity', outcome, userId, client, detail });
      return done ? identity : new LastSignInMethod();
    },

    canSignInWithout: (tx, userId, removal) => canSignInWithout(tx, userId, removal, ways),
    removeAll: deleteIdentities,
  };
}

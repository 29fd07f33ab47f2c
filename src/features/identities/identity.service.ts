import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { isId, newId } from '../../core/ids.ts';
import { NotFound } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { LastSignInMethod } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import {
  deleteIdentitiesOf,
  deleteIdentity,
  identitiesByUsers,
  identityByKey,
  identityOf,
  insertIdentity,
  lockIdentity,
  lockOwner,
  type Ways,
} from './identity.repo.ts';
import type { Identity, IdentityKey } from './identity.ts';

interface Dependencies extends Ways {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
}

export type Identities = ReturnType<typeof createIdentities>;

/** Who the users are at other sites. */
export function createIdentities({ db, transact, clock, audit, ...ways }: Dependencies) {
  // Users that are shown together are served by one query. Nothing is remembered between them.
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
    of: (userId: string): Promise<Identity[]> => loader.load(userId),
    /** All of the user's; with a moment, those that were linked then or later. */
    removeAll: deleteIdentitiesOf,

    /** Undefined when the identity is somebody's already. */
    async link(
      tx: Db,
      whose: IdentityKey & Pick<Identity, 'userId' | 'provider' | 'email'>,
      client: Client,
    ): Promise<Identity | undefined> {
      const { userId, provider, issuer, subject, email } = whose;
      const now = clock.now();
      const row = { id: newId(now), userId, provider, issuer, subject, email, createdAt: now };
      const identity = await insertIdentity(tx, row);
      if (identity) {
        const detail = { provider, identity: identity.id };
        await audit.record(tx, { type: 'identity', outcome: 'linked', userId, method: 'social', client, detail });
      }
      return identity;
    },

    /** What was unlinked; NotFound also for another user's. */
    unlink: (userId: string, id: string, client: Client): Promise<Identity | NotFound | LastSignInMethod> =>
      transact(async (tx) => {
        if (!(await lockOwner(tx, userId))) throw new Unauthenticated();
        const identity = isId(id) ? await identityOf(tx, { id, userId }) : undefined;
        if (!identity) return new NotFound();
        const done = await deleteIdentity(tx, identity, ways);
        const outcome = done ? 'unlinked' : 'last-method';
        const detail = { provider: identity.provider, identity: id };
        await audit.record(tx, { type: 'identity', outcome, userId, client, detail });
        return done ? identity : new LastSignInMethod();
      }),
  };
}

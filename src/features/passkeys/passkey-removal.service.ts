import type { Clock } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { NotFound } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { LastSignInMethod } from '../../core/social-problems.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passkeys } from '../factors/passkey.service.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { FactorChanges } from '../sign-in/factor-changes.service.ts';

/**
 * Removes a passkey of the user, unless it is the last way to sign in, and notifies the owner. If no other factor is left,
 * sign-ins no longer need one. NotFound also if it is another user's. Throws Unauthenticated if the session has ended.
 */
export type RemovePasskey = (id: string, viewer: Viewer, client: Client) => Promise<User | NotFound | LastSignInMethod>;

interface Dependencies {
  transact: Transact;
  clock: Clock;
  audit: Audit;
  identities: Identities;
  passkeys: Passkeys;
  sessions: Sessions;
  factorChanges: Pick<FactorChanges, 'removed'>;
}

export function createPasskeyRemoval(dependencies: Dependencies): RemovePasskey {
  const { transact, clock, audit, identities, passkeys, sessions, factorChanges } = dependencies;

  return (id, viewer, client) =>
    transact(async (tx) => {
      const user = await sessions.lockForChange(tx, viewer);
      if (!user) throw new Unauthenticated();
      const passkey = await passkeys.find(tx, user.id, id);
      if (!passkey) return new NotFound();
      if (!(await identities.canSignInWithout(tx, user.id, { passkey: passkey.id }))) {
        await audit.record(tx, { type: 'second-factor', outcome: 'last-method', userId: user.id, client });
        return new LastSignInMethod();
      }
      const at = clock.now();
      await passkeys.remove(tx, user.id, passkey.id, at);
      return (await factorChanges.removed(tx, { user, changes: ['passkey-removed'], at, client })).user;
    });
}

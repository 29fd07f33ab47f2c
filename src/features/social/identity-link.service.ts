import { Unauthenticated } from '../../core/errors.ts';
import { type InvalidInput, isProblem } from '../../core/problems.ts';
import type { Viewer } from '../../core/request.ts';
import { IdentityConflict } from '../../core/social-problems.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Identity } from '../identities/identity.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import { type SocialSignIn, toIdentityKey } from './social-sign-in.ts';

/** The identity of the profile, linked to the user. */
export interface LinkedIdentity {
  kind: 'linked';
  identity: Identity;
  user: User;
}

/** Links the profile to the signed-in user, whatever its address. InvalidInput: the user has too many identities. */
export type LinkIdentity = (
  signingIn: SocialSignIn,
  viewer: Viewer,
) => Promise<LinkedIdentity | IdentityConflict | InvalidInput>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  identities: Identities;
  sessions: Sessions;
  notices: Notices;
}

export function createIdentityLink({ transact, audit, identities, sessions, notices }: Dependencies): LinkIdentity {
  return (signingIn, viewer) =>
    transact(async (tx) => {
      const { provider, profile, client } = signingIn;
      await identities.lock(tx, profile);
      const { userId } = viewer;
      const user = await sessions.lockForChange(tx, viewer);
      if (!user) throw new Unauthenticated();
      const known = await identities.byKey(tx, profile);
      const linked = known ? undefined : await identities.link(tx, toIdentityKey(signingIn, userId), client);
      if (isProblem(linked)) return linked;
      if (linked) await notices.identityLinked(tx, user, linked, client);
      const identity = known ?? linked;
      if (identity?.userId === userId) return { kind: 'linked', identity, user };
      const event = { type: 'identity', outcome: 'conflict', userId, method: 'social', client } as const;
      await audit.record(tx, { ...event, detail: { provider } });
      return new IdentityConflict();
    });
}

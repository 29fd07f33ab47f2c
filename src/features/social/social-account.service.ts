import { Unauthenticated } from '../../core/errors.ts';
import { type AccountDisabled, FieldProblem, InvalidInput } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { IdentityConflict } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { BLANK_PROFILE } from '../accounts/profile.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Identity } from '../identities/identity.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { ClaimAccount } from '../sign-in/account-claim.service.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { SocialProfile } from './provider.ts';

export interface SocialSignIn {
  provider: string;
  profile: SocialProfile;
  client: Client;
  device: string | null;
}

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  identities: Identities;
  invalidate: Invalidate;
  sessions: Sessions;
  signIn: SignIn;
  claimAccount: ClaimAccount;
  signUp: 'open' | 'closed';
}

export type SignInOutcome = Authenticated | AccountDisabled | IdentityConflict | InvalidInput;

/** stale: what was found changed before it was locked, for example because another request took the address. */
type Attempt = { state: 'done'; outcome: SignInOutcome } | { state: 'stale' };

const STALE: Attempt = { state: 'stale' };
const done = (outcome: SignInOutcome): Attempt => ({ state: 'done', outcome });

/** Of stale reads. */
const MAX_ATTEMPTS = 3;

/** The identity of the profile, linked to the user. */
export interface LinkedIdentity {
  kind: 'linked';
  identity: Identity;
  user: User;
}

/** Which account a profile signs in to, creates or is linked to. docs/decisions/0009 gives the reasons. */
export interface SocialAccounts {
  /** Signs in or signs up. */
  signIn(signingIn: SocialSignIn): Promise<SignInOutcome>;
  /** Links the profile to the signed-in user. The profile's address does not matter. */
  link(signingIn: SocialSignIn, viewer: Viewer): Promise<LinkedIdentity | IdentityConflict>;
}

export function createSocialAccounts(dependencies: Dependencies): SocialAccounts {
  const { transact, audit, accounts, identities, invalidate, sessions, signIn, claimAccount, signUp } = dependencies;

  const keyOf = ({ provider, profile }: SocialSignIn, userId: string) => ({
    userId,
    provider,
    issuer: profile.issuer,
    subject: profile.subject,
    email: profile.email ?? null,
  });

  const conflict = async (tx: Db, { provider, client }: SocialSignIn, userId: string): Promise<IdentityConflict> => {
    const event = { type: 'sign-in', outcome: 'conflict', method: 'social' } as const;
    await audit.record(tx, { ...event, userId, client, detail: { provider } });
    return new IdentityConflict();
  };

  /**
   * Signs in to the account that has the profile's address, if the provider verified that the user owns it.
   * @param owner locked
   */
  async function join(tx: Db, owner: User, signingIn: SocialSignIn): Promise<SignInOutcome> {
    const { profile, client, device } = signingIn;
    const isVerifiedHere = owner.emailVerifiedAt !== null;
    if (!profile.email || !profile.emailVerified || !(isVerifiedHere || profile.emailAuthoritative))
      return conflict(tx, signingIn, owner.id);
    if (!owner.isActive) return signIn.admitVerified(tx, { user: owner, method: 'social', client, device });

    const { firstName, lastName } = profile;
    const claim = { userId: owner.id, email: profile.email, kept: { firstName, lastName }, client } as const;
    const claimed = isVerifiedHere ? undefined : await claimAccount(tx, claim);
    await identities.link(tx, keyOf(signingIn, owner.id), client);
    return signIn.admitVerified(tx, { user: claimed?.user ?? owner, method: 'social', client, device });
  }

  /** Only a verified address becomes the account's. Otherwise an attacker could occupy the address of another user. */
  async function create(tx: Db, signingIn: SocialSignIn): Promise<Attempt> {
    const { profile, client, device } = signingIn;
    const { firstName, lastName, emailVerified } = profile;
    if (signUp === 'closed')
      return done(new InvalidInput([new FieldProblem('provider', 'NOT_ALLOWED', 'sign-up-closed')]));
    const email = emailVerified && profile.email ? profile.email : null;
    const user = await accounts.create(tx, {
      ...BLANK_PROFILE,
      firstName,
      lastName,
      email,
      emailVerified: email !== null,
    });
    if (!user) return STALE;
    await identities.link(tx, keyOf(signingIn, user.id), client);
    await invalidate(tx, 'account created', { user, client });
    await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: user.id, method: 'social', client });
    return done(await signIn.admitVerified(tx, { user, method: 'social', client, device, isNewUser: true }));
  }

  async function attempt(tx: Db, signingIn: SocialSignIn): Promise<Attempt> {
    const { profile, client, device } = signingIn;
    await identities.lock(tx, profile);
    const known = await identities.byKey(tx, profile);
    const found = known ? known.userId : profile.email && (await accounts.byEmail(tx, profile.email))?.id;
    if (!found) return create(tx, signingIn);
    // Checked again under the lock: meanwhile the account may have been deleted, verified or given another address, and
    // the identity may have been unlinked.
    const user = await accounts.lock(tx, found);
    if (!user) return STALE;
    if (!known) return user.email === profile.email ? done(await join(tx, user, signingIn)) : STALE;
    const isCurrent = (await identities.byKey(tx, profile))?.id === known.id;
    return isCurrent ? done(await signIn.admitVerified(tx, { user, method: 'social', client, device })) : STALE;
  }

  return {
    async signIn(signingIn) {
      for (let count = 0; count < MAX_ATTEMPTS; count++) {
        const made = await transact((tx) => attempt(tx, signingIn));
        if (made.state === 'done') return made.outcome;
      }
      throw new Error('the address is taken, but no account with it was found');
    },

    link: (signingIn, viewer) =>
      transact(async (tx) => {
        const { provider, profile, client } = signingIn;
        await identities.lock(tx, profile);
        const { userId } = viewer;
        const user = await sessions.lockHolder(tx, viewer);
        if (!user) throw new Unauthenticated();
        const known = await identities.byKey(tx, profile);
        const identity = known ?? (await identities.link(tx, keyOf(signingIn, userId), client));
        if (identity?.userId === userId) return { kind: 'linked', identity, user };
        const event = { type: 'identity', outcome: 'conflict', userId, method: 'social', client } as const;
        await audit.record(tx, { ...event, detail: { provider } });
        return new IdentityConflict();
      }),
  };
}

import { type AccountDisabled, FieldProblem, InvalidInput, isProblem } from '../../core/problems.ts';
import { IdentityConflict } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { BLANK_PROFILE } from '../accounts/profile.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import { MAILBOX, type VerifyAddress } from '../sign-in/address-verification.service.ts';
import type { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import { type SocialSignIn, toIdentityKey } from './social-sign-in.ts';

export type SignInOutcome = Authenticated | AccountDisabled | IdentityConflict | InvalidInput | SecondFactorRequired;

/** Signs in the account of a profile, or creates it. docs/decisions/0009 says which account, and why. */
export type SignInByProfile = (signingIn: SocialSignIn) => Promise<SignInOutcome>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  identities: Identities;
  invalidate: Invalidate;
  notices: Notices;
  signIn: SignIn;
  verifyAddress: VerifyAddress;
  signUp: 'open' | 'closed';
}

/** stale: what was found changed before it was locked, for example because another request took the address. */
type Attempt = { state: 'done'; outcome: SignInOutcome } | { state: 'stale' };

const STALE: Attempt = { state: 'stale' };
const done = (outcome: SignInOutcome): Attempt => ({ state: 'done', outcome });

/** How often a stale read is repeated. */
const MAX_ATTEMPTS = 3;

export function createProfileSignIn(dependencies: Dependencies): SignInByProfile {
  const { transact, audit, accounts, identities, invalidate, notices, signIn, verifyAddress, signUp } = dependencies;

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
    const kept = { firstName, lastName };
    const { user } = await verifyAddress(tx, { user: owner, email: profile.email, shown: MAILBOX, kept, client });
    const linked = await identities.link(tx, toIdentityKey(signingIn, owner.id), client);
    if (isProblem(linked)) return linked;
    if (linked) await notices.identityLinked(tx, user, linked, client);
    return signIn.admitVerified(tx, { user, method: 'social', client, device });
  }

  /** Only a verified address becomes the account's. Otherwise an attacker could take the address of another user. */
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
    await identities.link(tx, toIdentityKey(signingIn, user.id), client);
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

  return async (signingIn) => {
    for (let count = 0; count < MAX_ATTEMPTS; count++) {
      const made = await transact((tx) => attempt(tx, signingIn));
      if (made.state === 'done') return made.outcome;
    }
    throw new Error('the address is taken, but no account with it was found');
  };
}

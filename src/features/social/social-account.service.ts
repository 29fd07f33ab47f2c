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

type Entry = Authenticated | AccountDisabled | IdentityConflict | InvalidInput;

/** Somebody took the address between our look and our insert, or gave it up before our lock: look again. */
const ATTEMPTS = 3;

export type SocialAccounts = ReturnType<typeof createSocialAccounts>;

/** Which account a proved profile opens, makes, or may be linked to. docs/decisions/0009 gives the reasons. */
export function createSocialAccounts(dependencies: Dependencies) {
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
   * The account that has the profile's address. It opens only to who the provider proves to be its owner.
   * @param owner locked
   */
  async function join(tx: Db, owner: User, signingIn: SocialSignIn): Promise<Entry> {
    const { profile, client, device } = signingIn;
    const isVerifiedHere = owner.emailVerifiedAt !== null;
    if (!profile.email || !profile.emailVerified || !(isVerifiedHere || profile.emailAuthoritative))
      return conflict(tx, signingIn, owner.id);
    if (!owner.isActive) return signIn.admitVerified(tx, { user: owner, method: 'social', client, device });

    const { firstName, lastName } = profile;
    const claim = { userId: owner.id, email: profile.email, kept: { firstName, lastName }, client } as const;
    const taken = isVerifiedHere ? undefined : await claimAccount(tx, claim);
    await identities.link(tx, keyOf(signingIn, owner.id), client);
    return signIn.admitVerified(tx, { user: taken?.user ?? owner, method: 'social', client, device });
  }

  /** Only a proved address becomes the account's: with any other, whoever types it in would squat on it. */
  async function create(tx: Db, signingIn: SocialSignIn): Promise<Entry | undefined> {
    const { profile, client, device } = signingIn;
    const { firstName, lastName, emailVerified } = profile;
    if (signUp === 'closed') return new InvalidInput([new FieldProblem('provider', 'NOT_ALLOWED', 'sign-up-closed')]);
    const email = emailVerified && profile.email ? profile.email : null;
    const user = await accounts.create(tx, {
      ...BLANK_PROFILE,
      firstName,
      lastName,
      email,
      emailVerified: email !== null,
    });
    if (!user) return undefined;
    await identities.link(tx, keyOf(signingIn, user.id), client);
    await invalidate(tx, 'account created', { user, client });
    await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: user.id, method: 'social', client });
    return signIn.admitVerified(tx, { user, method: 'social', client, device, isNewUser: true });
  }

  /** Undefined if the account changed between the look and the lock: look again. */
  async function enter(tx: Db, signingIn: SocialSignIn): Promise<Entry | undefined> {
    const { profile, client, device } = signingIn;
    await identities.lock(tx, profile);
    const known = await identities.byKey(tx, profile);
    const found = known ? known.userId : profile.email && (await accounts.byEmail(tx, profile.email))?.id;
    if (!found) return create(tx, signingIn);
    // What led here counts only if it still stands behind the lock: the account may have been deleted, moved to another
    // address or proved this moment, and the identity taken away from it.
    const user = await accounts.lock(tx, found);
    if (!user) return undefined;
    if (!known) return user.email === profile.email ? join(tx, user, signingIn) : undefined;
    const stands = (await identities.byKey(tx, profile))?.id === known.id;
    return stands ? signIn.admitVerified(tx, { user, method: 'social', client, device }) : undefined;
  }

  return {
    /** Signs in, signs up, or says why not. */
    async enter(signingIn: SocialSignIn): Promise<Entry> {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const entry = await transact((tx) => enter(tx, signingIn));
        if (entry) return entry;
      }
      throw new Error('the address is taken, and nobody has it when it is looked for');
    },

    /** Links the profile to the account of whoever is signed in. Its address plays no part. */
    link: (signingIn: SocialSignIn, viewer: Viewer): Promise<{ identity: Identity; user: User } | IdentityConflict> =>
      transact(async (tx) => {
        const { provider, profile, client } = signingIn;
        await identities.lock(tx, profile);
        const { userId } = viewer;
        const user = await sessions.lockHolder(tx, viewer);
        if (!user) throw new Unauthenticated();
        const known = await identities.byKey(tx, profile);
        const identity = known ?? (await identities.link(tx, keyOf(signingIn, userId), client));
        if (identity?.userId === userId) return { identity, user };
        const event = { type: 'identity', outcome: 'conflict', userId, method: 'social', client } as const;
        await audit.record(tx, { ...event, detail: { provider } });
        return new IdentityConflict();
      }),
  };
}

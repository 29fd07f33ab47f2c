import type { Config } from '../../config.ts';
import { type Email, parseEmail } from '../../core/identifiers.ts';
import { ChallengeFailed } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Profile, User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { answerMethod } from '../challenges/answer.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import { MAILBOX, type VerifyAddress } from '../sign-in/address-verification.service.ts';

export interface Found {
  email: Email;
  /** Locked. Undefined if the address has no account. */
  owner: User | undefined;
}

interface Opening {
  /** The profile of a new account. */
  profile: Profile;
  method: ReturnType<typeof answerMethod>;
  viewer: Viewer | undefined;
  client: Client;
}

/** The account that a sign-in by email opens. */
export interface EmailOwner {
  /**
   * The account of the challenge, if it still has the address. If the address had no account when the challenge was issued,
   * the account that it has now.
   */
  lock(tx: Tx, challenge: ChallengeRow): Promise<Found | ChallengeFailed>;
  /** The account with its address verified, or a new one. Undefined if there is none and sign-up is closed. */
  open(tx: Tx, found: Found, opening: Opening): Promise<{ user: User; isNewUser: boolean } | undefined>;
}

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  invalidate: Invalidate;
  verifyAddress: VerifyAddress;
  signUp: Config['signUp'];
}

export function createEmailOwner({ audit, accounts, invalidate, verifyAddress, signUp }: Dependencies): EmailOwner {
  async function lockByEmail(tx: Tx, email: Email): Promise<User | undefined> {
    const found = await accounts.byEmail(tx, email);
    const user = found && (await accounts.lock(tx, found.id));
    return user?.email === email ? user : undefined;
  }

  /**
   * Undefined if another request took the address first. The account gets nothing from pending sign-ups with a password:
   * another person may have started them (docs/decisions/0002).
   */
  async function create(tx: Tx, email: Email, { profile, method, client }: Opening): Promise<User | undefined> {
    const user = await accounts.create(tx, { ...profile, email, phone: null, emailVerified: true });
    if (!user) return undefined;
    await invalidate(tx, 'account created', { user, client });
    await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: user.id, method, client });
    return user;
  }

  /** Nothing changes while the account is inactive. */
  async function verify(tx: Tx, user: User, email: Email, { viewer, client }: Opening): Promise<User> {
    if (!user.isActive) return user;
    const shown = viewer?.userId === user.id ? { session: viewer } : MAILBOX;
    return (await verifyAddress(tx, { user, email, shown, client })).user;
  }

  return {
    async lock(tx, { subject, userId }) {
      const email = parseEmail(subject);
      if (!email) return new ChallengeFailed('UNKNOWN');
      if (userId === null) return { email, owner: await lockByEmail(tx, email) };
      const owner = await accounts.lock(tx, userId);
      return owner?.email === email ? { email, owner } : new ChallengeFailed('UNKNOWN');
    },

    async open(tx, { email, owner }, opening) {
      const created = owner || signUp === 'closed' ? undefined : await create(tx, email, opening);
      if (created) return { user: created, isNewUser: true };
      const user = owner ?? (await lockByEmail(tx, email));
      return user && { user: await verify(tx, user, email, opening), isNewUser: false };
    },
  };
}

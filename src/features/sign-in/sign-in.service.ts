import type { Config } from '../../config.ts';
import { hasTwoFactors } from '../../core/authentication-methods.ts';
import { Unavailable } from '../../core/errors.ts';
import { AccountDisabled, type RateLimited } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import { Authenticated } from '../sessions/authenticated.ts';
import type { SessionTokens } from '../sessions/session-tokens.service.ts';
import type { RequireEmailCode } from './email-code.service.ts';
import type { RequireSecondFactor } from './second-factor-request.service.ts';
import type { SecondFactorRequired } from './second-factor-required.ts';
import type { OpenSession, SignInRequest } from './session-opening.service.ts';

/**
 * The last step of every sign-in method: decides whether the user may sign in, asks for a second factor if the account
 * requires one, and starts the session.
 */
export interface SignIn {
  /** After a sign-up that needs no verification first. @param tx the transaction that created the user */
  admitNewUser(tx: Db, request: SignInRequest): Promise<Authenticated>;
  /** After a password. Undefined if the account has changed since it was read: look it up again. */
  admit(
    request: SignInRequest,
  ): Promise<Authenticated | AccountDisabled | Challenge | RateLimited | SecondFactorRequired | undefined>;
  /**
   * Whether a password or a passkey alone must not sign in yet: they do not show that the user owns the address
   * (EMAIL_VERIFICATION=login).
   */
  needsEmailCheck(user: User): boolean;
  /** After an address, number or identity was verified, in that transaction. */
  admitVerified(tx: Db, request: SignInRequest): Promise<Authenticated | AccountDisabled | SecondFactorRequired>;
  /** After two factors, in the transaction that has verified the second one and holds the lock of the account. */
  complete(tx: Db, request: SignInRequest): Promise<Authenticated | AccountDisabled>;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  openSession: OpenSession;
  sessionTokens: SessionTokens;
  requireEmailCode: RequireEmailCode;
  requireSecondFactor: RequireSecondFactor;
  policy: Config['emailVerification']['policy'];
}

export function createSignIn(dependencies: Dependencies): SignIn {
  const { db, audit, openSession, sessionTokens, requireEmailCode, requireSecondFactor, policy } = dependencies;

  /** @param db the transaction of what was verified, if there is one */
  async function open(db: Db, request: SignInRequest) {
    const { user, authenticationMethods = [] } = request;
    const isComplete = !user.secondFactorRequired || hasTwoFactors(authenticationMethods);
    // If this has changed since the account was read, the session is not opened.
    return user.isActive && !isComplete ? requireSecondFactor(db, request) : start(db, request);
  }

  async function start(db: Db, request: SignInRequest) {
    const opened = await openSession(db, request);
    // The account may have changed since the verification began, which waits for a hash and a queue.
    if (opened.outcome === 'account-changed') return undefined;
    if (opened.outcome !== 'opened') return refuseDisabled(db, request);
    audit.report(db, opened.event);
    // If the commit fails, there is no session and these tokens are refused.
    return sessionTokens.issue(opened, request.isNewUser ?? false, db);
  }

  const needsEmailCheck = ({ email, emailVerifiedAt }: User) =>
    policy !== 'off' && email !== null && emailVerifiedAt === null;

  async function refuseDisabled(tx: Db, { user, method, client }: SignInRequest): Promise<AccountDisabled> {
    await audit.record(tx, { type: 'sign-in', outcome: 'disabled', userId: user.id, method, client });
    return new AccountDisabled();
  }

  return {
    async admitNewUser(tx, request) {
      const answer = await open(tx, { ...request, isNewUser: true });
      if (!(answer instanceof Authenticated)) throw new Error('a new user is active');
      return answer;
    },

    async admit(request) {
      const { user } = request;
      if (!user.isActive) return refuseDisabled(db, request);
      return needsEmailCheck(user) ? requireEmailCode(request) : open(db, request);
    },

    needsEmailCheck,
    admitVerified: async (tx, request) => unlessChanged(await open(tx, request)),
    complete: async (tx, request) => unlessChanged(await start(tx, request)),
  };
}

function unlessChanged<Outcome>(outcome: Outcome | undefined): Outcome {
  if (!outcome) throw new Unavailable('database', { cause: new Error('the account changed hands') });
  return outcome;
}

import { MINUTE } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { Passkeys } from '../factors/passkey.service.ts';
import type { WebAuthn } from '../factors/webauthn.ts';
import type { SignInMethod } from './methods.ts';
import { SecondFactorRequired } from './second-factor-required.ts';
import type { SignInRequest } from './session-opening.service.ts';
import { lockUnchanged } from './sign-in.repo.ts';

/**
 * A sign-in whose first factor was accepted, stored in the challenge. A type, because an interface is not assignable to a
 * JSON record.
 */
export type PendingSignIn = {
  method: SignInMethod;
  /** The name that the client gave itself. */
  device: string | null;
};

/**
 * Asks for the second factor of an account that requires one. Undefined if the account has changed since it was read: the
 * first factor may no longer be right, and the change has not withdrawn a challenge that did not exist yet.
 * @param db the transaction of what was verified, if there is one
 */
export type RequireSecondFactor = (db: Db, request: SignInRequest) => Promise<SecondFactorRequired | undefined>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  challenges: Challenges;
  factors: Factors;
  passkeys: Passkeys;
  /** Undefined: passkeys are off. */
  webAuthn: WebAuthn | undefined;
}

/** Milliseconds for opening the authenticator app or finding a recovery code. */
const ANSWERED_WITHIN = 10 * MINUTE;

export function createSecondFactorRequest({
  transact,
  audit,
  challenges,
  factors,
  passkeys,
  webAuthn,
}: Dependencies): RequireSecondFactor {
  /** Null if the user has no passkey. @param challenge what it signs */
  async function passkeyOptions(db: Db, userId: string, challenge: string | undefined): Promise<string | null> {
    const own = webAuthn ? await passkeys.own(db, userId) : [];
    if (!webAuthn || !challenge || own.length === 0) return null;
    // It need not verify the user: that was the first factor.
    return webAuthn.requestOptions({ challenge, timeout: ANSWERED_WITHIN }, 'preferred', own);
  }

  async function request(tx: Db, { user, method, client, device }: SignInRequest) {
    const pending: PendingSignIn = { method, device };
    const own = { purpose: 'SECOND_FACTOR', subject: user.id, channel: 'CLIENT', userId: user.id } as const;
    // The token of the link is the challenge that a passkey signs.
    const { challenge, secrets } = await challenges.issue(
      tx,
      { ...own, payload: pending },
      { code: false, link: ANSWERED_WITHIN },
    );
    await audit.record(tx, { type: 'sign-in', outcome: 'second-factor-required', userId: user.id, method, client });
    return new SecondFactorRequired({
      challengeId: challenge.id,
      factors: await factors.of(tx, user.id),
      passkeyOptions: await passkeyOptions(tx, user.id, secrets.token),
      expiresAt: challenge.expiresAt,
    });
  }

  return (db, signIn) =>
    transact.within(db, async (tx) => ((await lockUnchanged(tx, signIn.user)) ? request(tx, signIn) : undefined));
}

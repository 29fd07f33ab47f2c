import { MINUTE } from '../../core/clock.ts';
import { acceptInput } from '../../core/input.ts';
import {
  type AccountDisabled,
  ChallengeFailed,
  type InvalidInput,
  isProblem,
  RateLimited,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { FeatureDisabled } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import { failureReason, PasskeyRejected } from '../factors/passkey-rejected.ts';
import type { WebAuthn } from '../factors/webauthn.ts';
import { type Assertion, parseAssertion } from '../factors/webauthn-response.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { PasskeyCheck } from '../sign-in/passkey-check.service.ts';
import { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { StartedCeremony } from './pending-passkey.ts';

/** Milliseconds. A page with autofill asks before the user decides to sign in. */
const FINISHED_WITHIN = 10 * MINUTE;

export const METHOD = 'passkey';

export interface PasskeyLoginInput {
  challengeId: string;
  response: string;
  device?: string | null | undefined;
}

type Outcome = Authenticated | AccountDisabled | ChallengeFailed | InvalidInput | RateLimited;

/** Signs in with a passkey that verified the user. The passkey says which account it is. */
export interface PasskeyLogin {
  /** Names no account: the same for every caller. */
  start(client: Client): Promise<StartedCeremony | FeatureDisabled | RateLimited>;
  /** Of any number of calls with one response, one signs in. */
  finish(input: PasskeyLoginInput, client: Client): Promise<Outcome>;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  challenges: Challenges;
  redeem: Redeem;
  /** Undefined: passkeys are off. */
  webAuthn: WebAuthn | undefined;
  passkeyCheck: PasskeyCheck;
  signIn: SignIn;
  limiter: RateLimiter;
  limits: Limits;
}

export function createPasskeyLogin(dependencies: Dependencies): PasskeyLogin {
  const { db, audit, accounts, challenges, redeem, webAuthn, passkeyCheck, signIn, limiter, limits } = dependencies;

  const record = (outcome: 'refused' | 'limited', client: Client, reason?: string) =>
    audit.record(db, { type: 'sign-in', outcome, method: METHOD, client, ...(reason && { detail: { reason } }) });

  async function prepare(response: Assertion, challengeId: string, wanted: string, client: Client) {
    if (challengeId !== wanted) return new ChallengeFailed('UNKNOWN');
    const { challenge } = response.clientData;
    const checked = await passkeyCheck.check(
      response,
      { challenge, verification: 'required', owner: undefined },
      client,
    );
    if (isProblem(checked)) return checked;
    const tooMany = await limiter.consume({ limit: limits.signInsByAccount, key: checked.passkey.userId });
    return tooMany ?? checked;
  }

  const signInWith = (response: Assertion, wanted: string, device: string | null, client: Client) =>
    redeem(
      { token: response.clientData.challenge },
      {
        purposes: ['PASSKEY_LOGIN'],
        client,
        prepare: ({ id }) => prepare(response, id, wanted, client),
        async apply(tx, _, { ready: checked }) {
          const user = await accounts.lock(tx, checked.passkey.userId);
          if (!user) return new PasskeyRejected('unknown-passkey');
          const authenticationMethods = await passkeyCheck.accept(tx, checked, user, client);
          if (isProblem(authenticationMethods)) return authenticationMethods;
          if (user.isActive && signIn.needsEmailCheck(user)) return new PasskeyRejected('address-unverified');
          const request = { user, method: METHOD, authenticationMethods, client, device } as const;
          return expectComplete(await signIn.admitVerified(tx, request));
        },
      },
    );

  return {
    async start(client) {
      if (!webAuthn) return new FeatureDisabled();
      const limited = await limiter.consume(...networkCharges(limits.passkeyStarts, client.ip));
      if (limited) return limited;
      const request = { purpose: 'PASSKEY_LOGIN', subject: webAuthn.rpId, channel: 'CLIENT' } as const;
      const { challenge, secrets } = await challenges.issue(db, request, { code: false, link: FINISHED_WITHIN });
      const ceremony = { challenge: secrets.token ?? '', timeout: FINISHED_WITHIN };
      const options = webAuthn.requestOptions(ceremony, 'required');
      return { challengeId: challenge.id, options, expiresAt: challenge.expiresAt };
    },

    async finish({ challengeId, response: text, device: givenDevice }, client) {
      const accepted = acceptInput({
        response: parseAssertion('response', text),
        device: tidyText('device', givenDevice, DEVICE_MAX_LENGTH),
      });
      if (isProblem(accepted)) return accepted;
      const outcome = await signInWith(accepted.response, challengeId, accepted.device, client);
      if (outcome instanceof RateLimited) await record('limited', client);
      if (outcome instanceof ChallengeFailed) await record('refused', client, failureReason(outcome));
      return outcome;
    },
  };
}

/** A passkey that verified the user is two factors, so no other is required. */
function expectComplete(outcome: Authenticated | AccountDisabled | SecondFactorRequired) {
  if (outcome instanceof SecondFactorRequired) throw new Error('a passkey without user verification was accepted');
  return outcome;
}

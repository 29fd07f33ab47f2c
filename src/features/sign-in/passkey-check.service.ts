import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import type { RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import type { Passkeys } from '../factors/passkey.service.ts';
import { methodsOf, type Passkey, type PasskeyUse } from '../factors/passkey.ts';
import { PasskeyRejected } from '../factors/passkey-rejected.ts';
import type { WebAuthn } from '../factors/webauthn.ts';
import type { Assertion } from '../factors/webauthn-response.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { FactorChanges } from './factor-changes.service.ts';

/** The passkey that signed a challenge. */
export interface CheckedPasskey {
  passkey: Passkey;
  use: PasskeyUse;
}

export interface ExpectedAssertion {
  /** The token of the challenge, which the response contains. */
  challenge: string;
  /** Required if the passkey is the only factor. */
  verification: 'required' | 'preferred';
  /** Whose passkey it must be. Undefined: the response says whose it is. */
  owner: string | undefined;
}

/** Checks that a passkey signed a challenge: the only factor of a sign-in, the second one, or a reauthentication. */
export interface PasskeyCheck {
  /** Slow work, before the transaction. Rejected passkeys count against the limit of the client's network. */
  check(
    response: Assertion,
    expected: ExpectedAssertion,
    client: Client,
  ): Promise<CheckedPasskey | PasskeyRejected | RateLimited>;
  /**
   * Returns how the user signed in, unless the passkey was removed in the meantime. If the counter shows that another device
   * may have a copy of the key, the sign-in succeeds and the owner is notified.
   * @param tx the transaction that consumes the challenge and holds the lock of the account
   */
  accept(
    tx: Db,
    checked: CheckedPasskey,
    user: User,
    client: Client,
  ): Promise<AuthenticationMethod[] | PasskeyRejected>;
}

interface Dependencies {
  db: Db;
  passkeys: Passkeys;
  factorChanges: Pick<FactorChanges, 'announce'>;
  /** Undefined: passkeys are off. */
  webAuthn: WebAuthn | undefined;
  limiter: RateLimiter;
  limits: Limits;
}

export function createPasskeyCheck(dependencies: Dependencies): PasskeyCheck {
  const { db, passkeys, factorChanges, webAuthn, limiter, limits } = dependencies;

  async function check(response: Assertion, { challenge, verification, owner }: ExpectedAssertion) {
    const passkey = await passkeys.byCredential(db, response.id);
    if (!webAuthn || !passkey || (owner !== undefined && passkey.userId !== owner))
      return new PasskeyRejected('unknown-passkey');
    const { userHandle } = response.response;
    // Authenticators may omit it if the options list the passkeys: Web Authentication Level 3 section 7.2 step 6.
    const isOwners = userHandle ? userHandle === passkey.userHandle : owner !== undefined;
    if (!isOwners) return new PasskeyRejected('user-handle');
    const use = await webAuthn.verifyAssertion(response, challenge, passkey, verification);
    return use instanceof PasskeyRejected ? use : { passkey, use };
  }

  return {
    async check(response, expected, client) {
      const charges = networkCharges(limits.passkeyByNetwork, client.ip);
      const limited = await limiter.consume(...charges);
      if (limited) return limited;
      const checked = await check(response, expected);
      if (!(checked instanceof PasskeyRejected)) await limiter.refund(...charges);
      return checked;
    },

    async accept(tx, { passkey, use }, user, client) {
      const recorded = user.id === passkey.userId ? await passkeys.recordUse(tx, passkey.id, use) : undefined;
      if (!recorded) return new PasskeyRejected('unknown-passkey');
      if (recorded.isCounterBehind)
        await factorChanges.announce(tx, { user, changes: ['passkey-counter-decreased'], at: recorded.at, client });
      return methodsOf(use);
    },
  };
}

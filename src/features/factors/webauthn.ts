import type { Config } from '../../config.ts';
import { isLocalOrigin } from '../../core/hosts.ts';
import type { NewCredential, Passkey, PasskeyUse } from './passkey.ts';
import { PasskeyRejected } from './passkey-rejected.ts';
import { type Ceremony, creationOptions, type PasskeyUser, requestOptions } from './webauthn-options.ts';
import type { Assertion, ClientData, Registration } from './webauthn-response.ts';
import { verifyAssertion, verifyRegistration } from './webauthn-verification.ts';

/** Web Authentication Level 3, for one RP ID. */
export interface WebAuthn {
  readonly rpId: string;
  /** PublicKeyCredentialCreationOptionsJSON as text. @param existing the user's passkeys: an authenticator that has one creates no other */
  creationOptions(ceremony: Ceremony, user: PasskeyUser, existing: readonly Passkey[]): string;
  /** PublicKeyCredentialRequestOptionsJSON as text. @param allowed omitted: any passkey of the site */
  requestOptions(ceremony: Ceremony, verification: 'required' | 'preferred', allowed?: readonly Passkey[]): string;
  /** @param challenge what must have been signed */
  verifyRegistration(response: Registration, challenge: string): Promise<NewCredential | PasskeyRejected>;
  /** Compares no counter: `Passkeys.recordUse` does, because a lower one must not refuse the owner. */
  verifyAssertion(
    response: Assertion,
    challenge: string,
    passkey: Pick<Passkey, 'credentialId' | 'publicKey'>,
    verification: 'required' | 'preferred',
  ): Promise<PasskeyUse | PasskeyRejected>;
}

type Settings = Pick<NonNullable<Config['passkeys']>, 'rpId' | 'rpName' | 'origins' | 'loopbackOrigins'>;

export function createWebAuthn({ rpId, rpName, origins, loopbackOrigins }: Settings): WebAuthn {
  /** What the browser reports. */
  function checkClient(
    { type, challenge, origin, crossOrigin }: ClientData,
    expected: Pick<ClientData, 'type' | 'challenge'>,
  ) {
    if (type !== expected.type) return new PasskeyRejected('type');
    if (challenge !== expected.challenge) return new PasskeyRejected('challenge');
    if (!origins.includes(origin) && !(loopbackOrigins && isLocalOrigin(origin))) return new PasskeyRejected('origin');
    // In a frame of another site, the user may not see whose page asks.
    return crossOrigin ? new PasskeyRejected('cross-origin') : undefined;
  }

  return {
    rpId,

    creationOptions: (ceremony, user, existing) =>
      JSON.stringify(creationOptions({ id: rpId, name: rpName }, ceremony, user, existing)),

    requestOptions: (ceremony, verification, allowed) =>
      JSON.stringify(requestOptions(rpId, ceremony, verification, allowed)),

    async verifyRegistration(response, challenge) {
      const refusal = checkClient(response.clientData, { type: 'webauthn.create', challenge });
      return refusal ?? verifyRegistration(rpId, response);
    },

    async verifyAssertion(response, challenge, passkey, verification) {
      const refusal = checkClient(response.clientData, { type: 'webauthn.get', challenge });
      return refusal ?? verifyAssertion(rpId, response, passkey, verification === 'required');
    },
  };
}

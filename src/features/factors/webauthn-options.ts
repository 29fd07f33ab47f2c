import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialDescriptorJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Passkey } from './passkey.ts';

/** ES256, which every authenticator has, and RS256 for old ones of Windows (IANA COSE Algorithms). */
export const ALGORITHMS = [-7, -257];

/** What a passkey signs: the token of a challenge. It expires when the challenge does. */
export interface Ceremony {
  challenge: string;
  /** Milliseconds. */
  timeout: number;
}

/** The user as the authenticator stores and shows it. */
export interface PasskeyUser {
  handle: string;
  name: string;
  displayName: string;
}

/** @param existing the user's passkeys: an authenticator that has one creates no other */
export const creationOptions = (
  rp: { id: string; name: string },
  { challenge, timeout }: Ceremony,
  { handle, name, displayName }: PasskeyUser,
  existing: readonly Passkey[],
): PublicKeyCredentialCreationOptionsJSON => ({
  challenge,
  rp,
  user: { id: handle, name, displayName },
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
  timeout,
  attestation: 'none',
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
  excludeCredentials: describe(existing),
  extensions: { credProps: true },
});

/** @param allowed undefined: any passkey of the site */
export const requestOptions = (
  rpId: string,
  { challenge, timeout }: Ceremony,
  userVerification: 'required' | 'preferred',
  allowed: readonly Passkey[] | undefined,
): PublicKeyCredentialRequestOptionsJSON => ({
  challenge,
  rpId,
  timeout,
  userVerification,
  ...(allowed && { allowCredentials: describe(allowed) }),
});

type Transports = NonNullable<PublicKeyCredentialDescriptorJSON['transports']>;

const describe = (passkeys: readonly Passkey[]): PublicKeyCredentialDescriptorJSON[] =>
  passkeys.map(({ credentialId, transports }) => ({
    id: credentialId,
    type: 'public-key',
    transports: transports as Transports, // Browsers ignore names that they do not know.
  }));

import type { NewCredential, Passkey, PasskeyUse } from './passkey.ts';
import { type PasskeyRefusal, PasskeyRejected } from './passkey-rejected.ts';
import { ALGORITHMS } from './webauthn-options.ts';
import type { Assertion, Registration } from './webauthn-response.ts';

// Verifies what the authenticator reports. webauthn.ts has checked what the browser reports.

/** Loaded on first use: it takes 27 MB. */
async function loadLibrary() {
  const [server, helpers] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  return { ...server, ...helpers };
}

/** User verification is not required here: a passkey without it can still be a second factor. */
export async function verifyRegistration(
  rpId: string,
  response: Registration,
): Promise<NewCredential | PasskeyRejected> {
  const library = await loadLibrary();
  const { clientData } = response;
  const { clientDataJSON, attestationObject, transports } = response.response;
  return explained(async () => {
    const { verified, registrationInfo } = await library.verifyRegistrationResponse({
      response: {
        ...response,
        response: { clientDataJSON, attestationObject: withoutStatement(library, attestationObject) },
        clientExtensionResults: {},
      },
      expectedChallenge: clientData.challenge,
      expectedOrigin: clientData.origin,
      expectedRPID: rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified || registrationInfo.credential.id !== response.id) return new PasskeyRejected('malformed');
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      signCount: credential.counter,
      transports: transports ?? [],
      aaguid,
      isBackupEligible: credentialDeviceType === 'multiDevice',
      isBackedUp: credentialBackedUp,
    };
  });
}

/** Compares no counter: `Passkeys.recordUse` does, because a lower one must not refuse the owner. */
export async function verifyAssertion(
  rpId: string,
  response: Assertion,
  { credentialId, publicKey }: Pick<Passkey, 'credentialId' | 'publicKey'>,
  requireUserVerification: boolean,
): Promise<PasskeyUse | PasskeyRejected> {
  const library = await loadLibrary();
  const { clientData } = response;
  const { clientDataJSON, authenticatorData, signature } = response.response;
  return explained(async () => {
    const { verified, authenticationInfo } = await library.verifyAuthenticationResponse({
      response: {
        ...response,
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: clientData.challenge,
      expectedOrigin: clientData.origin,
      expectedRPID: rpId,
      credential: { id: credentialId, publicKey: Buffer.from(publicKey, 'base64url'), counter: 0 },
      requireUserVerification,
    });
    if (!verified) return new PasskeyRejected('signature');
    const { newCounter, credentialDeviceType, credentialBackedUp, userVerified } = authenticationInfo;
    return {
      signCount: newCounter,
      isBackupEligible: credentialDeviceType === 'multiDevice',
      isBackedUp: credentialBackedUp,
      userVerified,
    };
  });
}

/**
 * The attestation object with the format none. Statements are not evaluated: the library would ask servers that a
 * certificate names whether it was revoked, and we do not restrict which authenticators users choose.
 */
function withoutStatement({ isoCBOR, decodeAttestationObject }: Awaited<ReturnType<typeof loadLibrary>>, text: string) {
  const authData = decodeAttestationObject(Buffer.from(text, 'base64url')).get('authData');
  const entries: [string, string | Uint8Array | Map<string, string>][] = [
    ['fmt', 'none'],
    ['attStmt', new Map<string, string>()],
    ['authData', authData],
  ];
  return Buffer.from(isoCBOR.encode(new Map(entries))).toString('base64url');
}

/** What the library's error messages mean. */
const REASONS: readonly (readonly [RegExp, PasskeyRefusal])[] = [
  [/RP ID/, 'rp-id'],
  [/not present/, 'user-presence'],
  [/could not be verified/, 'user-verification'],
  [/public key alg/, 'algorithm'],
];

/** Turns the library's exceptions into refusals. */
async function explained<T>(verify: () => Promise<T>): Promise<T | PasskeyRejected> {
  try {
    return await verify();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return new PasskeyRejected(REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'malformed');
  }
}

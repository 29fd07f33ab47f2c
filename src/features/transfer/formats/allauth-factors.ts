import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { decodeBase64url } from '../../../core/base64url.ts';
import { isId } from '../../../core/ids.ts';
import { isNaturalKey } from '../natural-keys.ts';
import { RowProblem } from '../row-problem.ts';
import { isRecord, own } from '../rows.ts';

type Unknown = Record<string, unknown>;

const refuse = (reason: string) => new RowProblem('secondFactors', reason);

/** What django-allauth's mfa.authenticator says, in the form that `users export` writes. @param owner the user's key */
export function readAuthenticator(fields: Unknown, owner: string): Unknown | RowProblem {
  const [type, data] = [own(fields, 'type'), own(fields, 'data')];
  const times = { createdAt: own(fields, 'created_at'), lastUsedAt: own(fields, 'last_used_at') };
  if (!isRecord(data)) return refuse('its data is encrypted, or not an object');
  switch (type) {
    case 'totp':
      return { totp: { secret: own(data, 'secret'), createdAt: times.createdAt } };
    case 'recovery_codes':
      return readCodes(data);
    case 'webauthn':
      return readCredential(data, owner, times);
    default:
      return refuse('of a type that is not known');
  }
}

/** As with allauth's settings MFA_RECOVERY_CODE_COUNT and MFA_RECOVERY_CODE_DIGITS by default. */
const [CODE_COUNT, CODE_DIGITS] = [10, 8];

function readCodes(data: Unknown): Unknown | RowProblem {
  const migrated = own(data, 'migrated_codes');
  if (migrated !== undefined && migrated !== null) return { recoveryCodes: migrated };
  const [seed, mask] = [own(data, 'seed'), own(data, 'used_mask')];
  if (typeof seed !== 'string' || !/^[0-9a-f]+$/.test(seed)) return refuse('recovery codes: the seed is encrypted');
  if (!Number.isSafeInteger(mask)) return refuse('recovery codes: it is not known which of them were used');
  const isUsed = (index: number) => Boolean((BigInt(Number(mask)) >> BigInt(index)) & 1n);
  return { recoveryCodes: recoveryCodesOf(seed).filter((_, index) => !isUsed(index)) };
}

/** Each code is the first four bytes of an HMAC of all counters up to its own. */
export function recoveryCodesOf(seed: string): string[] {
  let counters = '';
  return Array.from({ length: CODE_COUNT }, (_, index) => {
    counters += `${String(index).padStart(3)},`;
    const digest = createHmac('sha1', seed).update(counters).digest();
    return String(digest.readUInt32BE() % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0');
  });
}

/** The response of the registration, as the browser sent it. */
function readCredential(data: Unknown, owner: string, times: Unknown): Unknown | RowProblem {
  const credential = own(data, 'credential');
  const response = isRecord(credential) ? own(credential, 'response') : undefined;
  const attestation = isRecord(response) ? own(response, 'attestationObject') : undefined;
  const reported = typeof attestation === 'string' ? readAttestation(attestation) : undefined;
  // Authenticators know the user by the primary key.
  if (isNaturalKey(owner))
    return refuse('passkey: dump without --natural-foreign, because it needs the primary key of its user');
  if (!isRecord(response) || !reported) return refuse('passkey: its attestation is encrypted, or cannot be read');
  return {
    passkeys: [
      {
        ...reported,
        ...times,
        userHandle: userHandleOf(owner),
        transports: own(response, 'transports'),
        name: own(data, 'name'),
      },
    ],
  };
}

/** Loaded on first use: it takes 27 MB, and only an import needs it. With `require`, because rows are read synchronously. */
const loadHelpers = (): typeof import('@simplewebauthn/server/helpers') =>
  createRequire(import.meta.url)('@simplewebauthn/server/helpers');

function readAttestation(text: string): Unknown | undefined {
  const { convertAAGUIDToString, decodeAttestationObject, parseAuthenticatorData } = loadHelpers();
  try {
    const object = decodeAttestationObject(new Uint8Array(decodeBase64url(text) ?? []));
    const { credentialID, credentialPublicKey, aaguid, counter, flags } = parseAuthenticatorData(
      object.get('authData'),
    );
    if (!credentialID || !credentialPublicKey) return undefined;
    return {
      credentialId: Buffer.from(credentialID).toString('base64url'),
      publicKey: Buffer.from(credentialPublicKey).toString('base64url'),
      signCount: counter,
      aaguid: aaguid && convertAAGUIDToString(aaguid),
      isBackupEligible: flags.be,
      isBackedUp: flags.bs,
    };
  } catch {
    return undefined;
  }
}

/** The user's ID that allauth gives authenticators: a number in base 36, a UUID in hexadecimal. */
export function userHandleOf(owner: string): string {
  const id = /^\d{1,19}$/.test(owner) ? BigInt(owner).toString(36) : isId(owner) ? owner.replaceAll('-', '') : owner;
  return Buffer.from(id).toString('base64url');
}

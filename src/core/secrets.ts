import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { decodeBase64url } from './base64url.ts';

/** One label per use, so that no derived key ever serves two purposes (RFC 5869 section 3.2). */
const LABELS = [
  'refresh-token',
  'challenge-digest',
  'budget-key',
  'sealed-at-rest',
  'page-form',
  'audit-id',
  'decoy-hash',
  'sms-status',
  'totp-secret',
  'recovery-code',
] as const;
export type SecretLabel = (typeof LABELS)[number];

/** The service's secret and the earlier ones that are still accepted. */
export interface Keyring {
  /** One 32-byte key per secret. Sign and encrypt with the first; verify and decrypt with any. */
  derive(label: SecretLabel): readonly [Buffer, ...Buffer[]];
}

/** @param secrets at least 32 bytes each, the current one first */
export function createKeyring(secrets: readonly [Buffer, ...Buffer[]]): Keyring {
  const derive = (secret: Buffer, label: SecretLabel) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `latchkey/${label}`, 32));
  const derived = new Map(
    LABELS.map((label) => {
      const [current, ...previous] = secrets;
      return [label, [derive(current, label), ...previous.map((secret) => derive(secret, label))] as const] as const;
    }),
  );
  return {
    derive(label) {
      const keys = derived.get(label);
      if (!keys) throw new Error(`no key is derived for ${label}`);
      return keys;
    },
  };
}

/** Bytes. */
const TOKEN_LENGTH = 32;

/** 256 bits, base64url: the secret in a link. */
export const randomToken = (): string => randomBytes(TOKEN_LENGTH).toString('base64url');

/** Whether text could be from `randomToken`. Check it before a query. */
export const isRandomToken = (text: string): boolean => decodeBase64url(text)?.length === TOKEN_LENGTH;

/** Digits only, uniform, leading zeros included. */
export const randomCode = (digits: number): string => String(randomInt(0, 10 ** digits)).padStart(digits, '0');

/**
 * The stored form of a secret. It is keyed, because a six-digit code has too little entropy for a plain hash: an
 * attacker who reads the table could try a million codes in a second.
 * @param context binds the digest to its row, so that it is not valid in another
 */
export const digest = (key: Buffer, context: string, secret: string): string =>
  createHmac('sha256', key).update(`${context}\0${secret}`).digest('base64url');

/** Constant-time comparison of two digests. */
export function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Characters. */
const KEY_ID_LENGTH = 8;

/** Names a derived key without revealing it, to tell which secret a stored value belongs to. */
export const keyId = (key: Buffer): string => digest(key, 'kid', '').slice(0, KEY_ID_LENGTH);

/** Keys that encrypt. */
type SealLabel = Extract<SecretLabel, 'sealed-at-rest' | 'totp-secret'>;

/** Bytes (RFC 7518 section 5.3). */
const [IV_LENGTH, TAG_LENGTH] = [12, 16];

/**
 * The protected header of values sealed with a key. Those of authenticator apps name their key, because they are kept for
 * years and must be found when SECRET_KEY changes.
 */
function sealedHeader(key: Buffer, label: SealLabel): string {
  const kid = label === 'totp-secret' ? { kid: keyId(key) } : {};
  return Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...kid })).toString('base64url');
}

/** How values begin that are sealed with the current secret, and with earlier ones that are still accepted. */
export function sealedBeginnings(keyring: Keyring, label: 'totp-secret'): { current: string; previous: string[] } {
  const [current, ...previous] = keyring.derive(label);
  return {
    current: `${sealedHeader(current, label)}.`,
    previous: previous.map((key) => `${sealedHeader(key, label)}.`),
  };
}

/**
 * Encrypts a value for storage as a compact JWE (RFC 7516 section 7.1), dir with A256GCM. Uses node:crypto, because
 * jose uses WebCrypto, which waits behind password hashes in the thread pool.
 */
export async function seal(keyring: Keyring, plaintext: string, label: SealLabel = 'sealed-at-rest'): Promise<string> {
  const [key] = keyring.derive(label);
  const header = sealedHeader(key, label);
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_LENGTH });
  cipher.setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [header, '', ...parts].join('.');
}

/** Decrypts a value from `seal` with the current or an earlier secret. Throws if none of them fits. */
export async function unseal(keyring: Keyring, sealed: string, label: SealLabel = 'sealed-at-rest'): Promise<string> {
  const [header = '', , ...parts] = sealed.split('.');
  const [iv, ciphertext, tag] = parts.map(decodeBase64url);
  if (!iv || !ciphertext || tag?.length !== TAG_LENGTH || parts.length !== 3) throw new Error('not a sealed value');
  let failure: unknown;
  for (const key of keyring.derive(label).filter((key) => sealedHeader(key, label) === header)) {
    try {
      const cipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_LENGTH });
      cipher.setAAD(Buffer.from(header)).setAuthTag(tag);
      return Buffer.concat([cipher.update(ciphertext), cipher.final()]).toString();
    } catch (error) {
      failure = error;
    }
  }
  throw new Error('encrypted with a secret that is neither SECRET_KEY nor in SECRET_KEY_PREVIOUS', { cause: failure });
}

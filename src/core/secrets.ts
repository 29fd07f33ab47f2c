import { createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** One label per use, so that no derived key ever serves two purposes (RFC 5869 section 3.2). */
const LABELS = ['refresh-token', 'challenge-digest', 'budget-key', 'sealed-at-rest', 'page-form'] as const;
export type SecretLabel = (typeof LABELS)[number];

/** The service's secret and the earlier ones that still verify; newest first. */
export interface Keyring {
  /** 32 bytes for the label, one per secret: the first makes, all of them verify. */
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

/** 256 bits, base64url: the secret in a link. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** Digits only, uniform, leading zeros included. */
export const randomCode = (digits: number): string => String(randomInt(0, 10 ** digits)).padStart(digits, '0');

/**
 * What is kept of a secret. A keyed digest, because six digits have too little entropy for a plain one: whoever
 * reads the table without SECRET_KEY can try a million codes in a second.
 * @param context binds the digest to its row, so that it is worth nothing in another
 */
export const digest = (key: Buffer, context: string, secret: string): string =>
  createHmac('sha256', key).update(`${context}\0${secret}`).digest('base64url');

/** Constant-time comparison of two digests. */
export function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Encrypts what must be stored and read again (JWE, RFC 7516: dir with A256GCM). */
export function seal(keyring: Keyring, plaintext: string): Promise<string> {
  const [key] = keyring.derive('sealed-at-rest');
  return new CompactEncrypt(Buffer.from(plaintext)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);
}

/** The plaintext of what `seal` made under the current or an earlier secret. Throws when none of them opens it. */
export async function unseal(keyring: Keyring, sealed: string): Promise<string> {
  let failure: unknown;
  for (const key of keyring.derive('sealed-at-rest')) {
    try {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return Buffer.from(plaintext).toString();
    } catch (error) {
      failure = error;
    }
  }
  throw new Error('sealed with a secret that is neither SECRET_KEY nor in SECRET_KEY_PREVIOUS', { cause: failure });
}

import { createCipheriv, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { isProblem } from '../../../core/problems.ts';
import { fromBase64, sameBytes } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';
import { scryptCost } from './scrypt-cost.ts';

const derive: (password: string, salt: Buffer, length: number, options: ScryptOptions) => Promise<Buffer> =
  promisify(scrypt);

/** Bytes. */
const [KEY_LENGTH, MAX_PART_LENGTH] = [32, 128];

/**
 * $fbscrypt$v=1,n=14,r=8,p=1,ss=<salt separator>,sk=<signer key>$<salt>$<hash>: n is Firebase's memory cost, r its
 * rounds, everything else base64 as Firebase shows it. Firebase defines no text format; other services import this one.
 */
const FORM =
  /^\$fbscrypt\$v=1,n=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})(?:,ss=([A-Za-z0-9+/=]+))?,sk=([A-Za-z0-9+/=]+)\$([^$]+)\$([^$]+)$/;

export function readFirebaseScrypt(text: string): ForeignHash | HashRefusal | undefined {
  if (!text.startsWith('$fbscrypt$')) return undefined;
  const [, memoryCost, rounds, lanes, separator, ...encoded] = FORM.exec(standardAlphabet(text)) ?? [];
  const [signerKey, salt, expected] = encoded.map(fromBase64);
  const saltSeparator = separator === undefined ? Buffer.alloc(0) : fromBase64(separator);
  if (!signerKey || !salt || !expected || !saltSeparator || signerKey.length > MAX_PART_LENGTH)
    return new HashRefusal('malformed');
  if (expected.length !== signerKey.length || expected.length < KEY_LENGTH) return new HashRefusal('malformed');
  const cost = scryptCost(2 ** Number(memoryCost), Number(rounds), Number(lanes));
  if (isProblem(cost)) return cost;
  return {
    scheme: 'firebase-scrypt',
    /** Firebase's hash is its signer key, encrypted (AES-256-CTR) with a key derived from the password. */
    async verify(password) {
      const key = await derive(password, Buffer.concat([salt, saltSeparator]), KEY_LENGTH, cost);
      const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
      return sameBytes(Buffer.concat([cipher.update(signerKey), cipher.final()]), expected);
    },
  };
}

/** Firebase's API uses base64url for salts and hashes; its console and `firebase auth:export` use base64. */
const standardAlphabet = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');

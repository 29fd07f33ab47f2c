import { type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { isProblem } from '../../../core/problems.ts';
import { fromBase64, sameBytes } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';
import { scryptCost } from './scrypt-cost.ts';

const derive: (password: string, salt: string, length: number, options: ScryptOptions) => Promise<Buffer> =
  promisify(scrypt);

/** Bytes. */
const HASH_LENGTH = 64;

/** scrypt$N$salt$r$p$hash, as django.contrib.auth.hashers writes it since Django 4. */
const FORM = /^scrypt\$(\d{1,12})\$([^$]{1,128})\$(\d{1,4})\$(\d{1,4})\$([^$]+)$/;

export function readDjangoScrypt(text: string): ForeignHash | HashRefusal | undefined {
  if (!text.startsWith('scrypt$')) return undefined;
  const [, N, salt = '', r, p, encoded = ''] = FORM.exec(text) ?? [];
  const expected = fromBase64(encoded);
  if (expected?.length !== HASH_LENGTH) return new HashRefusal('malformed');
  const cost = scryptCost(Number(N), Number(r), Number(p));
  if (isProblem(cost)) return cost;
  return {
    scheme: 'scrypt',
    verify: async (password) => sameBytes(await derive(password, salt, HASH_LENGTH, cost), expected),
  };
}

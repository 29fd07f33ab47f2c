import { type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { isProblem } from '../../../core/problems.ts';
import { fromBase64, fromHex, sameBytes } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';
import { scryptCost } from './scrypt-cost.ts';

const derive: (password: string, salt: string, length: number, options: ScryptOptions) => Promise<Buffer> =
  promisify(scrypt);

/** Bytes, in all of these formats. */
const HASH_LENGTH = 64;

/** scrypt$N$salt$r$p$hash, as django.contrib.auth.hashers writes it since Django 4. */
const DJANGO = /^scrypt\$(\d{1,12})\$([^$]{1,128})\$(\d{1,4})\$(\d{1,4})\$([^$]+)$/;
/** scrypt:N:r:p$salt$hash in hexadecimal, as werkzeug.security writes it. */
const WERKZEUG = /^scrypt:(\d{1,12}):(\d{1,4}):(\d{1,4})\$([^$]{1,128})\$([0-9a-f]+)$/;
/** salt:hash in hexadecimal, as better-auth writes it. The salt is used as text. */
const BETTER_AUTH = /^([A-Za-z0-9+/=_-]{8,128}):([0-9a-f]{128})$/i;
const BETTER_AUTH_COST = { N: 16_384, r: 16, p: 1 };

export function readDjangoScrypt(text: string): ForeignHash | HashRefusal | undefined {
  if (!text.startsWith('scrypt$')) return undefined;
  const [, N, salt = '', r, p, encoded = ''] = DJANGO.exec(text) ?? [];
  return checkParts(salt, fromBase64(encoded), { N: Number(N), r: Number(r), p: Number(p) });
}

export function readWerkzeugScrypt(text: string): ForeignHash | HashRefusal | undefined {
  if (!text.startsWith('scrypt:')) return undefined;
  const [, N, r, p, salt = '', encoded = ''] = WERKZEUG.exec(text) ?? [];
  return checkParts(salt, fromHex(encoded), { N: Number(N), r: Number(r), p: Number(p) });
}

export function readBetterAuth(text: string): ForeignHash | HashRefusal | undefined {
  const [, salt, encoded = ''] = BETTER_AUTH.exec(text) ?? [];
  if (salt === undefined) return undefined;
  // better-auth hashes passwords in compatibility form.
  return checkParts(salt, fromHex(encoded), BETTER_AUTH_COST, (password) => password.normalize('NFKC'));
}

interface Cost {
  N: number;
  r: number;
  p: number;
}

/** @param prepare what the system does to a password before it hashes it */
function checkParts(
  salt: string,
  expected: Buffer | undefined,
  { N, r, p }: Cost,
  prepare = (password: string) => password,
): ForeignHash | HashRefusal {
  if (expected?.length !== HASH_LENGTH) return new HashRefusal('malformed');
  const cost = scryptCost(N, r, p);
  if (isProblem(cost)) return cost;
  return {
    scheme: 'scrypt',
    verify: async (password) => sameBytes(await derive(prepare(password), salt, HASH_LENGTH, cost), expected),
  };
}

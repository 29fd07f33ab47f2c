import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { fromBase64, sameBytes } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';

const derive = promisify(pbkdf2);

/** Iterations. Django 6 uses 1,200,000 of SHA-256; three million take a second. */
const MAX_ITERATIONS = 3_000_000;

const DIGESTS = { pbkdf2_sha256: ['sha256', 32], pbkdf2_sha1: ['sha1', 20] } as const;

/** pbkdf2_sha256$iterations$salt$hash, as django.contrib.auth.hashers writes it. */
const FORM = /^(pbkdf2_sha256|pbkdf2_sha1)\$([1-9]\d{0,9})\$([^$]{1,128})\$([^$]+)$/;

export function readPbkdf2(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^pbkdf2_sha(?:1|256)\$/.test(text)) return undefined;
  const [, scheme = '', rounds = '', salt = '', encoded = ''] = FORM.exec(text) ?? [];
  const [digest, length] = DIGESTS[scheme as keyof typeof DIGESTS] ?? []; // The expression allows no other.
  const expected = fromBase64(encoded);
  if (!digest || expected?.length !== length) return new HashRefusal('malformed');
  const iterations = Number(rounds);
  if (iterations > MAX_ITERATIONS) return new HashRefusal('too-costly');
  return {
    scheme,
    verify: async (password) => sameBytes(await derive(password, salt, iterations, length, digest), expected),
  };
}

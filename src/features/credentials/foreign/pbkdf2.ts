import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { fromBase64, fromHex, fromPasslibBase64, sameBytes } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';

const derive = promisify(pbkdf2);

/** Iterations, over all blocks. Django 6 uses 1,200,000 of SHA-256; three million take a second. */
const MAX_ITERATIONS = 3_000_000;

/** Bytes of a block (RFC 8018 section 5.2): an output of two blocks takes twice as long. */
const BLOCK = { sha1: 20, sha256: 32, sha512: 64 } as const;
type Digest = keyof typeof BLOCK;

/** Bytes. */
const [MIN_OUTPUT_LENGTH, MAX_LENGTH] = [16, 128];

/** pbkdf2_sha256$iterations$salt$hash, as django.contrib.auth.hashers writes it; some projects add SHA-512. */
const DJANGO = /^pbkdf2_(sha1|sha256|sha512)\$([1-9]\d{0,9})\$([^$]{1,128})\$([^$]+)$/;

/**
 * $pbkdf2-sha256$iterations$salt$hash, as Passlib writes it; without a digest it is SHA-1. Ory Kratos names the
 * iterations and the length. The salt is binary, so that hashes of Keycloak can be written this way.
 */
const MODULAR =
  /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?([1-9]\d{0,9})(?:,l=(\d{1,3}))?\$([A-Za-z0-9+/.=]+)\$([A-Za-z0-9+/.=]+)$/;

/** pbkdf2:sha256:iterations$salt$hash, as werkzeug.security writes it. The salt is text and the hash hexadecimal. */
const WERKZEUG = /^pbkdf2:(sha1|sha256|sha512):([1-9]\d{0,9})\$([^$]{1,128})\$([0-9a-f]+)$/;

export function readDjangoPbkdf2(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^pbkdf2_sha(?:1|256|512)\$/.test(text)) return undefined;
  const [, digest, iterations, salt = '', encoded = ''] = DJANGO.exec(text) ?? [];
  return checkParts({ scheme: 'pbkdf2', digest, iterations, salt, expected: fromBase64(encoded), isOneBlock: true });
}

export function readModularPbkdf2(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^\$pbkdf2(?:-sha(?:1|256|512))?\$/.test(text)) return undefined;
  const [whole, digest = 'sha1', iterations, length, salt = '', encoded = ''] = MODULAR.exec(text) ?? [];
  const expected = fromPasslibBase64(encoded);
  if (!whole || (length !== undefined && expected?.length !== Number(length))) return new HashRefusal('malformed');
  return checkParts({ scheme: 'pbkdf2', digest, iterations, salt: fromPasslibBase64(salt), expected });
}

export function readWerkzeugPbkdf2(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^pbkdf2:sha(?:1|256|512):/.test(text)) return undefined;
  const [, digest, iterations, salt = '', encoded = ''] = WERKZEUG.exec(text) ?? [];
  return checkParts({ scheme: 'pbkdf2', digest, iterations, salt, expected: fromHex(encoded), isOneBlock: true });
}

interface Parts {
  scheme: string;
  /** Undefined: the text has not the form of its scheme. */
  digest: string | undefined;
  iterations: string | undefined;
  salt: string | Buffer | undefined;
  expected: Buffer | undefined;
  /** Whether the system always stores exactly one block. */
  isOneBlock?: boolean;
}

function checkParts({
  scheme,
  digest: name,
  iterations,
  salt,
  expected,
  isOneBlock,
}: Parts): ForeignHash | HashRefusal {
  const digest = name as Digest | undefined; // The expressions allow no other.
  if (!digest || salt === undefined || salt.length > MAX_LENGTH || !expected) return new HashRefusal('malformed');
  const { length } = expected;
  if (isOneBlock ? length !== BLOCK[digest] : length < MIN_OUTPUT_LENGTH || length > MAX_LENGTH)
    return new HashRefusal('malformed');
  const rounds = Number(iterations);
  if (rounds * Math.ceil(length / BLOCK[digest]) > MAX_ITERATIONS) return new HashRefusal('too-costly');
  return {
    scheme: `${scheme}-${digest}`,
    verify: async (password) => sameBytes(await derive(password, salt, rounds, length, digest), expected),
  };
}

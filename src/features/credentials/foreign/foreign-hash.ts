import { ARGON2_BOUNDS, readArgon2 } from './argon2.ts';
import { readBcrypt } from './bcrypt.ts';
import { readFirebaseScrypt } from './firebase-scrypt.ts';
import { type ForeignHash, HashRefusal, type ReadScheme } from './hash-scheme.ts';
import { readDjangoPbkdf2, readModularPbkdf2, readWerkzeugPbkdf2 } from './pbkdf2.ts';
import { readPhpass } from './phpass.ts';
import { readBetterAuth, readDjangoScrypt, readWerkzeugScrypt } from './scrypt.ts';
import { unsupportedKind } from './unsupported-kinds.ts';

/** Characters. The longest known hashes, Firebase's with the signer key, have about 260. */
export const HASH_MAX_LENGTH = 512;

/** All supported formats are ASCII without spaces. */
const PRINTABLE = /^[\x21-\x7e]+$/;

const SCHEMES: readonly ReadScheme[] = [
  readDjangoPbkdf2,
  readModularPbkdf2,
  readWerkzeugPbkdf2,
  readDjangoScrypt,
  readWerkzeugScrypt,
  readBetterAuth,
  readBcrypt,
  readPhpass,
  readFirebaseScrypt,
];

/**
 * Parses a password hash of another system: the formats of Django, Werkzeug, better-auth, WordPress and Passlib, PHC
 * strings and modular crypt. A crafted hash could take days to verify, so each scheme has cost limits, for imports and
 * sign-ins alike.
 * @param argon2 the limits of Argon2, which must also admit our own hashes
 */
export function readForeignHash(text: string, argon2 = ARGON2_BOUNDS): ForeignHash | HashRefusal {
  if (text.length > HASH_MAX_LENGTH || !PRINTABLE.test(text)) return new HashRefusal('malformed');
  const argon2Hash = readArgon2(text, argon2);
  if (argon2Hash) return argon2Hash;
  for (const read of SCHEMES) {
    const found = read(text);
    if (found) return found;
  }
  return new HashRefusal('unknown-scheme', unsupportedKind(text));
}

/** Django marks an account without a password with a leading exclamation mark or an empty text. */
export const isUnusablePassword = (text: string): boolean => text === '' || text.startsWith('!');

import { ARGON2_BOUNDS, readArgon2 } from './argon2.ts';
import { readBcrypt } from './bcrypt.ts';
import { readDjangoScrypt } from './django-scrypt.ts';
import { readFirebaseScrypt } from './firebase-scrypt.ts';
import { type ForeignHash, HashRefusal, type ReadScheme } from './hash-scheme.ts';
import { readPbkdf2 } from './pbkdf2.ts';

/** Characters. The longest that anybody makes, a Firebase one with its signer key, has some 260. */
export const HASH_MAX_LENGTH = 512;

/** All of them are ASCII without spaces. */
const PRINTABLE = /^[\x21-\x7e]+$/;

const SCHEMES: readonly ReadScheme[] = [readPbkdf2, readDjangoScrypt, readBcrypt, readFirebaseScrypt];

/**
 * What another system stored for a password, in the words of Django, of the PHC string format and of modular crypt. How
 * long verification takes stands in the hash itself, so whoever writes a row could write a week into it: each scheme
 * has bounds, here for the import and for every sign-in alike.
 * @param argon2 those of Argon2, which may be our own of yesterday
 */
export function readForeignHash(text: string, argon2 = ARGON2_BOUNDS): ForeignHash | HashRefusal {
  if (text.length > HASH_MAX_LENGTH || !PRINTABLE.test(text)) return new HashRefusal('malformed');
  const ofArgon2 = readArgon2(text, argon2);
  if (ofArgon2) return ofArgon2;
  for (const read of SCHEMES) {
    const found = read(text);
    if (found) return found;
  }
  return new HashRefusal('unknown-scheme');
}

/** Django marks an account without a password by an exclamation mark, or by nothing at all. */
export const isUnusablePassword = (text: string): boolean => text === '' || text.startsWith('!');

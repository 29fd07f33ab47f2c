import { fromPasslibBase64 } from '../../credentials/foreign/bytes.ts';

/** Django's mark of an account without a password, with random text as set_unusable_password() writes it. */
export const unusablePassword = (random: () => string): string => `!${random()}`;

/** Hashes that Django's own hashers write. */
const DJANGO = /^(?:pbkdf2_sha(?:1|256)|argon2|bcrypt|bcrypt_sha256|scrypt)\$/;
const MODULAR = /^\$pbkdf2-(sha1|sha256)\$([1-9]\d*)\$([^$]+)\$([^$]+)$/;
/** Django's salts are text. */
const TEXT = /^[\x21-\x23\x25-\x7e]+$/;
const LENGTH = { sha1: 20, sha256: 32 } as const;

/** The hash as Django's hashers read it; undefined if they cannot. */
export function toDjangoHash(stored: string): string | undefined {
  if (DJANGO.test(stored)) return stored;
  // Other systems pad their base64, which Django's library does not read.
  if (/^\$argon2(?:id|i|d)\$/.test(stored)) return `argon2${stored.replace(/=+(?=\$|$)/g, '')}`;
  if (/^\$2[aby]\$/.test(stored)) return `bcrypt$${stored}`;
  const [, digest, iterations, encodedSalt = '', encoded = ''] = MODULAR.exec(stored) ?? [];
  const salt = fromPasslibBase64(encodedSalt)?.toString('latin1') ?? '';
  const hash = fromPasslibBase64(encoded);
  if (!digest || !hash || hash.length !== LENGTH[digest as keyof typeof LENGTH] || !TEXT.test(salt)) return undefined;
  return `pbkdf2_${digest}$${iterations}$${salt}$${hash.toString('base64')}`;
}

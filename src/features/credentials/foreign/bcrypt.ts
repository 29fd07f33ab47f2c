import { createHash, createHmac } from 'node:crypto';
import { verify } from '@node-rs/bcrypt';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';

/** 2^cost rounds. 14 takes a second. */
const MAX_COST = 14;
const MIN_COST = 4;
/** Bytes of a password that bcrypt reads. */
const MAX_PASSWORD_BYTES = 72;

/**
 * Modular crypt, with or without the prefix of Django, WordPress or Spring Security. Not $2x$, which marks hashes of a
 * broken implementation.
 */
const FORM = /^(bcrypt\$|bcrypt_sha256\$|\$wp(?=\$2y)|\{bcrypt\})?(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/;

export function readBcrypt(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^(?:bcrypt(?:_sha256)?\$|\$wp|\{bcrypt\})?\$2[^x]/.test(text)) return undefined;
  const [, prefix = '', hash, cost] = FORM.exec(text) ?? [];
  if (!hash || Number(cost) < MIN_COST) return new HashRefusal('malformed');
  if (Number(cost) > MAX_COST) return new HashRefusal('too-costly');
  // bcrypt reads only 72 bytes, so Django's default and WordPress hash a digest of the password instead.
  const digest = DIGESTS[prefix];
  if (digest) return { scheme: 'bcrypt-digest', verify: (password) => verify(digest(password), hash) };
  return { scheme: 'bcrypt', reads: MAX_PASSWORD_BYTES, verify: (password) => verify(password, hash) };
}

const DIGESTS: Partial<Record<string, (password: string) => string>> = {
  bcrypt_sha256$: (password) => createHash('sha256').update(password).digest('hex'),
  // Since WordPress 6.8: wp_hash_password().
  $wp: (password) => createHmac('sha384', 'wp-sha384').update(password).digest('base64'),
};

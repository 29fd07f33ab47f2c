import { createHash } from 'node:crypto';
import { verify } from '@node-rs/bcrypt';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';

/** 2^cost rounds. 14 takes a second. */
const MAX_COST = 14;
const MIN_COST = 4;
/** Bytes of a password that bcrypt reads. */
const MAX_PASSWORD_BYTES = 72;

/** Modular crypt, with or without Django's prefix. Not $2x$, which marks hashes of a broken implementation. */
const FORM = /^(?:(bcrypt|bcrypt_sha256)\$)?(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/;

export function readBcrypt(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^(?:bcrypt(?:_sha256)?\$)?\$2/.test(text)) return undefined;
  const [, django, hash, cost] = FORM.exec(text) ?? [];
  if (!hash || Number(cost) < MIN_COST) return new HashRefusal('malformed');
  if (Number(cost) > MAX_COST) return new HashRefusal('too-costly');
  // bcrypt reads only 72 bytes, so Django's default hashes the hex digest of the password instead.
  if (django === 'bcrypt_sha256') return { scheme: django, verify: (password) => verify(hexDigest(password), hash) };
  return { scheme: 'bcrypt', reads: MAX_PASSWORD_BYTES, verify: (password) => verify(password, hash) };
}

const hexDigest = (password: string): string => createHash('sha256').update(password).digest('hex');

import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { sameBytes } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';

/** The digits of phpass, in which the least significant one comes first. */
const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BITS = 6;
const HASH_LENGTH = 16;

/** 2^cost rounds. WordPress uses 13. MD5 runs in JavaScript's thread, so the limit is lower than elsewhere. */
const [MIN_COST, MAX_COST] = [7, 16];
/** Rounds between two pauses: a few milliseconds. */
const ROUNDS_AT_ONCE = 512;

/** $P$ or phpBB's $H$, cost, salt, hash: the portable hashes of phpass 0.5, as WordPress wrote them before 6.8. */
const FORM = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/;

export function readPhpass(text: string): ForeignHash | HashRefusal | undefined {
  if (!/^\$[PH]\$/.test(text)) return undefined;
  const [, costDigit = '', salt = '', encoded = ''] = FORM.exec(text) ?? [];
  const cost = DIGITS.indexOf(costDigit);
  if (encoded === '' || cost < MIN_COST) return new HashRefusal('malformed');
  if (cost > MAX_COST) return new HashRefusal('too-costly');
  const expected = decode(encoded);
  return { scheme: 'phpass', verify: async (password) => sameBytes(await derive(password, salt, 2 ** cost), expected) };
}

async function derive(password: string, salt: string, rounds: number): Promise<Buffer> {
  const bytes = Buffer.from(password);
  const md5 = (head: Buffer) => createHash('md5').update(head).update(bytes).digest();
  let hash = md5(Buffer.from(salt));
  for (let round = 1; round <= rounds; round++) {
    hash = md5(hash);
    if (round % ROUNDS_AT_ONCE === 0) await turn();
  }
  return hash;
}

/** Groups of four digits are three bytes; the last two digits are one. */
function decode(text: string): Buffer {
  let value = 0n;
  for (const digit of [...text].reverse()) value = (value << BigInt(BITS)) | BigInt(DIGITS.indexOf(digit));
  return Buffer.from(
    value
      .toString(16)
      .padStart(2 * HASH_LENGTH, '0')
      .slice(-2 * HASH_LENGTH),
    'hex',
  ).reverse();
}

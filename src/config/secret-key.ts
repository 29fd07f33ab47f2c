import { fine, must, type Parsed } from './parsed.ts';

const SHORTEST = 32;
const ADVICE = 'make one with: openssl rand -base64 32';

/** Random base64 spells one of these once in millions of keys. */
const PLACEHOLDERS = /change.?me|secret|password|example|default|insecure|placeholder|replace|development|latchkey/i;

/**
 * The bytes of a secret. Refused is what somebody thought up: whoever guesses SECRET_KEY makes refresh tokens and reads
 * the signing keys. The checks are such that a random key fails one of them less than once in a million.
 */
export function secretKey(text: string): Parsed<Buffer> {
  const bytes = decode(text);
  if (!bytes) return must(`be base64 or hex (${ADVICE})`);
  if (PLACEHOLDERS.test(text) || isPrintable(bytes))
    return must(`be random, not a placeholder or a phrase (${ADVICE})`);
  if (bytes.length < SHORTEST) return must(`hold at least ${SHORTEST} random bytes (${ADVICE})`);
  if (isRepetitive(bytes) || isKeyboardRun(text)) return must(`be random, not a repetition or a sequence (${ADVICE})`);
  return fine(bytes);
}

function decode(text: string): Buffer | undefined {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && text.replaceAll('=', '').length % 4 !== 1)
    return Buffer.from(text, 'base64');
  return undefined;
}

/** Of 32 random bytes, all fall into printable ASCII once in 10^14 times. */
const isPrintable = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

/** 32 random bytes hold about 30 different ones, and as many different steps between neighbours. */
function isRepetitive(bytes: Buffer): boolean {
  const steps = bytes.subarray(1).map((byte, index) => byte - (bytes[index] ?? 0));
  return new Set(bytes).size < SHORTEST / 2 || new Set(steps).size < SHORTEST / 2 || period(bytes) < SHORTEST;
}

/** After how many bytes the whole repeats itself; its length when it does not. */
function period(bytes: Buffer): number {
  for (let length = 1; length <= bytes.length / 2; length++)
    if (bytes.subarray(length).equals(bytes.subarray(0, -length))) return length;
  return bytes.length;
}

/** abcdef…, 0123…: at least half of the characters are next to their neighbour. */
function isKeyboardRun(text: string): boolean {
  const codes = [...text].map((character) => character.charCodeAt(0));
  const adjacent = codes.filter((code, index) => index > 0 && Math.abs(code - (codes[index - 1] ?? 0)) <= 1);
  return adjacent.length >= text.length / 2;
}

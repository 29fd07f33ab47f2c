import { z } from 'zod';

const SHORTEST = 32;
const ADVICE = 'make one with: openssl rand -base64 32';

/** Random base64 contains one of these less than once in a million keys. */
const PLACEHOLDERS = /change.?me|secret|password|example|default|insecure|placeholder|replace|development|latchkey/i;

/**
 * The bytes of a secret. Anyone who guesses SECRET_KEY can forge refresh tokens and decrypt the signing keys, so
 * anything that a person made up is refused. A random key fails a check less than once in a million.
 */
export const secretKey = z.string().transform((text, context): Buffer => {
  const bytes = decode(text);
  const problem = bytes ? findWeakness(bytes, text) : 'be base64 or hex';
  if (bytes && !problem) return bytes;
  context.addIssue({ code: 'custom', message: `must ${problem} (${ADVICE})` });
  return z.NEVER;
});

function findWeakness(bytes: Buffer, text: string): string | undefined {
  if (PLACEHOLDERS.test(text) || isPrintable(bytes)) return 'be random, not a placeholder or a phrase';
  if (bytes.length < SHORTEST) return `contain at least ${SHORTEST} random bytes`;
  return isRepetitive(bytes) || isKeyboardRun(text) ? 'be random, not a repetition or a sequence' : undefined;
}

function decode(text: string): Buffer | undefined {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && text.replaceAll('=', '').length % 4 !== 1)
    return Buffer.from(text, 'base64');
  return undefined;
}

/** 32 random bytes are all printable ASCII once in 10^14 times. */
const isPrintable = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

/** 32 random bytes have about 30 different values, and about as many different steps between neighbours. */
function isRepetitive(bytes: Buffer): boolean {
  const steps = bytes.subarray(1).map((byte, index) => byte - (bytes[index] ?? 0));
  return new Set(bytes).size < SHORTEST / 2 || new Set(steps).size < SHORTEST / 2 || period(bytes) < SHORTEST;
}

/** The number of bytes after which the key repeats; its length if it does not. */
function period(bytes: Buffer): number {
  for (let length = 1; length <= bytes.length / 2; length++)
    if (bytes.subarray(length).equals(bytes.subarray(0, -length))) return length;
  return bytes.length;
}

/** abcdef… or 0123…: at least half of the characters follow their neighbour. */
function isKeyboardRun(text: string): boolean {
  const codes = [...text].map((character) => character.charCodeAt(0));
  const adjacent = codes.filter((code, index) => index > 0 && Math.abs(code - (codes[index - 1] ?? 0)) <= 1);
  return adjacent.length >= text.length / 2;
}

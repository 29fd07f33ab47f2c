import { dropInvisible, toAsciiDigits } from './pasted-text.ts';

/** Characters. Longer than a whole message with a code. */
const LONGEST = 1_000;

/** What people and programs put between and around the digits. */
const SEPARATORS = /[^\p{L}\p{N}]/gu;

/** Digits, possibly in two groups of three. */
const CODES_IN_TEXT = /(?<![\p{L}\p{N}])(?:\d{6}|\d{3}[\p{Zs}\p{Pd}]\d{3})(?![\p{L}\p{N}])/gu;

/**
 * The six digits of a code as people type and paste it: with digits of another script, with spaces, dashes and invisible
 * characters, or inside its message. Undefined if there are no six digits, or several possible codes.
 */
export function parseCode(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = toAsciiDigits(dropInvisible(text));
  const compact = plain.replace(SEPARATORS, '');
  if (/^\d{6}$/.test(compact)) return compact;
  const codes = new Set(plain.match(CODES_IN_TEXT)?.map((found) => found.replace(SEPARATORS, '')));
  const [only] = codes;
  return codes.size === 1 ? only : undefined;
}

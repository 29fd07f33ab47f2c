import { dropInvisible, toAsciiDigits } from './pasted-text.ts';

/** Characters. Longer than a whole message with a code. */
const LONGEST = 1_000;

/** What people and programs put between and around the digits. */
const SEPARATORS = /[^\p{L}\p{N}]/gu;

/** Between two groups of digits. */
const GAP = String.raw`[\p{Zs}\p{Pd}.]`;
/** Six digits, or two groups of three that are no part of a longer row of groups. */
const CODES_IN_TEXT = new RegExp(
  String.raw`(?<![\p{L}\p{N}])\d{6}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}]|\d${GAP})\d{3}${GAP}\d{3}(?![\p{L}\p{N}]|${GAP}\d)`,
  'gu',
);
/** Support numbers stand in messages. */
const PHONE_NUMBERS = new RegExp(String.raw`\+\d+(?:${GAP}?\(?\d+\)?)*`, 'gu');
/** The last line of our text messages repeats the code (wicg.github.io/sms-one-time-codes). */
const LAST_LINE = /^@\S+ #(\d{6})$/mu;

/**
 * The six digits of a code as people type and paste it: with digits of another script, with spaces, dashes and invisible
 * characters, or inside its message. Undefined if there are no six digits, or several possible codes.
 */
export function parseCode(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = toAsciiDigits(dropInvisible(text));
  const compact = plain.replace(SEPARATORS, '');
  if (/^\d{6}$/.test(compact)) return compact;
  const bound = LAST_LINE.exec(plain.replace(/\s+$/gm, ''))?.[1];
  if (bound !== undefined) return bound;
  const found = plain.replace(PHONE_NUMBERS, ' ').match(CODES_IN_TEXT) ?? [];
  const codes = new Set(found.map((code) => code.replace(SEPARATORS, '')));
  const [only] = codes;
  return codes.size === 1 ? only : undefined;
}

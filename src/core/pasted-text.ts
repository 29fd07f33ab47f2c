/**
 * Characters that a person cannot see and did not type: directional marks, zero-width spaces, variation selectors,
 * fillers. Contact lists, chats and web pages put them around and into what is copied from them.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const INVISIBLE_AT_THE_ENDS =
  /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]+|[\s\p{Cf}\p{Default_Ignorable_Code_Point}]+$/gu;

/** The keycap of an emoji digit. */
const KEYCAP = /\u20e3/g;

const DIGIT = /\p{Nd}/u;
const DIGITS = /\p{Nd}/gu;

/** Without invisible characters. For numbers and codes; in names and domains, joiners can belong to the word. */
export const dropInvisible = (text: string): string => text.replace(INVISIBLE, '').replace(KEYCAP, '');

/** Without white space and invisible characters at both ends. */
export const trimPasted = (text: string): string => text.replace(INVISIBLE_AT_THE_ENDS, '');

/** Decimal digits of every script as ASCII digits. */
export const toAsciiDigits = (text: string): string => text.replace(DIGITS, (digit) => String(digitValue(digit)));

/**
 * The value of a decimal digit. Unicode assigns them in runs of ten, from zero to nine, and the mathematical ones in
 * several runs without a gap (Unicode Standard section 4.6).
 */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let first = point;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (point - first) % 10;
}

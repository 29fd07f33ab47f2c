import { domainToASCII, domainToUnicode } from 'node:url';

// Internationalised domain names. Addresses are stored and sent with the ASCII form (A-labels, RFC 5890), which is one for
// all spellings of a domain by the mapping of UTS 46, and shown in Unicode.

/** Letters, marks, digits, hyphens, joiners and symbols such as emoji: no delimiter of a URL, which Node.js would parse. */
const NAME = /^(?:[\p{L}\p{M}\p{N}\p{So}.-]|\u200c|\u200d)+$/u;
/** The dots of IDNA (UTS 46 section 2.3) and U+2024, which NFKC maps to one. */
const DOTS = /[\u3002\uff0e\uff61\u2024]/g;
/** Versions of Node.js disagree: UTS 46 has mapped it to ß since revision 31, and to ss before. */
const CAPITAL_SHARP_S = /\u1e9e/g;
const HYPHEN_AT_THE_END = /(?:^|\.)-|-(?:\.|$)/;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * The domain in ASCII and lower case. Undefined if UTS 46 does not map it to one. What is ASCII already is only lowered.
 * @param text of any length below a few hundred characters
 */
export function toAsciiDomain(text: string): string | undefined {
  if (ASCII.test(text)) return text.toLowerCase();
  const name = text.replace(DOTS, '.').replace(CAPITAL_SHARP_S, 'ß');
  if (!NAME.test(name) || HYPHEN_AT_THE_END.test(name)) return undefined;
  return domainToASCII(name) || undefined;
}

/**
 * Whether an internationalised domain is written as its ASCII form stands for it, in any letter case: the mapping of UTS 46
 * changed no other character.
 */
export function isExactDomain(text: string): boolean {
  const ascii = toAsciiDomain(text);
  return ascii !== undefined && text.normalize('NFKC') === text && domainToUnicode(ascii) === text.toLowerCase();
}

/**
 * Scripts that are written together, by UTS 39 section 5.2 (highly restrictive). A label that mixes others, such as Latin
 * with a Cyrillic а, is made to be mistaken for another one.
 */
const COMBINATIONS = ['Latin Han Hiragana Katakana', 'Latin Han Hangul', 'Latin Han Bopomofo'].map((scripts) =>
  scripts.split(' '),
);
const ALONE = [
  ...['Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Arabic', 'Hebrew', 'Ethiopic', 'Thaana', 'Mongolian', 'Tibetan'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...['Thai', 'Lao', 'Khmer', 'Myanmar'],
];
const SHOWN_LABELS = [...COMBINATIONS, ...ALONE.map((script) => [script])].map((scripts) => {
  const letters = scripts.map((script) => `\\p{scx=${script}}`).join('');
  return new RegExp(`^[\\p{scx=Common}\\p{scx=Inherited}${letters}]+$`, 'u');
});

/**
 * The domain as it is shown to people: in Unicode, label by label, unless a label mixes scripts, contains an invisible
 * joiner, or is not valid.
 */
export function toShownDomain(domain: string): string {
  if (!domain.includes('xn--')) return domain;
  return domain.split('.').map(toShownLabel).join('.');
}

function toShownLabel(label: string): string {
  if (!label.startsWith('xn--')) return label;
  const shown = domainToUnicode(label);
  const isPlain = SHOWN_LABELS.some((pattern) => pattern.test(shown)) && !/\p{Cf}/u.test(shown);
  return isPlain && !ASCII.test(shown) && domainToASCII(shown) === label ? shown : label;
}

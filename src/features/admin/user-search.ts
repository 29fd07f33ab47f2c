/** No address, number or name is longer, so nothing longer is the beginning of one. */
const LONGEST = 254;
/** Words beyond which a text is looked for as a whole only. */
const MOST_WORDS = 5;

/** What people write of a number in international form. */
const PHONE = /^\+[\d\s().-]+$/;

/**
 * Beginnings that are looked for. A user is found when, of one alternative, each part is the beginning of the address,
 * the number, the first name, the last name or the company.
 */
export type Search = readonly (readonly string[])[];

/**
 * `ada love` finds Ada Lovelace and Lovelace, Ada: every way to cut the text in two between words, and the whole text,
 * because first names and companies have spaces, too. Undefined: there is nothing to look for. Empty: nobody is found.
 */
export function parseSearch(text: string | null | undefined): Search | undefined {
  if (text === null || text === undefined || text.length > 10 * LONGEST) return text ? [] : undefined;
  const tidy = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (tidy === '') return undefined;
  if (tidy.length > LONGEST || tidy.includes('\0') || !tidy.isWellFormed()) return [];
  if (PHONE.test(tidy)) return [[tidy.replace(/[^+\d]/g, '')]];
  const words = tidy.split(' ');
  if (words.length > MOST_WORDS) return [[tidy]];
  const cuts = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
  return [[tidy], ...cuts];
}

/** Of each alternative the part that fewer users will match: whoever matches the search matches one of these. */
export const rarest = (search: Search): string[] =>
  search.map((parts) => parts.reduce((longest, part) => (part.length > longest.length ? part : longest), ''));

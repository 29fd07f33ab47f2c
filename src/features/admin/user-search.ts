import { toAsciiDomain } from '../../core/domains.ts';
import { trimPasted } from '../../core/pasted-text.ts';
import { numberPrefixes } from '../../core/phones.ts';

/** Characters. No address, number or name is longer, so a longer text matches nothing. */
const LONGEST = 254;
/** A text with more words is only searched as a whole. */
const MOST_WORDS = 5;

/**
 * Alternatives of prefixes. A user matches if each part of one alternative is a prefix of the address, number, first
 * name, last name or company.
 */
export type Search = readonly (readonly string[])[];

/**
 * `ada love` finds Ada Lovelace and Lovelace, Ada: the text is split in two between words in every way, and kept whole,
 * because names and companies contain spaces, too. Undefined: no search. Empty: no match is possible.
 */
export function parseSearch(text: string | null | undefined): Search | undefined {
  if (text === null || text === undefined || text.length > 10 * LONGEST) return text ? [] : undefined;
  const tidy = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (tidy === '') return undefined;
  if (tidy.length > LONGEST || tidy.includes('\0') || !tidy.isWellFormed()) return [];
  const numbers = numberPrefixes(tidy);
  if (numbers) return numbers.map((number) => [number]);
  const words = tidy.split(' ');
  if (words.length > MOST_WORDS) return [[tidy]];
  const cuts = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
  return [[tidy], ...cuts, ...(tidy.normalize('NFKC').includes('@') ? [[toStoredAddress(trimPasted(tidy))]] : [])];
}

/** An address as it is stored. Its domain can be incomplete, but the last label must not be if it is not ASCII. */
function toStoredAddress(text: string): string {
  const address = text.normalize('NFKC');
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + (toAsciiDomain(address.slice(at)) ?? address.slice(at));
}

/** The longest part of each alternative. Every match of the search matches one of these. */
export const rarest = (search: Search): string[] =>
  search.map((parts) => parts.reduce((longest, part) => (part.length > longest.length ? part : longest), ''));

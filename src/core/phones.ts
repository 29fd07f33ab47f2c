// The full metadata (160 kB): the smaller sets know lengths only, and take a premium number for a mobile one.
import {
  type CountryCode,
  isSupportedCountry,
  type NumberType,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { Phone } from './identifiers.ts';

/** ISO 3166-1 alpha-2. */
export type Country = CountryCode;

/** E.164 has at most 15 digits; the rest is room for the marks that people put between them. */
const LONGEST = 32;

/** A plus, ASCII digits, and the visual separators of RFC 3966 section 5.1.1, of which a space is one to most people. */
const WRITTEN = /^\+[1-9][\d \u00a0().-]*$/;
const SEPARATORS = /[^+\d]/g;

/**
 * What a text message is sent to. Premium rate, shared cost, personal numbers, toll-free, pagers, voicemail and company
 * numbers cost the sender or reach nobody; numbers of internet telephony are had by the thousand for nothing. Where
 * fixed lines and mobiles share their ranges (North America) they cannot be told apart, so fixed lines are taken.
 */
const REACHABLE: ReadonlySet<NumberType> = new Set<NumberType>(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'FIXED_LINE']);

/**
 * The canonical form of a number in E.164, or undefined when it is not one that a message is sent to: not assigned, of
 * a kind that costs more than a message, or of no country (satellites, international premium).
 */
export function parsePhone(text: string): Phone | undefined {
  const candidate = text.trim();
  if (candidate.length > LONGEST || !WRITTEN.test(candidate)) return undefined;
  const number = parsePhoneNumberFromString(candidate.replace(SEPARATORS, ''));
  if (!number?.country) return undefined;
  // A number that is not assigned has no type. The brand is made here and nowhere else.
  return REACHABLE.has(number.getType()) ? (number.number as string as Phone) : undefined;
}

/** Where a number belongs; undefined when the numbering plan has changed since it was accepted. */
export const countryOf = (phone: Phone): Country | undefined => parsePhoneNumberFromString(phone)?.country;

export const isCountry = (text: string): text is Country => isSupportedCountry(text);

/**
 * The block of ten thousand numbers that a number stands in: all but its last four digits. Operators hand out no smaller
 * ones, so whoever owns a range to be paid for the traffic on it owns at least this.
 */
export const rangeOf = (phone: Phone): string => phone.slice(0, -4);

/** What a stranger may see of a number: •••• 4567. */
export const maskPhone = (phone: string): string => `•••• ${phone.slice(-4)}`;

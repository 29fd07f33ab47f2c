// The full metadata (160 kB): the smaller sets check only lengths and mistake premium numbers for mobile ones.
import {
  type CountryCode,
  isSupportedCountry,
  type NumberType,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { Phone } from './identifiers.ts';

/** ISO 3166-1 alpha-2. */
export type Country = CountryCode;

/** Characters. E.164 has at most 15 digits; the rest is for separators. */
const LONGEST = 32;

/** A plus, ASCII digits, the visual separators of RFC 3966 section 5.1.1, and spaces. */
const WRITTEN = /^\+[1-9][\d \u00a0().-]*$/;
const SEPARATORS = /[^+\d]/g;

/**
 * Types of numbers that text messages are sent to. The others cost extra, receive no messages, or, like VoIP numbers,
 * are free by the thousand. In North America, fixed lines and mobiles share ranges, so fixed lines are included.
 */
const REACHABLE: ReadonlySet<NumberType> = new Set<NumberType>(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'FIXED_LINE']);

/**
 * The number in E.164. Undefined if no message is sent to it: not assigned, of another type, or of no country
 * (satellite, international premium).
 */
export function parsePhone(text: string): Phone | undefined {
  const candidate = text.trim();
  if (candidate.length > LONGEST || !WRITTEN.test(candidate)) return undefined;
  const number = parsePhoneNumberFromString(candidate.replace(SEPARATORS, ''));
  if (!number?.country) return undefined;
  // An unassigned number has no type. Only this function creates the branded type.
  return REACHABLE.has(number.getType()) ? (number.number as string as Phone) : undefined;
}

/** The country of a number; undefined if the numbering plan has changed since it was accepted. */
export const findCountry = (phone: Phone): Country | undefined => parsePhoneNumberFromString(phone)?.country;

export const isCountry = (text: string): text is Country => isSupportedCountry(text);

/**
 * The range of ten thousand numbers that contains a number: all but its last four digits. Operators assign no smaller
 * ranges, so a fraudster who earns from traffic to a range owns at least this.
 */
export const numberRange = (phone: Phone): string => phone.slice(0, -4);

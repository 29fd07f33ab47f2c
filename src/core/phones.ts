// The full metadata (160 kB): the smaller sets check only lengths and mistake premium numbers for mobile ones.
import {
  type CountryCode,
  isSupportedCountry,
  Metadata,
  type NumberType,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { Phone } from './identifiers.ts';
import { dropInvisible, toAsciiDigits, trimPasted } from './pasted-text.ts';
import { currentNumber, olderNumbers } from './renumberings.ts';

/** ISO 3166-1 alpha-2. */
export type Country = CountryCode;

/** A number, or why it is none: not a number in international form, or one that gets no text messages. */
export type PhoneReading = { phone: Phone; isKnown: boolean } | 'malformed' | 'no-messages';

/** Characters. E.164 has at most 15 digits; the rest is for separators. */
const LONGEST = 32;
/** Characters before invisible ones are dropped. */
const LONGEST_PASTED = 128;

/** RFC 3966 section 3. */
const SCHEME = /^tel:(?:\/\/)?/i;
const PLUS = /[\uff0b\ufe62]/g;
/**
 * Dashes, spaces, the visual separators of RFC 3966 section 5.1.1, and others that people use in their place: minus
 * signs and tildes, dots, slashes, brackets.
 */
const SEPARATORS =
  /[\p{Pd}\p{Zs}\p{Ps}\p{Pe}\u2212\u30fc\u2053\u223c\uff5e~.\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff0e\uff65/\u2044\u2215\uff0f]/gu;
/** The prefix of national calls, in brackets after the country code: not dialled from abroad (ITU-T E.123). */
const BRACKETED_ZERO = /^([^\d]*\+[^\d]*\d{1,3}[^\d]*)\p{Ps}\s*0\s*\p{Pe}/u;
const INTERNATIONAL = /^\+[1-9]\d*$/;

/** Prefixes of calls inside a country that people leave after its code, and what the number is without them. */
const DIALLED: readonly [RegExp, string][] = [
  [/^\+52(?:01|04[45])(?=\d{10}$)/, '+52'], // Mexico, until 2019
  [/^\+549(?=\d{12}$)/, '+54'], // Argentina: both the 9 and, after the area, the 15 of mobiles
];

/**
 * Types of numbers that text messages are sent to. The others cost extra, receive no messages, or, like VoIP numbers,
 * are free by the thousand. In North America, fixed lines and mobiles share ranges, so fixed lines are included.
 */
const REACHABLE: ReadonlySet<NumberType> = new Set<NumberType>(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'FIXED_LINE']);

/**
 * Reads a number as people write and paste it: with digits of another script, separators, invisible characters or `tel:`.
 * Different spellings of one line give one number (E.164), older numbers the current one. `isKnown` is false if the
 * number has a country and a length of its mobile numbers but no range that the metadata knows.
 */
export function readPhone(text: string): PhoneReading {
  const number = parseInternational(text);
  if (!number) return 'malformed';
  const type = number.getType();
  if (type !== undefined) return number.country && REACHABLE.has(type) ? known(number, true) : 'no-messages';
  return isPlausible(number) ? known(number, false) : 'malformed';
}

/** Only this module creates the branded type. */
const known = ({ number }: PhoneNumber, isKnown: boolean): PhoneReading => ({
  phone: number as string as Phone,
  isKnown,
});

/** For a number that may be incomplete, the prefixes of its stored forms; undefined if it has no country code. */
export function numberPrefixes(text: string): string[] | undefined {
  const [digits] = spellInternationally(text);
  if (digits === undefined) return undefined;
  const phone = parsePhone(text);
  return phone ? listSpellings(phone) : [digits];
}

/** In ASCII, without invisible characters and the scheme; undefined if the text is too long for a number. */
function tidy(text: string): string | undefined {
  if (text.length > LONGEST_PASTED) return undefined;
  const visible = trimPasted(dropInvisible(text)).replace(SCHEME, '').replace(PLUS, '+');
  return visible.length > LONGEST ? undefined : toAsciiDigits(visible);
}

/** Whether a text begins with the plus of a country code. */
export const isInternational = (text: string): boolean => tidy(text)?.replace(SEPARATORS, '').startsWith('+') ?? false;

/** A plus and digits, in the order of preference: first without a zero in brackets. Empty if it is no such number. */
function spellInternationally(text: string): string[] {
  const written = tidy(text) ?? '';
  return [written.replace(BRACKETED_ZERO, '$1'), written]
    .map((spelling) => spelling.replace(SEPARATORS, ''))
    .filter((spelling) => INTERNATIONAL.test(spelling));
}

/** In Italy, the zero in brackets belongs to the numbers of fixed lines: the spelling that exists is meant. */
function parseInternational(text: string): PhoneNumber | undefined {
  const numbers = spellInternationally(text).map(parseDigits);
  return numbers.find((number) => number?.getType() !== undefined) ?? numbers[0];
}

function parseDigits(digits: string): PhoneNumber | undefined {
  const dialled = DIALLED.find(([pattern]) => pattern.test(digits));
  const written = parsePhoneNumberFromString(dialled ? digits.replace(...dialled) : digits);
  const current = written && currentNumber(written.number);
  return current === written?.number ? written : parsePhoneNumberFromString(current ?? '');
}

/** In North America, areas and exchanges begin with 2 to 9, and N11 are services. */
const NORTH_AMERICAN = /^[2-9](?!11)\d\d[2-9]\d{6}$/;

/** Elsewhere, a zero at the beginning is the prefix of national calls. */
const MOBILES_WITH_ZERO: ReadonlySet<Country> = new Set<Country>(['BJ', 'CG', 'CI']);

/** Whether the number could be a mobile number of a range that was opened after the metadata was made. */
function isPlausible(number: PhoneNumber): boolean {
  const country = resolveCountry(number);
  const { nationalNumber, countryCallingCode } = number;
  if (!country || (nationalNumber.startsWith('0') && !MOBILES_WITH_ZERO.has(country))) return false;
  if (countryCallingCode === '1') return NORTH_AMERICAN.test(nationalNumber);
  return mobileLengths(country).includes(nationalNumber.length);
}

function mobileLengths(country: Country): number[] {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  // The published types leave out the types of numbers.
  const plan = metadata.numberingPlan as
    | { type(name: 'MOBILE'): { possibleLengths(): number[] } | undefined }
    | undefined;
  return plan?.type('MOBILE')?.possibleLengths() ?? [];
}

/** For a range of a shared code that the metadata does not know, the country that has most of its ranges. */
function resolveCountry({ country, countryCallingCode }: PhoneNumber): Country | undefined {
  return country ?? MAIN_COUNTRIES.get(countryCallingCode);
}

/** By calling code. */
const MAIN_COUNTRIES: ReadonlyMap<string, Country> = new Map([
  ['1', 'US'],
  ['7', 'RU'],
  ['39', 'IT'],
  ['44', 'GB'],
  ['47', 'NO'],
  ['61', 'AU'],
  ['212', 'MA'],
  ['262', 'RE'],
  ['290', 'SH'],
  ['358', 'FI'],
  ['590', 'GP'],
  ['599', 'CW'],
]);

/** The number, of a known range or not. For stored numbers; what callers enter goes through `PhoneReader`. */
export function parsePhone(text: string): Phone | undefined {
  const reading = readPhone(text);
  return typeof reading === 'string' ? undefined : reading.phone;
}

/** The number and its older spellings, which accounts that are stored may still have. */
export const listSpellings = (phone: Phone): string[] => [phone, ...olderNumbers(phone)];

/** The country of a number; undefined if the numbering plan has changed since it was accepted. */
export function findCountry(phone: Phone): Country | undefined {
  const number = parsePhoneNumberFromString(phone);
  return number && resolveCountry(number);
}

export const isCountry = (text: string): text is Country => isSupportedCountry(text);

/**
 * The range of ten thousand numbers that contains a number: all but its last four digits. Operators assign no smaller
 * ranges, so a fraudster who earns from traffic to a range owns at least this.
 */
export const numberRange = (phone: Phone): string => phone.slice(0, -4);

import { after, DAY, earlier } from '../../core/clock.ts';
import { isRecord, own } from './rows.ts';

// Parses the values of a file. Returns null for an empty value and undefined for an invalid one.

const TRUE = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const FALSE = new Set(['false', 'f', 'no', 'n', '0', 'off']);

/** What databases write for a missing value. */
const MISSING = new Set(['', 'NULL', '\\N']);

/** Accepts numbers, because phone numbers and keys are often stored as such. */
export function parseText(cell: unknown): string | null | undefined {
  if (cell === undefined || cell === null) return null;
  if (typeof cell === 'number') return String(cell);
  if (typeof cell !== 'string') return undefined;
  const text = cell.trim();
  return MISSING.has(text) ? null : text;
}

export function parseBoolean(cell: unknown): boolean | null | undefined {
  if (typeof cell === 'boolean') return cell;
  const text = parseText(cell);
  if (text === null || text === undefined) return text;
  const word = text.toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

/** A number as spreadsheets display it. The digits that it does not show are lost. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?E\+\d+$/i;

/** A date with the year last: 5/6/2024 is in May or in June. */
const YEAR_LAST = /^\d{1,2}([./-])\d{1,2}\1\d{2,4}\b/;

/** Why the value cannot be read, if a spreadsheet wrote it. */
export function explainCell(cell: unknown): string | undefined {
  const text = typeof cell === 'string' ? cell.trim() : '';
  if (SHORTENED.test(text))
    return 'a spreadsheet shortened this number and lost its digits: format the column as text, and export again';
  return YEAR_LAST.test(text)
    ? 'a date must begin with the year, such as 2024-05-31: format the column so, and export again'
    : undefined;
}

/** The formats of Django, PostgreSQL and JSON. The time zone may have hours only; UTC by default. */
const TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?: UTC)?)?$/;

/** What MySQL, Go and .NET write for a missing time. */
const ZERO = /^0000-00-00|^0001-01-01|^0$/;

/** Seconds, milliseconds or microseconds since 1970, with an optional fraction. */
const EPOCH = /^(\d{9,16})(?:\.\d+)?$/;

/**
 * A time between 1970 and now, as text or as a number since 1970; null for a zero date. Up to a day in the future counts as
 * now: it may be a local time without a zone, or come from a clock that is ahead.
 */
export function parseTime(cell: unknown, now: Date): Date | null | undefined {
  const text = parseText(unwrapDate(cell));
  if (text === null || text === undefined) return text;
  if (ZERO.test(text)) return null;
  const time = EPOCH.test(text) ? fromEpoch(Number(text)) : fromText(text);
  if (time?.getTime() === 0) return null;
  return time && time.getTime() > 0 && time <= after(now, DAY) ? earlier(time, now) : undefined;
}

/** MongoDB's extended JSON: `{"$date": "2024-…"}` or `{"$date": {"$numberLong": "17…"}}`. */
function unwrapDate(cell: unknown): unknown {
  const date = isRecord(cell) ? (own(cell, '$date') ?? cell) : cell;
  return isRecord(date) ? (own(date, '$numberLong') ?? date) : date;
}

/** The unit follows from the size: a time in seconds has ten digits until 2286. */
function fromEpoch(count: number): Date {
  if (count < 1e11) return new Date(count * 1000);
  return new Date(count < 1e14 ? count : count / 1000);
}

function fromText(text: string): Date | undefined {
  const [, day = '', clock = '00:00', zone = 'Z'] = TIME.exec(text) ?? [];
  if (!isDay(day)) return undefined;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/UTC|GMT/, 'Z');
  const time = new Date(`${day}T${clock.replace(',', '.')}${offset}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Whether an address or number is verified, and since when, if that is known. */
export interface Verification {
  isVerified: boolean;
  at: Date | null;
}

/** A flag, or the time of the verification: systems store either. Null if the cell is empty, and false if the flag is. */
export function parseVerification(cell: unknown, now: Date): Verification | null | undefined {
  const flag = parseBoolean(cell);
  if (flag === null) return null;
  if (flag !== undefined) return { isVerified: flag, at: null };
  const at = parseTime(cell, now);
  return at === undefined ? undefined : { isVerified: at !== null, at };
}

/** JavaScript reads 30 February as 1 March. */
function isDay(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** A list, or words separated by commas or spaces. */
export function parseWords(cell: unknown): string[] | undefined {
  if (Array.isArray(cell)) return cell.every((word) => typeof word === 'string') ? cell : undefined;
  const text = parseText(cell);
  return text === undefined ? undefined : (text ?? '').split(/[\s,]+/).filter(Boolean);
}

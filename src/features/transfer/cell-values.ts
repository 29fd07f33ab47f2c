import { after, DAY, earlier } from '../../core/clock.ts';

// Parses the values of a file. Returns null for an empty value and undefined for an invalid one.

const TRUE = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const FALSE = new Set(['false', 'f', 'no', 'n', '0', 'off']);

/** Accepts numbers, because phone numbers and keys are often stored as such. */
export function parseText(cell: unknown): string | null | undefined {
  if (cell === undefined || cell === null) return null;
  if (typeof cell === 'number') return String(cell);
  return typeof cell === 'string' ? cell.trim() || null : undefined;
}

export function parseBoolean(cell: unknown): boolean | null | undefined {
  if (typeof cell === 'boolean') return cell;
  const text = parseText(cell);
  if (text === null || text === undefined) return text;
  const word = text.toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

/** The formats of Django, PostgreSQL and JSON. The time zone may have hours only; UTC by default. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * A time between 1970 and now. Up to a day in the future counts as now: it may be a local time without a zone, or come
 * from a clock that is ahead.
 */
export function parseTime(cell: unknown, now: Date): Date | null | undefined {
  const text = parseText(cell);
  if (text === null || text === undefined) return text;
  const [, day = '', clock = '00:00', zone = 'Z'] = TIME.exec(text) ?? [];
  if (!isDay(day)) return undefined;
  const time = new Date(`${day}T${clock}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`);
  return time.getTime() >= 0 && time <= after(now, DAY) ? earlier(time, now) : undefined;
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

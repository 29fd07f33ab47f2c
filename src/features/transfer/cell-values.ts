import { after, DAY, earlier } from '../../core/clock.ts';

// What the cells of a file say. Undefined: something that cannot be understood; null: nothing.

const YES = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const NO = new Set(['false', 'f', 'no', 'n', '0', 'off']);

/** Numbers are taken as they are written, since phones and keys are often stored as such. */
export function textIn(cell: unknown): string | null | undefined {
  if (cell === undefined || cell === null) return null;
  if (typeof cell === 'number') return String(cell);
  return typeof cell === 'string' ? cell.trim() || null : undefined;
}

export function flagIn(cell: unknown): boolean | null | undefined {
  if (typeof cell === 'boolean') return cell;
  const text = textIn(cell);
  if (text === null || text === undefined) return text;
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

/** As Django, PostgreSQL and JSON write a moment; the zone may be hours only, and is UTC where there is none. */
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * A moment between 1970 and now. One of the next day is taken for now: without a zone it is the local time of a place in
 * the east, and with one it was written by a clock that is ahead.
 */
export function momentIn(cell: unknown, now: Date): Date | null | undefined {
  const text = textIn(cell);
  if (text === null || text === undefined) return text;
  const [, day = '', time = '00:00', zone = 'Z'] = MOMENT.exec(text) ?? [];
  if (!isDay(day)) return undefined;
  const moment = new Date(`${day}T${time}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`);
  return moment.getTime() >= 0 && moment <= after(now, DAY) ? earlier(moment, now) : undefined;
}

/** JavaScript takes the 30th of February for the 1st of March. */
function isDay(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** A list, or words with commas or spaces between them. */
export function wordsIn(cell: unknown): string[] | undefined {
  if (Array.isArray(cell)) return cell.every((word) => typeof word === 'string') ? cell : undefined;
  const text = textIn(cell);
  return text === undefined ? undefined : (text ?? '').split(/[\s,]+/).filter(Boolean);
}

import { badInput } from './bad-input.ts';
import { isId } from './ids.ts';

/** Rows of one page at the most. */
export const LARGEST_PAGE = 100;
export const PAGE = 20;

/** A place in a list: the value that it is sorted by, and the id, which tells equal ones apart. */
export interface Place {
  /** RFC 3339 in a list by time, else text. */
  key: string;
  id: string;
}

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** Which part of a list is wanted: so many rows from a place on, towards its end or towards its beginning. */
export interface Page {
  size: number;
  isBackward: boolean;
  from: Place | undefined;
}

/** Rows in the order of the list, and whether there is more on the side that was paged towards. */
export interface Slice<Row> {
  rows: Row[];
  hasMore: boolean;
}

/** What kind of list a cursor belongs to: one of another kind is refused. */
export type ListKind = 'created' | 'email' | 'event';

const LONGEST_CURSOR = 600;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Opaque to clients. It holds nothing that its list does not show. */
export const cursorOf = (kind: ListKind, { key, id }: Place): string =>
  Buffer.from(JSON.stringify([kind, key, id])).toString('base64url');

/** Throws BAD_USER_INPUT for what no correct client sends. */
export function parsePage({ first, after, last, before }: PageArguments, kind: ListKind): Page {
  const isBackward = last !== null && last !== undefined;
  if (isBackward && after) throw badInput('"last" goes with "before", and "first" with "after".');
  if (!isBackward && before) throw badInput('"before" needs "last".');
  const size = isBackward ? last : (first ?? PAGE);
  if (size < 1 || size > LARGEST_PAGE) throw badInput(`A page has 1 to ${LARGEST_PAGE} rows.`);
  const cursor = isBackward ? before : after;
  return { size, isBackward, from: cursor ? placeOf(cursor, kind) : undefined };
}

function placeOf(cursor: string, kind: ListKind): Place {
  const parts = cursor.length > LONGEST_CURSOR ? undefined : parsed(cursor);
  const [ofKind, key, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (ofKind !== kind || typeof key !== 'string' || typeof id !== 'string' || !isId(id) || !fits(key, kind))
    throw badInput('This is not a cursor of this list in this order.');
  return { key, id };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function fits(key: string, kind: ListKind): boolean {
  if (kind === 'email') return key.isWellFormed() && !key.includes('\0');
  return MOMENT.test(key) && isMoment(new Date(key)) && new Date(key).toISOString() === key;
}

/** PostgreSQL has no year 0, and JavaScript takes the 30th of February for the 1st of March. */
export const isMoment = (date: Date): boolean => date.getUTCFullYear() >= 1;

/**
 * Out of one row more than was asked for, in the direction of reading: the page, in the order of the list.
 * @param found at most `size + 1` rows
 */
export function sliceOf<Row>(found: readonly Row[], { size, isBackward }: Page): Slice<Row> {
  const rows = found.slice(0, size);
  return { rows: isBackward ? rows.reverse() : rows, hasMore: found.length > size };
}

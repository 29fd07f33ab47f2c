import { badInput } from './bad-input.ts';
import { isId } from './ids.ts';

/** Maximum rows per page. */
export const LARGEST_PAGE = 100;
export const PAGE = 20;

/** A position in a list: the sort value, and the ID to tell equal values apart. */
export interface Place {
  /** RFC 3339 in a list by time, otherwise text. */
  key: string;
  id: string;
}

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** A part of a list: a number of rows from a position, forwards or backwards. */
export interface Page {
  size: number;
  isBackward: boolean;
  from: Place | undefined;
}

/** Rows in list order, and whether there are more in the direction of paging. */
export interface Slice<Row> {
  rows: Row[];
  hasMore: boolean;
}

/** The list a cursor belongs to. Cursors of other lists are refused. */
export type ListKind = 'created' | 'email' | 'event';

const LONGEST_CURSOR = 600;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Opaque to clients. Contains only values that the list shows. */
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
    throw badInput('The cursor does not belong to this list and order.');
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

/** PostgreSQL has no year 0. */
export const isMoment = (date: Date): boolean => date.getUTCFullYear() >= 1;

/**
 * The page in list order, from rows in reading direction with one more than the page holds.
 * @param found at most `size + 1` rows
 */
export function sliceOf<Row>(found: readonly Row[], { size, isBackward }: Page): Slice<Row> {
  const rows = found.slice(0, size);
  return { rows: isBackward ? rows.reverse() : rows, hasMore: found.length > size };
}

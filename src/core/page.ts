import { badInput } from './bad-input.ts';
import { decodeBase64url } from './base64url.ts';
import { isId } from './ids.ts';

/** Maximum rows per page. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 20;

/** A position in a list: the sort value, and the ID as a tie-breaker. */
export interface Place {
  /** An RFC 3339 timestamp in a list sorted by time, or `-infinity` for never; otherwise text. */
  key: string;
  id: string;
}

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** A requested part of a list: a number of rows from a position, forwards or backwards. */
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
export type ListKind = 'created' | 'email' | 'login' | 'event' | 'delivery';

/** Characters. */
export const MAX_CURSOR_LENGTH = 600;
/** The key of a user who never signed in, before all times. */
export const NEVER = '-infinity';

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Opaque to clients. A cursor contains only values that the list shows. */
export const encodeCursor = (kind: ListKind, { key, id }: Place): string =>
  Buffer.from(JSON.stringify([kind, key, id])).toString('base64url');

/** Rows on the page, before the range is checked. */
export const pageSize = ({ first, last }: PageArguments, defaultSize = DEFAULT_PAGE_SIZE): number =>
  last ?? first ?? defaultSize;

/** Throws BAD_USER_INPUT for arguments that no correct client sends. */
export function parsePage({ first, after, last, before }: PageArguments, kind: ListKind): Page {
  const isBackward = last !== null && last !== undefined;
  if (isBackward && after) throw badInput('Use "last" with "before", and "first" with "after".');
  if (!isBackward && before) throw badInput('"before" requires "last".');
  const size = requireValidSize(pageSize({ first, last }));
  const cursor = isBackward ? before : after;
  return { size, isBackward, from: cursor ? decodeCursor(cursor, kind) : undefined };
}

/** Throws BAD_USER_INPUT for a size that is not 1 to 100. */
export function requireValidSize(size: number): number {
  if (size < 1 || size > MAX_PAGE_SIZE) throw badInput(`The page size must be 1 to ${MAX_PAGE_SIZE}.`);
  return size;
}

function decodeCursor(cursor: string, kind: ListKind): Place {
  const parts = cursor.length > MAX_CURSOR_LENGTH ? undefined : parseJson(cursor);
  const [cursorKind, key, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (cursorKind !== kind || typeof key !== 'string' || typeof id !== 'string' || !isId(id) || !isValidKey(key, kind))
    throw badInput('The cursor belongs to another list or order.');
  return { key, id };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(String(decodeBase64url(cursor)));
  } catch {
    return undefined;
  }
}

function isValidKey(key: string, kind: ListKind): boolean {
  if (kind === 'email') return key.isWellFormed() && !key.includes('\0');
  if (kind === 'login' && key === NEVER) return true;
  return TIMESTAMP.test(key) && isStorableDate(new Date(key)) && new Date(key).toISOString() === key;
}

/** PostgreSQL has no year 0. */
export const isStorableDate = (date: Date): boolean => date.getUTCFullYear() >= 1;

/**
 * Puts rows into list order and cuts them to the page size.
 * @param found at most `size + 1` rows in paging direction; the extra one shows that there are more
 */
export function toSlice<Row>(found: readonly Row[], { size, isBackward }: Page): Slice<Row> {
  const rows = found.slice(0, size);
  return { rows: isBackward ? rows.reverse() : rows, hasMore: found.length > size };
}

import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, UNSAFE_NAMES } from '../../core/json.ts';
import { FieldProblem, type FieldReason } from '../../core/problems.ts';

/** What the surrounding app keeps on a user, under the names of the API. */
export interface UserMetadata {
  /** The user may read it, and claims of access tokens may be taken from it. */
  publicMetadata: JsonObject;
  /** For administrators only. */
  privateMetadata: JsonObject;
}

export const METADATA_FIELDS = ['publicMetadata', 'privateMetadata'] as const satisfies (keyof UserMetadata)[];
export type MetadataField = (typeof METADATA_FIELDS)[number];

/** Bytes of one object as JSON in UTF-8. */
export const METADATA_MAX_BYTES = 4096;
/** Objects and arrays inside each other. */
export const METADATA_MAX_DEPTH = 10;

export const NO_METADATA: UserMetadata = { publicMetadata: {}, privateMetadata: {} };

/** An object of plain JSON that PostgreSQL stores without changing it. */
export function parseMetadata(path: MetadataField, value: object): JsonObject | FieldProblem {
  const reason = findUnstorable(value, 1);
  if (reason === 'json-too-deep') return new FieldProblem(path, 'INVALID_FORMAT', reason, METADATA_MAX_DEPTH);
  if (reason) return new FieldProblem(path, 'INVALID_FORMAT', reason);
  const text = JSON.stringify(value);
  return Buffer.byteLength(text) > METADATA_MAX_BYTES
    ? new FieldProblem(path, 'TOO_LONG', 'json-too-long', METADATA_MAX_BYTES)
    : (JSON.parse(text) as JsonObject); // Plain objects, also if it was a literal of a document.
}

function findUnstorable(value: unknown, depth: number): FieldReason | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return isStorableText(value) ? undefined : 'json-text';
  if (typeof value === 'number') return isExact(value) ? undefined : 'json-number';
  if (typeof value !== 'object' || value instanceof Date) return 'json-text';
  if (depth > METADATA_MAX_DEPTH) return 'json-too-deep';
  const isUnsafe = !Array.isArray(value) && Object.keys(value).some((name) => UNSAFE_NAMES.has(name));
  if (isUnsafe || !Object.keys(value).every(isStorableText)) return 'json-name';
  for (const child of Object.values(value)) {
    const reason = findUnstorable(child, depth + 1);
    if (reason) return reason;
  }
  return undefined;
}

/** PostgreSQL's jsonb has no U+0000 and no lone surrogates. */
const isStorableText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** JSON.parse rounds larger integers: an id would be stored as another one. */
const isExact = (number: number): boolean =>
  Number.isFinite(number) && (Number.isSafeInteger(number) || !Number.isInteger(number));

/** The names of the fields that differ. */
export const changedMetadata = (before: UserMetadata, after: UserMetadata): MetadataField[] =>
  METADATA_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));

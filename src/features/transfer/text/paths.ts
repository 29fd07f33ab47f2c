import { isRecord, own } from '../rows.ts';

/** A value, and the name of the column that contains it. */
export interface Found {
  value: unknown;
  column: string;
  /** The names below the column; empty if the value is the column. */
  below: string;
}

/**
 * The value at a path such as `email`, `user_metadata.first_name` or `emails.0.address`. A column whose name contains dots
 * is found as well. JSON in a text column is parsed. Undefined if there is none.
 */
export function readPath(record: Record<string, unknown>, path: string): Found | undefined {
  const direct = own(record, path);
  if (direct !== undefined) return { value: direct, column: path, below: '' };
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const [column, below] = [path.slice(0, dot), path.slice(dot + 1)];
    const value = readBelow(own(record, column), below);
    if (value !== undefined) return { value, column, below };
  }
  return undefined;
}

function readBelow(value: unknown, path: string): unknown {
  const parent = parseIfJson(value);
  if (Array.isArray(parent)) {
    const [index = '', ...rest] = path.split('.');
    const element = /^\d{1,4}$/.test(index) ? parent[Number(index)] : undefined;
    return rest.length === 0 ? element : readBelow(element, rest.join('.'));
  }
  return isRecord(parent) ? readPath(parent, path)?.value : undefined;
}

/** The value of JSON text; other values unchanged. */
export function parseIfJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

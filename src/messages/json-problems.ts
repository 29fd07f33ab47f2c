import { z } from 'zod';
import { findNearest, suggest } from '../core/nearest.ts';

/** The value of JSON text that fits the schema, or every problem in one line each. */
export type Parsed<T> = ({ value: T; problems: [] } | { value: undefined; problems: string[] }) & { content: unknown };

/** Reads a file of texts. A misspelt key is reported with the one that is probably meant. */
export function parseJson<T>(json: string, schema: z.ZodType<T>): Parsed<T> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    return { content, value: undefined, problems: [`not JSON: ${reason.replace(/\s+/g, ' ')}`] };
  }
  const parsed = schema.safeParse(content, { reportInput: true });
  if (parsed.success) return { content, value: parsed.data, problems: [] };
  return { content, value: undefined, problems: parsed.error.issues.flatMap((issue) => explain(issue, schema)) };
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType): string[] {
  const path = issue.path.map(String);
  const at = (key?: string) => [...path, ...(key === undefined ? [] : [key])].join('.') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => `${at(key)} is not known${suggest(findNearest(key, known))}`);
  }
  if (issue.code === 'too_small') return [`${at()} must not be empty`];
  if (issue.code === 'invalid_type') {
    const isMissing = issue.input === undefined;
    return [`${at()} ${isMissing ? 'is missing' : `must be ${issue.expected === 'string' ? 'a text' : 'an object'}`}`];
  }
  return [`${at()} ${issue.message}`];
}

/** The keys of the object at a path. */
function keysAt(schema: z.ZodType, path: readonly string[]): string[] {
  let current: unknown = unwrap(schema);
  for (const key of path) current = current instanceof z.ZodObject ? unwrap(current.shape[key]) : undefined;
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

const unwrap = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema);

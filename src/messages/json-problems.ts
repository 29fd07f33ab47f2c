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

const PLACEHOLDER = /\{([^{}\n]*)\}/g;

/** One line for each placeholder that is not replaced, and for each text with a brace too many. @param allowed the placeholders of the text at a path */
export function findUnknownPlaceholders(words: unknown, allowed: (path: string) => readonly string[]): string[] {
  return listTexts(words).flatMap(({ path, text }) => {
    const known = allowed(path);
    const unknown = [...text.matchAll(PLACEHOLDER)].filter(([, name = '']) => !known.includes(name));
    const use = known.map((word) => `{${word}}`).join(', ');
    return [
      ...unknown.map(([placeholder]) => `${path}: ${placeholder} is not replaced; use ${use}`),
      ...(/[{}]/.test(text.replace(PLACEHOLDER, ''))
        ? [`${path}: a brace has no partner, or is doubled; use ${use}`]
        : []),
    ];
  });
}

function listTexts(value: unknown, path: readonly string[] = []): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path: path.join('.'), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  // The sentences of a list have the path of the list.
  return Object.entries(value).flatMap(([key, inner]) =>
    listTexts(inner, Array.isArray(value) ? path : [...path, key]),
  );
}

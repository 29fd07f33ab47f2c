import { findRemedy } from './db/explain.ts';

/** The parts of an error that may be logged. */
export interface ErrorFields {
  name: string;
  code?: string;
  constraint?: string;
  message?: string;
  /** What is wrong, and what the operator must do. */
  meaning?: string;
  stack?: string[];
  cause?: ErrorFields;
}

const FRAMES = 8;
const LONGEST_MESSAGE = 300;
const DEEPEST_CAUSE = 4;

/**
 * An error without user data. Messages of Drizzle, PostgreSQL and JSON parsers quote statements and values, so only
 * name, code, constraint and stack of these are kept. In other messages, addresses, tokens and codes are masked.
 */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { name: typeof error };
  // GraphQL's wrapper only repeats the message of the original error.
  if ('originalError' in error && error.originalError) return errorFields(error.originalError, depth);
  const fields: ErrorFields = { name: error.name.slice(0, 100) };
  if ('code' in error) fields.code = String(error.code).slice(0, 100);
  const constraint = findConstraint(error);
  if (constraint) fields.constraint = constraint;
  if (!quotesValues(error)) fields.message = maskValues(error.message.slice(0, LONGEST_MESSAGE));
  const meaning = findRemedy(error);
  if (meaning) fields.meaning = meaning;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  if (frames.length > 0) fields.stack = frames.slice(0, FRAMES).map((line) => line.trim());
  if (error.cause !== undefined && depth < DEEPEST_CAUSE) fields.cause = errorFields(error.cause, depth + 1);
  return fields;
}

function findConstraint(error: Error): string | undefined {
  if ('constraint_name' in error && error.constraint_name) return String(error.constraint_name); // postgres.js
  if ('constraint' in error && error.constraint) return String(error.constraint); // PGlite
  return undefined;
}

/**
 * Drizzle's errors have `query`, those of both PostgreSQL drivers `severity`. A wrapper may repeat the message of its
 * cause.
 */
function quotesValues(error: Error): boolean {
  if ('query' in error || 'severity' in error || error instanceof SyntaxError) return true;
  return error.cause instanceof Error && quotesValues(error.cause) && error.message.includes(error.cause.message);
}

const CREDENTIALS_IN_URL = /\/\/[^\s/@]+@/g;
const ADDRESS = /[^\s@<>"',;]+@[^\s@<>"',;]+/g;
const LONG_SECRET = /[A-Za-z0-9_-]{40,}(?:\.[A-Za-z0-9_-]+)*|eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+/g;
const DIGITS = /\b\d{6,}\b/g;

function maskValues(message: string): string {
  return message
    .replace(CREDENTIALS_IN_URL, '//[credentials]/')
    .replace(ADDRESS, '[address]')
    .replace(LONG_SECRET, '[secret]')
    .replace(DIGITS, '[digits]');
}

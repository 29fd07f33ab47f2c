import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { LOCALES, type Locale } from '../core/locale.ts';
import { findNearest, suggest } from '../core/nearest.ts';
import { parseJson } from './json-problems.ts';
import { MESSAGE_KINDS } from './message.ts';
import { findUnknownPlaceholders } from './placeholders.ts';
import {
  findMissingPlaceholders,
  overrideSmsWords,
  type PartialSmsWords,
  partialSmsWordsSchema,
  type SmsWords,
  smsPlaceholders,
  smsWordsSchema,
} from './sms-words.ts';
import {
  overrideWords,
  type PartialWords,
  partialWordsSchema,
  type Words,
  wordPlaceholders,
  wordsSchema,
} from './words.ts';

/** assets/ is next to both src/ and dist/, so the relative path is the same. */
const DEFAULTS = fileURLToPath(new URL('../../assets/messages/', import.meta.url));

/** Files of templates and texts that cannot be used: `problems` has all of them, one line each. */
export class InvalidMessageFiles extends Error {
  override readonly name = 'InvalidMessageFiles';
  constructor(readonly problems: readonly string[]) {
    super(['the files in MESSAGE_TEMPLATES cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** The built-in files and those of the operator, which replace them. */
export interface MessageFiles {
  words: ReadonlyMap<Locale, Words>;
  smsWords: ReadonlyMap<Locale, SmsWords>;
  /** The file of a template: the operator's, or the built-in one. */
  template(name: string): { file: string; text: string };
  isOverridden(name: string): boolean;
}

const FILE_NAMES: readonly string[] = [
  ...['message', ...MESSAGE_KINDS].flatMap((name) => [`${name}.html.eta`, `${name}.txt.eta`]),
  ...LOCALES.flatMap((locale) => [`words.${locale}.json`, `sms.${locale}.json`]),
];

/** A file of texts. */
interface Format<T, Partial> {
  schema: z.ZodType<T>;
  /** The schema of a file in the operator's directory. */
  partial: z.ZodType<Partial>;
  override(defaults: T, own: Partial): T;
  /** @param content as parsed, perhaps not in the right format */
  findProblems(content: unknown): string[];
}

const WORDS: Format<Words, PartialWords> = {
  schema: wordsSchema,
  partial: partialWordsSchema,
  override: overrideWords,
  findProblems: (content) => findUnknownPlaceholders(content, wordPlaceholders),
};

const SMS_WORDS: Format<SmsWords, PartialSmsWords> = {
  schema: smsWordsSchema,
  partial: partialSmsWordsSchema,
  override: overrideSmsWords,
  findProblems: (content) => [
    ...findUnknownPlaceholders(content, smsPlaceholders),
    ...findMissingPlaceholders(content),
  ],
};

/**
 * Reads all files.
 * @param report is called with each problem in the operator's files; the built-in text is used instead
 */
export function readMessageFiles(directory: string | undefined, report: (problem: string) => void): MessageFiles {
  const overrides = new Set(directory === undefined ? [] : listOverrides(directory, report));
  const readOwn = (file: string) =>
    overrides.has(file) ? readText(join(directory ?? '', file), (problem) => report(`${file} ${problem}`)) : undefined;
  const readDefault = (file: string): unknown => JSON.parse(readFileSync(join(DEFAULTS, file), 'utf8'));

  /** The built-in texts, with the operator's in their place. */
  function readTexts<T, Partial>(file: string, format: Format<T, Partial>): T {
    const defaults = format.schema.parse(readDefault(file));
    const own = readOwn(file);
    if (own === undefined) return defaults;
    const { content, value, problems } = parseJson(own, format.partial);
    for (const problem of [...problems, ...format.findProblems(content)]) report(`${file}: ${problem}`);
    return value ? format.override(defaults, value) : defaults;
  }

  return {
    words: new Map(LOCALES.map((locale) => [locale, readTexts(`words.${locale}.json`, WORDS)])),
    smsWords: new Map(LOCALES.map((locale) => [locale, readTexts(`sms.${locale}.json`, SMS_WORDS)])),
    template: (file) => ({ file, text: readOwn(file) ?? readFileSync(join(DEFAULTS, file), 'utf8') }),
    isOverridden: (file) => overrides.has(file),
  };
}

/** Without a byte order mark, which editors for Windows write. Undefined, with a report, if it is no text. */
function readText(path: string, report: (problem: string) => void): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    report(/^E[A-Z]+$/.test(code) ? `cannot be read (${code})` : 'is not in UTF-8');
    return undefined;
  }
}

/** Names like ours with another ending or in other letters, and everything that ends like ours. */
const MEANT_FOR_US = new RegExp(
  `^(?:${['words', 'sms', 'message', ...MESSAGE_KINDS].join('|')})[._-]|\\.(?:eta|json)$`,
  'i',
);
/** Names of backup files that editors make. */
const BACKUP = /~$|\.(?:bak|orig|old|sw[op])$/i;

/** Reports unknown names: a misspelt file would silently have no effect. */
function listOverrides(directory: string, report: (problem: string) => void): string[] {
  const found = readdirSync(directory).filter(
    (file) => MEANT_FOR_US.test(file) && !BACKUP.test(file) && !file.startsWith('.'),
  );
  for (const file of found.filter((name) => !FILE_NAMES.includes(name)))
    report(`${file} is not the name of a template or of texts${suggest(findNearest(file.toLowerCase(), FILE_NAMES))}`);
  return found.filter((file) => FILE_NAMES.includes(file));
}

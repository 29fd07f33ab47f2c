import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES, type Locale } from '../core/locale.ts';
import { findNearest, suggest } from '../core/nearest.ts';
import { findUnknownPlaceholders, parseJson } from './json-problems.ts';
import { MESSAGE_KINDS } from './message.ts';
import {
  findMissingPlaceholders,
  overrideSmsWords,
  partialSmsWordsSchema,
  type SmsWords,
  smsPlaceholders,
  smsWordsSchema,
} from './sms-words.ts';
import { overrideWords, partialWordsSchema, type Words, wordPlaceholders, wordsSchema } from './words.ts';

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

/**
 * Reads all files.
 * @param report is called with each problem in the operator's files; the built-in text is used instead
 */
export function readMessageFiles(directory: string | undefined, report: (problem: string) => void): MessageFiles {
  const overrides = new Set(directory === undefined ? [] : listOverrides(directory, report));
  const readOwn = (file: string) =>
    overrides.has(file) ? readFileSync(join(directory ?? '', file), 'utf8') : undefined;
  const readDefault = (file: string): unknown => JSON.parse(readFileSync(join(DEFAULTS, file), 'utf8'));
  const reportFor = (file: string) => (problem: string) => report(`${file}: ${problem}`);

  function readWords(locale: Locale): Words {
    const file = `words.${locale}.json`;
    const defaults = wordsSchema.parse(readDefault(file));
    const own = readOwn(file);
    if (own === undefined) return defaults;
    const { content, value, problems } = parseJson(own, partialWordsSchema);
    [...problems, ...findUnknownPlaceholders(content, wordPlaceholders)].forEach(reportFor(file));
    return value ? overrideWords(defaults, value) : defaults;
  }

  function readSmsWords(locale: Locale): SmsWords {
    const file = `sms.${locale}.json`;
    const defaults = smsWordsSchema.parse(readDefault(file));
    const own = readOwn(file);
    if (own === undefined) return defaults;
    const { content, value, problems } = parseJson(own, partialSmsWordsSchema);
    const missing = findMissingPlaceholders(content);
    [...problems, ...findUnknownPlaceholders(content, smsPlaceholders), ...missing].forEach(reportFor(file));
    return value ? overrideSmsWords(defaults, value) : defaults;
  }

  return {
    words: new Map(LOCALES.map((locale) => [locale, readWords(locale)])),
    smsWords: new Map(LOCALES.map((locale) => [locale, readSmsWords(locale)])),
    template: (file) => ({ file, text: readOwn(file) ?? readFileSync(join(DEFAULTS, file), 'utf8') }),
    isOverridden: (file) => overrides.has(file),
  };
}

/** Reports unknown names: a misspelt file would silently have no effect. */
function listOverrides(directory: string, report: (problem: string) => void): string[] {
  const found = readdirSync(directory).filter((file) => /\.(eta|json)$/.test(file));
  for (const file of found.filter((name) => !FILE_NAMES.includes(name)))
    report(`${file} is not the name of a template or of texts${suggest(findNearest(file, FILE_NAMES))}`);
  return found.filter((file) => FILE_NAMES.includes(file));
}

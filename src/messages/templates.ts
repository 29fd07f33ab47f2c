import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta/core';
import { LOCALES, type Locale } from '../core/locale.ts';
import { MESSAGE_KINDS, type MessageKind } from './message.ts';
import { overrideWords, partialWordsSchema, type Words, wordsSchema } from './words.ts';

/** assets/ is next to both src/ and dist/, so the relative path is the same. */
const DEFAULTS = fileURLToPath(new URL('../../assets/messages/', import.meta.url));

export type Part = 'html' | 'txt';

export interface Templates {
  /** The name or host of the service. */
  site: string;
  words(locale: Locale): Words;
  fill(kind: MessageKind, part: Part, view: object): string;
}

interface Options {
  /** Each file here replaces the default file of the same name. */
  directory: string | undefined;
  site: string;
}

/**
 * Reads and compiles all files now, so that a broken or misnamed file prevents startup instead of failing a message.
 * docs/operation.md lists the file names.
 */
export function createTemplates({ directory, site }: Options): Templates {
  const overrides = directory === undefined ? new Set<string>() : listOverrides(directory);
  const read = (file: string) =>
    readFileSync(join(directory !== undefined && overrides.has(file) ? directory : DEFAULTS, file), 'utf8');

  const words = new Map(
    LOCALES.map((locale) => {
      const file = `words.${locale}.json`;
      const defaults = wordsSchema.parse(JSON.parse(readFileSync(join(DEFAULTS, file), 'utf8')));
      return [locale, overrides.has(file) ? readOverrides(defaults, file, read(file)) : defaults] as const;
    }),
  );
  const engines = {
    // Plain text is not escaped: mail programs interpret nothing in it.
    txt: new Eta({ autoEscape: false, autoTrim: false }),
    html: new Eta({ autoEscape: true }),
  };
  const compiled = new Map(
    MESSAGE_KINDS.flatMap((kind) =>
      (['html', 'txt'] as const).map((part) => {
        const file = overrides.has(`${kind}.${part}.eta`) ? `${kind}.${part}.eta` : `message.${part}.eta`;
        return [`${kind}.${part}`, nameFileInErrors(file, () => engines[part].compile(read(file)))] as const;
      }),
    ),
  );

  return {
    site,
    words: (locale) => required(words.get(locale)),
    fill: (kind, part, view) => engines[part].render(required(compiled.get(`${kind}.${part}`)), view),
  };
}

const readOverrides = (defaults: Words, file: string, json: string): Words =>
  nameFileInErrors(file, () => overrideWords(defaults, partialWordsSchema.parse(JSON.parse(json))));

/** Rejects unknown names: a misspelt file would silently have no effect. */
function listOverrides(directory: string): Set<string> {
  const names = ['message', ...MESSAGE_KINDS].flatMap((name) => [`${name}.html.eta`, `${name}.txt.eta`]);
  names.push(...LOCALES.map((locale) => `words.${locale}.json`));
  const found = readdirSync(directory).filter((file) => /\.(eta|json)$/.test(file));
  const unknown = found.filter((file) => !names.includes(file));
  if (unknown.length > 0) {
    throw new Error(`${directory}: unknown template ${unknown.join(', ')}. Use one of ${names.join(', ')}.`);
  }
  return new Set(found);
}

function nameFileInErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a language or a kind of message was not read');
  return value;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta/core';
import { LOCALES, type Locale } from '../core/locale.ts';
import { MESSAGE_KINDS, type MessageKind } from './message.ts';
import { overrideWords, someWordsSchema, type Words, wordsSchema } from './words.ts';

/** assets/ lies beside src/ and beside dist/, so the way there is the same from both. */
const OURS = fileURLToPath(new URL('../../assets/messages/', import.meta.url));

export type Part = 'html' | 'txt';

export interface Templates {
  /** Who writes: a name or a host. */
  site: string;
  words(locale: Locale): Words;
  fill(kind: MessageKind, part: Part, view: object): string;
}

interface Options {
  /** Files here take precedence over ours, one by one. */
  directory: string | undefined;
  site: string;
}

/**
 * Reads and compiles everything at once, so that a broken or misnamed file stops the start and not a message.
 * Known names: message.html.eta and message.txt.eta for every kind of message, <kind>.html.eta and <kind>.txt.eta for
 * one, words.<language>.json for the texts (those that it holds; the others stay ours).
 */
export function createTemplates({ directory, site }: Options): Templates {
  const theirs = directory === undefined ? new Set<string>() : known(directory);
  const read = (file: string) =>
    readFileSync(join(directory !== undefined && theirs.has(file) ? directory : OURS, file), 'utf8');

  const words = new Map(
    LOCALES.map((locale) => {
      const file = `words.${locale}.json`;
      const ours = wordsSchema.parse(JSON.parse(readFileSync(join(OURS, file), 'utf8')));
      return [locale, theirs.has(file) ? overridden(ours, file, read(file)) : ours] as const;
    }),
  );
  const engines = {
    // Text is not escaped: there is nothing in it that a mail program interprets.
    txt: new Eta({ autoEscape: false, autoTrim: false }),
    html: new Eta({ autoEscape: true }),
  };
  const compiled = new Map(
    MESSAGE_KINDS.flatMap((kind) =>
      (['html', 'txt'] as const).map((part) => {
        const file = theirs.has(`${kind}.${part}.eta`) ? `${kind}.${part}.eta` : `message.${part}.eta`;
        return [`${kind}.${part}`, attempt(file, () => engines[part].compile(read(file)))] as const;
      }),
    ),
  );

  return {
    site,
    words: (locale) => existing(words.get(locale)),
    fill: (kind, part, view) => engines[part].render(existing(compiled.get(`${kind}.${part}`)), view),
  };
}

const overridden = (ours: Words, file: string, json: string): Words =>
  attempt(file, () => overrideWords(ours, someWordsSchema.parse(JSON.parse(json))));

/** The names in the directory. A misspelt one would silently be of no effect. */
function known(directory: string): Set<string> {
  const names = ['message', ...MESSAGE_KINDS].flatMap((name) => [`${name}.html.eta`, `${name}.txt.eta`]);
  names.push(...LOCALES.map((locale) => `words.${locale}.json`));
  const found = readdirSync(directory).filter((file) => /\.(eta|json)$/.test(file));
  const strangers = found.filter((file) => !names.includes(file));
  if (strangers.length > 0) {
    throw new Error(`${directory}: no template is called ${strangers.join(', ')}. The names are ${names.join(', ')}.`);
  }
  return new Set(found);
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('every language and every kind of message has been read');
  return value;
}

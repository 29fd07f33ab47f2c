import { Eta } from 'eta/core';
import type { Locale } from '../core/locale.ts';
import { MESSAGE_KINDS, type MessageKind } from './message.ts';
import { InvalidMessageFiles, readMessageFiles } from './message-files.ts';
import type { Product } from './product.ts';
import type { SmsWords } from './sms-words.ts';
import { findTemplateProblems, firstLines } from './template-check.ts';
import { type Words, wordsSchema } from './words.ts';

export type Part = 'html' | 'txt';

export interface Templates {
  product: Product;
  words(locale: Locale): Words;
  /** The words of text messages. */
  smsWords(locale: Locale): SmsWords;
  fill(kind: MessageKind, part: Part, view: object): string;
}

interface Options {
  /** Each file here replaces the built-in file of the same name. */
  directory: string | undefined;
  product: Product;
}

/**
 * Reads and compiles all files now, so that a broken or misnamed file prevents startup instead of failing a message.
 * docs/messages.md lists the files. Throws InvalidMessageFiles with all problems.
 */
export function createTemplates({ directory, product }: Options): Templates {
  const problems: string[] = [];
  const files = readMessageFiles(directory, (problem) => problems.push(problem));
  const engines = {
    // Plain text is not escaped: mail programs interpret nothing in it.
    txt: new Eta({ autoEscape: false, autoTrim: false }),
    html: new Eta({ autoEscape: true }),
  };
  const compile = (kind: MessageKind, part: Part) => {
    const own = `${kind}.${part}.eta`;
    const { file, text } = files.template(files.isOverridden(own) ? own : `message.${part}.eta`);
    try {
      const compiled = engines[part].compile(text);
      // The built-in ones are tested.
      const found = files.isOverridden(file)
        ? findTemplateProblems(kind, product, (view) => engines[part].render(compiled, view))
        : [];
      problems.push(...found.map((problem) => `${file}: ${problem}`));
      return compiled;
    } catch (error) {
      problems.push(`${file}: ${firstLines(error)}`);
      return undefined;
    }
  };
  const compiled = new Map(
    MESSAGE_KINDS.flatMap((kind) =>
      (['html', 'txt'] as const).map((part) => [`${kind}.${part}`, compile(kind, part)] as const),
    ),
  );
  if (problems.length > 0) throw new InvalidMessageFiles([...new Set(problems)]);

  const words = new Map([...files.words].map(([locale, own]) => [locale, nameProduct(own, product)]));
  return {
    product,
    words: (locale) => required(words.get(locale)),
    smsWords: (locale) => required(files.smsWords.get(locale)),
    fill: (kind, part, view) => engines[part].render(required(compiled.get(`${kind}.${part}`)), view),
  };
}

/** Replaces what is the same in every message. */
function nameProduct(words: Words, { name, support = '' }: Product): Words {
  const values: Record<string, string> = { site: name, product: name, support };
  const fill = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.replace(/\{(\w+)\}/g, (placeholder, word) => values[word] ?? placeholder) : value;
  return wordsSchema.parse(JSON.parse(JSON.stringify(words), fill));
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a language or a kind of message was not read');
  return value;
}

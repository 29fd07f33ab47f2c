import { describe, expect, test } from 'vitest';
import { read, type Source, sources } from './sources.ts';

const FILE_MAX_LINES = 250;
const FACTORY_MAX_LINES = 80;

const RULES = {
  file: `a file has at most ${FILE_MAX_LINES} lines`,
  factory: `a factory has at most ${FACTORY_MAX_LINES} lines`,
  interface: 'an interface is written above its factory, not inferred from it',
} as const;

/** Files that may break a rule, and why. */
const EXCEPTIONS: Record<string, string> = {
  [`infra/db/tables.ts: ${RULES.file}`]: 'the data model on one page',
};

const FACTORY = /^export (?:async )?function create[\s\S]*?^\}$/gm;
const INFERRED = /\bReturnType<typeof create\w+/;

/** A group of services in the composition root lists interfaces that are defined elsewhere. */
const isInRoot = (file: string): boolean => /^app[/.]/.test(file);

const countLines = (text: string): number => text.trimEnd().split('\n').length;

function findings(of: readonly Source[]): string[] {
  return of.flatMap(({ file, text, code }) => {
    const factories = [...text.matchAll(FACTORY)].map(([factory]) => countLines(factory));
    const broken = [
      countLines(text) > FILE_MAX_LINES && RULES.file,
      factories.some((lines) => lines > FACTORY_MAX_LINES) && RULES.factory,
      INFERRED.test(code) && !isInRoot(file) && RULES.interface,
    ];
    return broken.filter((rule) => rule !== false).map((rule) => `${file}: ${rule}`);
  });
}

describe('files and factories', () => {
  const allowed = Object.keys(EXCEPTIONS);

  test('stay within their limits', () => {
    expect(findings(sources).filter((finding) => !allowed.includes(finding))).toEqual([]);
  });

  test('need every exception', () => {
    const found = findings(sources);
    expect(allowed.filter((exception) => !found.includes(exception))).toEqual([]);
  });

  const lines = (count: number) => 'x;\n'.repeat(count);
  test.each([
    ['a long file', lines(251), [RULES.file]],
    ['a file of the greatest length', lines(250), []],
    ['a long factory', `export function createA({\n  b,\n}: B): A {\n${lines(77)}}\n`, [RULES.factory]],
    ['a long asynchronous factory', `export async function createA<T>() {\n${lines(79)}}\n`, [RULES.factory]],
    ['a factory of the greatest length', `export function createA(): A {\n${lines(78)}}\n`, []],
    ['two factories', `export function createA() {\n${lines(70)}}\nexport function createB() {\n${lines(70)}}\n`, []],
    ['an inferred interface', 'export type A = ReturnType<typeof createA<string>>;', [RULES.interface]],
    ['a comment', '// ReturnType<typeof createA>', []],
  ])('are measured: %s', (_, text, rules) => {
    expect(findings([read('a.ts', text)])).toEqual(rules.map((rule) => `a.ts: ${rule}`));
  });
});

import { describe, expect, test } from 'vitest';
import { read, sourcesOf } from '../support/mobile.ts';

/** Without indentation and empty lines: a block of the page may be part of a nested one. */
const flat = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');

const FILES = ['examples/android', 'examples/ios'].flatMap((folder) =>
  ['.kt', '.kts', '.swift', '.xml', '.json'].flatMap((extension) => [...sourcesOf(folder, extension)]),
);
const EXAMPLES = FILES.map(([, text]) => `\n${flat(text)}\n`);

const PAGE = read('docs/mobile.md');
const BLOCKS = [...PAGE.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', block = '']) => ({
  language,
  block: flat(block),
  first: block.trim().split('\n')[0] ?? '',
}));

describe('docs/mobile.md', () => {
  test.each(BLOCKS)('the $language block "$first" is code of an example', ({ block }) => {
    expect(EXAMPLES.some((source) => source.includes(`\n${block}\n`))).toBe(true);
  });

  test('has blocks of both languages', () => {
    const languages = new Set(BLOCKS.map(({ language }) => language));
    expect(languages).toEqual(new Set(['kotlin', 'swift', 'json', 'xml']));
  });

  test('names only files that an example has', () => {
    const files = FILES.map(([file]) => file);
    const named = [...PAGE.matchAll(/`([\w/.-]+\.(?:kts?|swift|json|xml))`/g)].map(([, file = '']) => file);
    expect(named.filter((file) => !files.some((one) => one === file || one.endsWith(`/${file}`)))).toEqual([]);
    expect(named.length).toBeGreaterThan(15);
  });
});

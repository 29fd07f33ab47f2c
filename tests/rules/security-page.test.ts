import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `| T45 | requirement | tests/api/emails/verification.test.ts |`, several files separated by commas. */
const ROW = /^\| ([TF]\d{2,3}) \| .+ \| (.+) \|$/;
/** Titles end with their numbers in parentheses, `(T68)` or `(T68, T70)`. */
const TITLE = /\(((?:[TF]\d{2,3}(?:, (?=[TF]))?)+)\)['"`]/g;

const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const required = new Map(
  page.split('\n').flatMap((line) => {
    const [, number, files] = ROW.exec(line) ?? [];
    return number && files ? [[number, files.match(/tests\/[\w./-]+\.ts/g) ?? []] as const] : [];
  }),
);

const tested = new Map<string, Set<string>>();
for (const entry of readdirSync(join(ROOT, 'tests'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(test|contract)\.ts$/.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  for (const [title] of readFileSync(file, 'utf8').matchAll(TITLE)) {
    for (const number of title.match(/[TF]\d{2,3}/g) ?? []) {
      tested.set(number, (tested.get(number) ?? new Set()).add(file.slice(ROOT.length)));
    }
  }
}

describe('docs/security.md', () => {
  test.each([...required])('%s is tested in each file that the page names', (number, files) => {
    expect(files).not.toEqual([]);
    expect([...(tested.get(number) ?? [])]).toEqual(expect.arrayContaining([...files]));
  });

  test('lists every number that a test title has', () => {
    expect([...tested.keys()].filter((number) => !required.has(number)).sort()).toEqual([]);
  });
});

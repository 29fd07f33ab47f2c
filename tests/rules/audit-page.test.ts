import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VOCABULARY } from '../../src/features/audit/audit.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const words = (text: string): string[] => [...text.matchAll(/`([\w-]+)`/g)].map(([, word = '']) => word).sort();

/** `| type | recorded | counted | … |`, each word in backquotes. */
const documented = Object.fromEntries(
  [...readFileSync(join(ROOT, 'docs/audit.md'), 'utf8').matchAll(/^\| `([\w-]+)` \|([^|]*)\|([^|]*)\|/gm)].map(
    ([, type = '', recorded = '', counted = '']) =>
      [type, { recorded: words(recorded), counted: words(counted) }] as const,
  ),
);

test('docs/audit.md lists exactly the types and outcomes of the code, and says which are counted', () => {
  const declared = Object.fromEntries(
    Object.entries(VOCABULARY).map(
      ([type, { recorded, counted }]) =>
        [type, { recorded: [...recorded].sort(), counted: [...counted].sort() }] as const,
    ),
  );
  expect(documented).toEqual(declared);
});

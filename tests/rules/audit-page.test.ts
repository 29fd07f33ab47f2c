import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SESSION_ENDS } from '../../src/infra/db/tables.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const words = (text: string, sign: RegExp): string[] => [...text.matchAll(sign)].map(([, word = '']) => word).sort();

/** `| type | outcomes | … |`, each word in backquotes. */
const documented = new Map(
  [...readFileSync(join(ROOT, 'docs/audit.md'), 'utf8').matchAll(/^\| `([\w-]+)` \| ([^|]+) \|/gm)].map(
    ([, type = '', outcomes = '']) => [type, words(outcomes, /`([\w-]+)`/g)] as const,
  ),
);

/** Read from the source, because types do not exist at run time. */
const [, body = ''] = /interface Vocabulary \{\n(.*?)\n\}/s.exec(
  readFileSync(join(ROOT, 'src/features/audit/audit.ts'), 'utf8'),
) ?? [undefined, ''];
const declared = new Map(
  body.split(/;(?:\n|$)/).flatMap((line) => {
    const [, type, outcomes = ''] = /^\s*'?([\w-]+)'?:(.+)$/s.exec(line) ?? [];
    if (!type) return [];
    return [
      [type, outcomes.trim() === 'SessionEnd' ? [...SESSION_ENDS].sort() : words(outcomes, /'([\w-]+)'/g)] as const,
    ];
  }),
);

test('docs/audit.md lists exactly the types and outcomes of the code', () => {
  expect(declared.size).toBeGreaterThan(10);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(declared));
});

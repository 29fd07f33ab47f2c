import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SESSION_ENDS } from '../../src/infra/db/tables.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const words = (text: string, sign: RegExp): string[] => [...text.matchAll(sign)].map(([, word = '']) => word).sort();

/** `| type | outcomes | … |`, each word in backquotes. */
const told = new Map(
  [...readFileSync(join(ROOT, 'docs/audit.md'), 'utf8').matchAll(/^\| `([\w-]+)` \| ([^|]+) \|/gm)].map(
    ([, type = '', outcomes = '']) => [type, words(outcomes, /`([\w-]+)`/g)] as const,
  ),
);

/** The lines of the interface: a type of TypeScript leaves nothing that a test could ask. */
const [, body = ''] = /interface Vocabulary \{\n(.*?)\n\}/s.exec(
  readFileSync(join(ROOT, 'src/features/audit/audit.ts'), 'utf8'),
) ?? [undefined, ''];
const spoken = new Map(
  body.split(/;(?:\n|$)/).flatMap((line) => {
    const [, type, outcomes = ''] = /^\s*'?([\w-]+)'?:(.+)$/s.exec(line) ?? [];
    if (!type) return [];
    return [
      [type, outcomes.trim() === 'SessionEnd' ? [...SESSION_ENDS].sort() : words(outcomes, /'([\w-]+)'/g)] as const,
    ];
  }),
);

test('docs/audit.md tells of every type of event and every outcome, and of no other', () => {
  expect(spoken.size).toBeGreaterThan(10);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(spoken));
});

import { describe, expect, test } from 'vitest';
import { read, type Source, sources } from './sources.ts';

/** Files that still import each other. Remove a line when its cycle is gone; add none. */
const KNOWN = [
  'config.ts',
  'config/checks.ts',
  'config/issuers.ts',
  'config/settings.ts',
  'config/sms.ts',
  'config/social.ts',
  'features/social/providers/facebook.ts',
  'features/social/providers/github.ts',
  'features/social/providers/google.ts',
  'features/social/providers/openid.ts',
  'features/social/providers/registry.ts',
];

/** The files from which imports lead back to themselves. Type imports count: they tie files together as well. */
function inCycles(of: readonly Source[]): string[] {
  const importsOf = new Map(of.map(({ file, imports }) => [file, imports.map(({ from }) => from)]));
  return [...importsOf.keys()].filter((file) => {
    const reached = new Set<string>();
    const next = [...(importsOf.get(file) ?? [])];
    for (let current = next.pop(); current !== undefined; current = next.pop()) {
      if (reached.has(current)) continue;
      reached.add(current);
      next.push(...(importsOf.get(current) ?? []));
    }
    return reached.has(file);
  });
}

describe('import cycles', () => {
  test('there are no new ones', () => {
    expect(inCycles(sources).filter((file) => !KNOWN.includes(file))).toEqual([]);
  });

  test('no exception is left over', () => {
    const files = inCycles(sources);
    expect(KNOWN.filter((file) => !files.includes(file))).toEqual([]);
  });

  test('a cycle of type imports over three files is found', () => {
    const text = (to: string) => `import type { X } from './${to}.ts';`;
    const files = [read('a.ts', text('b')), read('b.ts', text('c')), read('c.ts', text('a')), read('d.ts', text('a'))];
    expect(inCycles(files)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });
});

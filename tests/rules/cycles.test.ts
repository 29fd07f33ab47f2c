import { describe, expect, test } from 'vitest';
import { read, type Source, sources } from './sources.ts';

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
  test('there are none', () => {
    expect(inCycles(sources)).toEqual([]);
  });

  test('a cycle of type imports over three files is found', () => {
    const text = (to: string) => `import type { X } from './${to}.ts';`;
    const files = [read('a.ts', text('b')), read('b.ts', text('c')), read('c.ts', text('a')), read('d.ts', text('a'))];
    expect(inCycles(files)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });
});

import { expect, test } from 'vitest';
import { sources } from './sources.ts';

/** The arguments of each call of a factory, such as `createLogin({ db, audit })`. */
function argumentsOfFactories(code: string): string[] {
  return [...code.matchAll(/\bcreate[A-Z]\w*\(/g)].map(({ index, 0: call }) => {
    const start = index + call.length;
    let depth = 1;
    let end = start;
    for (; depth > 0 && end < code.length; end++) depth += code[end] === '(' ? 1 : code[end] === ')' ? -1 : 0;
    return `${call}${code.slice(start, end)}`;
  });
}

const isInRoot = (file: string): boolean => /^app[/.]/.test(file);

// The compiler finds a dependency that a factory does not declare in an object literal, but not behind a spread.
test('factories are passed their dependencies by name, without spreads', () => {
  const calls = sources.filter(({ file }) => isInRoot(file)).flatMap(({ code }) => argumentsOfFactories(code));
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.filter((call) => call.includes('...'))).toEqual([]);
});

test('a spread in the arguments of a factory is found', () => {
  const code = 'const a = createA({ b: createB(c), ...rest });';
  expect(argumentsOfFactories(code)).toEqual(['createA({ b: createB(c), ...rest })', 'createB(c)']);
});

import { expect, test } from 'vitest';
import { createRequestScheduler } from '../../src/http/request-scheduler.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('runs a limited number of requests in each turn of the event loop, in order (F10)', async () => {
  const pass = createRequestScheduler(3);
  const passed: number[] = [];
  for (let number = 0; number < 8; number++) pass(() => passed.push(number));
  const seen = [[...passed]];
  for (let turns = 0; turns < 3; turns++) {
    await turn();
    seen.push([...passed]);
  }
  expect(seen).toEqual([
    [0, 1, 2],
    [0, 1, 2, 3, 4, 5],
    [0, 1, 2, 3, 4, 5, 6, 7],
    [0, 1, 2, 3, 4, 5, 6, 7],
  ]);
});

test('a few requests run immediately', async () => {
  const pass = createRequestScheduler(2);
  for (let turns = 0; turns < 5; turns++) {
    let passed = 0;
    for (let number = 0; number < 2; number++) pass(() => (passed += 1));
    expect(passed).toBe(2);
    await turn();
  }
});

test('later requests do not overtake waiting ones', async () => {
  const pass = createRequestScheduler(1);
  const passed: string[] = [];
  for (const name of ['a', 'b', 'c']) pass(() => passed.push(name));
  await turn();
  pass(() => passed.push('d'));
  for (let turns = 0; turns < 4; turns++) await turn();
  expect(passed).toEqual(['a', 'b', 'c', 'd']);
});

import { expect, test } from 'vitest';
import { createRequestScheduler } from '../../src/http/request-scheduler.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('runs a limited number of requests in each turn of the event loop, in order (F10)', async () => {
  const schedule = createRequestScheduler(3);
  const ran: number[] = [];
  for (let number = 0; number < 8; number++) schedule(() => ran.push(number));
  const seen = [[...ran]];
  for (let turns = 0; turns < 3; turns++) {
    await nextTurn();
    seen.push([...ran]);
  }
  expect(seen).toEqual([
    [0, 1, 2],
    [0, 1, 2, 3, 4, 5],
    [0, 1, 2, 3, 4, 5, 6, 7],
    [0, 1, 2, 3, 4, 5, 6, 7],
  ]);
});

test('starts requests immediately while there are few', async () => {
  const schedule = createRequestScheduler(2);
  for (let turns = 0; turns < 5; turns++) {
    let ran = 0;
    for (let number = 0; number < 2; number++) schedule(() => (ran += 1));
    expect(ran).toBe(2);
    await nextTurn();
  }
});

test('a new request does not overtake waiting ones', async () => {
  const schedule = createRequestScheduler(1);
  const ran: string[] = [];
  for (const name of ['a', 'b', 'c']) schedule(() => ran.push(name));
  await nextTurn();
  schedule(() => ran.push('d'));
  for (let turns = 0; turns < 4; turns++) await nextTurn();
  expect(ran).toEqual(['a', 'b', 'c', 'd']);
});

import { beforeEach, expect, test } from 'vitest';
import { after, HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import { createHourCounts } from '../../src/features/statistics/hour-counts.ts';

const START = new Date('2026-11-20T09:00:00.000Z');
let now: Date;
let counted: Date[];
let atOnce: number;
let failure: Error | undefined;
beforeEach(() => {
  now = START;
  counted = [];
  atOnce = 0;
  failure = undefined;
});

function open() {
  let running = 0;
  return createHourCounts({
    clock: { now: () => now },
    async count(since) {
      counted.push(since);
      atOnce = Math.max(atOnce, ++running);
      await new Promise(setImmediate);
      running--;
      if (failure) throw failure;
      return [since.getTime()];
    },
  });
}
const hoursBefore = (...hours: number[]) => hours.map((hour) => after(START, -hour * HOUR));

test('concurrent callers wait for one count at a time, and each hour is counted once', async () => {
  const { read } = open();
  const calls = Array.from({ length: 20 }, (_, index) => read(hoursBefore(...(index % 2 ? [3, 2] : [4, 3, 2]))));
  for (const [index, found] of (await Promise.all(calls)).entries())
    expect(found.map(([time]) => time)).toEqual(
      hoursBefore(...(index % 2 ? [3, 2] : [4, 3, 2])).map((hour) => hour.getTime()),
    );
  expect(counted).toEqual(hoursBefore(4, 3, 2));
  expect(atOnce).toBe(1);
});

test('callers who wait get the error of the database, and the next one counts again', async () => {
  const { read } = open();
  failure = new Error('canceling statement due to statement timeout');
  const calls = Array.from({ length: 5 }, () => read(hoursBefore(3, 2)));
  expect(new Set((await Promise.allSettled(calls)).map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(counted).toEqual(hoursBefore(3));
  failure = undefined;
  await read(hoursBefore(3, 2));
  expect(counted).toEqual(hoursBefore(3, 3, 2));
});

test('an hour that has just ended is counted again, because some of its events are written later', async () => {
  const { read } = open();
  const last = hoursBefore(1);
  await read(last);
  now = after(now, 31 * SECOND);
  await read(last);
  now = after(now, MINUTE);
  await read(last);
  now = after(now, MINUTE);
  await read(last);
  expect(counted).toHaveLength(3);
});

test('hours older than a week are forgotten', async () => {
  const { read } = open();
  await read(hoursBefore(168, 2));
  now = after(now, 2 * HOUR);
  await read(hoursBefore(2));
  await read(hoursBefore(168));
  expect(counted).toEqual(hoursBefore(168, 2, 168));
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MINUTE } from '../../src/core/clock.ts';
import { startHousekeeping } from '../../src/features/housekeeping/housekeeping.service.ts';
import { recordingLog } from '../support/log.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('expired rows are deleted every five minutes at the earliest, and a failure stops nothing else', async () => {
  const { log, lines } = recordingLog();
  const pruned: string[] = [];
  const sweeps = {
    broken: () => Promise.reject(new Error('the database is down')),
    audit: async () => pruned.push('audit') && 0,
    sessions: async () => pruned.push('sessions') && 0,
  };
  const housekeeping = startHousekeeping(sweeps, { log, random: () => 0 });
  await vi.advanceTimersByTimeAsync(5 * MINUTE - 1);
  expect(pruned).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(pruned).toEqual(['audit', 'sessions']);
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(pruned).toEqual(['audit', 'sessions', 'audit', 'sessions']);
  expect(lines.filter((line) => line.includes('rows were not deleted or updated'))).toHaveLength(2);
  await housekeeping.close();
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(pruned).toHaveLength(4);
});

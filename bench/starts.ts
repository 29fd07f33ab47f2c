import { join } from 'node:path';
import { temporaryDirectory } from '../tests/support/server-process.ts';
import { onEveryCore } from './machine.ts';
import { startLatchkey } from './program.ts';
import { median } from './table.ts';

/** Measures starts with the embedded database, as with `npm start`: the first with a new directory, and a later one. */
export async function measureStarts(directory: string, times: number): Promise<string[]> {
  const first: number[] = [];
  const later: number[] = [];
  for (let time = 0; time < times; time++) {
    const env = { DATA_DIR: join(temporaryDirectory('bench-data'), 'data'), LOG_LEVEL: 'warn' };
    for (const times of [first, later]) {
      const program = await startLatchkey({ place: onEveryCore, directory, env });
      times.push(program.readyAfter);
      await program.stop();
    }
  }
  const words = (times: readonly number[]) =>
    `${median(times).toFixed(0)} ms, at most ${Math.max(...times).toFixed(0)}`;
  return [
    `Start to ready, embedded, first: ${words(first)} (target 5000)`,
    `Start to ready, embedded, later: ${words(later)} (target 1500)`,
  ];
}

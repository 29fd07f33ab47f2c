import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { temporaryDirectory } from './server-process.ts';

const STOPWATCH = readFileSync(new URL('own-time.ts', import.meta.url), 'utf8');

/**
 * Measures a program's own time, so that a busy machine fails no deadline.
 * @returns options for Node.js, and a function that reads the milliseconds after the program has ended
 */
export function recordOwnTime(): { node: string[]; read(): number } {
  const directory = temporaryDirectory('own-time');
  const [script, result] = [join(directory, 'record.mjs'), join(directory, 'milliseconds')];
  const { code } = transformSync(STOPWATCH, { loader: 'ts' });
  const atExit = `process.once('exit', () => writeFileSync(${JSON.stringify(result)}, String(ownTime())));`;
  writeFileSync(script, `import { writeFileSync } from 'node:fs';\n${code}\n${atExit}\n`);
  return { node: ['--import', script], read: () => Number(readFileSync(result, 'utf8')) };
}

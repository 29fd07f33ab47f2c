import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../tests/support/ports.ts';
import { temporaryDirectory } from '../tests/support/server-process.ts';

export interface Program {
  port: number;
  pid: number;
  /** Milliseconds from the start of the process until /readyz said yes. */
  readyAfter: number;
  /** The end of its log. */
  lastWords(): string;
  stop(): Promise<void>;
}

interface Options {
  /** Turns Node's arguments into a command line. */
  place: (args: readonly string[]) => [string, string[]];
  /** The directory of the compiled program. */
  directory: string;
  env: Record<string, string>;
}

const PATIENCE = 30_000;

/** `latchkey serve` as a supervisor would run it, its log in a file. Resolves when it is ready. */
export async function startLatchkey({ place, directory, env }: Options): Promise<Program> {
  const port = await freePort();
  const home = temporaryDirectory('bench');
  const log = join(home, 'log');
  const output = openSync(log, 'a');
  const began = performance.now();
  const [command, args] = place([join(directory, 'cli.js'), 'serve']);
  const child = spawn(command, args, {
    cwd: home,
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ['ignore', output, output],
  });
  const lastWords = () => readFileSync(log, 'utf8').slice(-4_000);
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end); // Of a run that breaks off, too.
  const ended = once(child, 'exit').finally(() => process.off('exit', end));
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() > began + PATIENCE) {
      child.kill('SIGKILL');
      throw new Error(`latchkey serve does not become ready:\n${lastWords()}`);
    }
    await sleep(5);
  }
  return {
    port,
    pid: child.pid as number, // It runs.
    readyAfter: performance.now() - began,
    lastWords,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    (response) => response.ok,
    () => false,
  );

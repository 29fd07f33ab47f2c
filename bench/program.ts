import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../tests/support/ports.ts';
import { temporaryDirectory } from '../tests/support/server-process.ts';
import type { Place } from './machine.ts';

export interface Program {
  port: number;
  pid: number;
  /** Milliseconds from process start until /readyz returned 200. */
  readyAfter: number;
  /** The last lines of its log. */
  logTail(): string;
  stop(): Promise<void>;
}

interface Options {
  place: Place;
  /** The directory of the compiled program. */
  directory: string;
  env: Record<string, string>;
}

/** Milliseconds. */
const READY_TIMEOUT = 30_000;

/** Starts `latchkey serve` as a supervisor would, logging to a file. Resolves when it is ready. */
export async function startLatchkey({ place, directory, env }: Options): Promise<Program> {
  const port = await freePort();
  const home = temporaryDirectory('bench');
  const log = join(home, 'log');
  const output = openSync(log, 'a');
  const began = performance.now();
  const [command, args] = place([join(directory, 'cli.cjs'), 'serve']);
  const child = spawn(command, args, {
    cwd: home,
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ['ignore', output, output],
  });
  const logTail = () => readFileSync(log, 'utf8').slice(-4_000);
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end); // Also if the run is aborted.
  const ended = once(child, 'exit').finally(() => process.off('exit', end));
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() > began + READY_TIMEOUT) {
      child.kill('SIGKILL');
      throw new Error(`latchkey serve did not become ready:\n${logTail()}`);
    }
    await sleep(5);
  }
  return {
    port,
    pid: child.pid as number, // The process is running.
    readyAfter: performance.now() - began,
    logTail,
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

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/ports.ts';
import { bundledCli } from '../support/program.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

/** Makes a process the first of its namespace, as in a container. */
const UNSHARE = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child'];

function canUnshare(): boolean {
  try {
    execFileSync('unshare', [...UNSHARE, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // Not on Linux, or not permitted.
  }
}

describe.skipIf(!canUnshare())('the first process of a container', STARTS_PROGRAMS, () => {
  let outer: ChildProcess | undefined;
  afterEach(() => void outer?.kill('SIGKILL'));

  /** Runs `latchkey serve` as the first process of a namespace. */
  async function serve(env: Record<string, string>) {
    const child = spawn('unshare', [...UNSHARE, process.execPath, await bundledCli(), 'serve'], {
      cwd: temporaryDirectory('cwd'),
      env: { PATH: process.env.PATH, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    outer = child;
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const ended = once(child, 'exit').then(([code]) => code);
    return {
      ended,
      output: () => output,
      signal: (signal: NodeJS.Signals) => {
        const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
        process.kill(Number(children), signal);
      },
    };
  }

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends at %s while it still waits for its database', async (signal, code) => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const service = await serve({ DATABASE_URL: `postgres://latchkey@127.0.0.1:${port}/latchkey` });
    await once(silent, 'connection');
    service.signal(signal);
    expect(await service.ended).toBe(code);
    silent.close();
  });

  test('drains at SIGTERM once it serves', async () => {
    const port = await freePort();
    const service = await serve({ PORT: String(port) });
    await expect.poll(service.output, { timeout: 40_000 }).toContain('"serving"');
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(service.output()).toContain('"drained"');
  });
});

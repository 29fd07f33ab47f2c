import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../tests/support/ports.ts';
import type { HashJob } from './argon2.ts';
import type { Measured } from './load.ts';
import { onServerCore } from './machine.ts';
import { openService } from './service.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export type Servers = Awaited<ReturnType<typeof openServers>>;

/**
 * Starts everything, each in its own process: the measured servers on one core, their dependencies and this process on
 * the other.
 * @param directory the compiled program
 */
export async function openServers(directory: string) {
  const service = await openService({ directory });
  const barePort = await freePort();
  const bare = await startChild('bare.js', String(barePort));
  await once(bare, 'message');
  const argon2 = await startChild('argon2.js');

  return {
    ...service,
    bare: { port: barePort, pid: bare.pid as number }, // The process is running.
    argon2: {
      pid: argon2.pid as number, // The process is running.
      async measure(job: HashJob): Promise<Measured> {
        argon2.send(job);
        const [measured] = await once(argon2, 'message');
        return measured;
      },
    },
    async close() {
      await Promise.all([ended(bare), ended(argon2)]);
      await service.close();
    },
  };
}

/** Starts a program from this directory on the server's core, in production mode like the server. */
async function startChild(file: string, ...args: string[]): Promise<ChildProcess> {
  const [command, argv] = onServerCore([join(HERE, file), ...args]);
  const child = spawn(command, argv, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'spawn');
  child.once('exit', (code) => {
    if (code) throw new Error(`${file} ended with ${code}`);
  });
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}

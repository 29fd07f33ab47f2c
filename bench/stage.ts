import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../tests/support/ports.ts';
import type { Order } from './argon2.ts';
import type { Measured } from './load.ts';
import { onServerCore } from './machine.ts';
import { openService } from './service.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export type Stage = Awaited<ReturnType<typeof openStage>>;

/**
 * Everything that takes part, each a process of its own: the servers that are measured on one core, what they use and
 * this process on the other.
 * @param directory of the compiled program
 */
export async function openStage(directory: string) {
  const service = await openService({ directory });
  const barePort = await freePort();
  const bare = await startChild('bare.js', String(barePort));
  await once(bare, 'message');
  const argon2 = await startChild('argon2.js');

  return {
    ...service,
    bare: { port: barePort, pid: bare.pid as number }, // It runs.
    argon2: {
      pid: argon2.pid as number, // As above.
      async measure(order: Order): Promise<Measured> {
        argon2.send(order);
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

/** A program of this directory on the server's core, in production mode like the server itself. */
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

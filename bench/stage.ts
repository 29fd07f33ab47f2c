import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { freePort } from '../tests/support/ports.ts';
import { startPostgres } from '../tests/support/postgres.ts';
import { startRedis } from '../tests/support/redis.ts';
import { startSmtp } from '../tests/support/smtp.ts';
import type { Order } from './argon2.ts';
import type { Measured } from './load.ts';
import { onServerCore } from './machine.ts';
import { startLatchkey } from './program.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export type Stage = Awaited<ReturnType<typeof openStage>>;

/**
 * Everything that takes part, each a process of its own: PostgreSQL (with fsync), Redis and the mail server beside this
 * process, the servers that are measured on the other core.
 * @param directory of the compiled program
 */
export async function openStage(directory: string) {
  const [database, redis, smtp] = await Promise.all([
    startPostgres({ durable: true, settings: { shared_buffers: '128MB', max_wal_size: '1GB' } }),
    startRedis(),
    startSmtp(),
  ]);
  const env = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://auth.example.com',
    SECRET_KEY: randomBytes(32).toString('base64'),
    DATABASE_URL: database.url,
    REDIS_URL: redis.urls[0],
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Latchkey <no-reply@example.com>',
    TRUSTED_PROXIES: '127.0.0.1/32',
  };
  execFileSync(process.execPath, [join(directory, 'cli.js'), 'migrate'], { env: { PATH: process.env.PATH, ...env } });

  const latchkey = await startLatchkey({ place: onServerCore, directory, env });
  const barePort = await freePort();
  const bare = await startChild('bare.js', String(barePort));
  await once(bare, 'message');
  const argon2 = await startChild('argon2.js');

  return {
    databaseUrl: database.url,
    versions: await versionsOf(database.url),
    latchkey,
    bare: { port: barePort, pid: bare.pid as number }, // It runs.
    smtp,
    argon2: {
      pid: argon2.pid as number, // As above.
      async measure(order: Order): Promise<Measured> {
        argon2.send(order);
        const [measured] = await once(argon2, 'message');
        return measured;
      },
    },
    async close() {
      await Promise.all([latchkey.stop(), ended(bare), ended(argon2)]);
      await Promise.all([database.stop(), redis.stop(), smtp.close()]);
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

async function versionsOf(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql`show server_version`;
  await sql.end();
  const redis = /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1];
  return `PostgreSQL ${row?.server_version}, Redis ${redis}`;
}

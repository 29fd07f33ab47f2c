import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import postgres from 'postgres';
import { startPostgres } from '../tests/support/postgres.ts';
import { startRedis } from '../tests/support/redis.ts';
import { startSmtp } from '../tests/support/smtp.ts';
import { onServerCore, type Place } from './machine.ts';
import { startLatchkey } from './program.ts';

export type Service = Awaited<ReturnType<typeof openService>>;

interface Options {
  /** Directory of the compiled program. */
  directory: string;
  /** Where the program runs: by default on the server's core. */
  place?: Place;
  /** In addition to the required ones. */
  settings?: Record<string, string>;
  /** PostgreSQL's setting; its default is 128MB. */
  sharedBuffers?: string;
  /** Fills the database before the program starts. */
  fill?: (databaseUrl: string) => Promise<void>;
}

/**
 * Starts the program in production mode, and its own PostgreSQL (with fsync), Redis and mail server on this process's core.
 */
export async function openService({
  directory,
  place = onServerCore,
  settings = {},
  sharedBuffers = '128MB',
  fill,
}: Options) {
  const [database, redis, smtp] = await Promise.all([
    startPostgres({ durable: true, settings: { shared_buffers: sharedBuffers, max_wal_size: '1GB' } }),
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
    ...settings,
  };
  execFileSync(process.execPath, [join(directory, 'cli.cjs'), 'migrate'], { env: { PATH: process.env.PATH, ...env } });
  await fill?.(database.url);
  const latchkey = await startLatchkey({ place, directory, env });
  return {
    env,
    latchkey,
    databaseUrl: database.url,
    versions: await readVersions(database.url),
    smtp,
    async close() {
      await latchkey.stop();
      await Promise.all([database.stop(), redis.stop(), smtp.close()]);
    },
  };
}

async function readVersions(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql`show server_version`;
  await sql.end();
  const redis = /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1];
  return `PostgreSQL ${row?.server_version}, Redis ${redis}`;
}

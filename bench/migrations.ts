import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMigrations } from '../src/infra/db/migrations/files.ts';
import { startWriting } from '../tests/support/busy-writer.ts';
import { freshDatabase } from '../tests/support/databases.ts';
import { fill, migrateTo } from '../tests/support/old-database.ts';
import { startPostgres } from '../tests/support/postgres.ts';
import { describeMachine } from './machine.ts';

interface Options {
  /** Directory of the compiled program. */
  directory: string;
  isQuick: boolean;
}

/** Migrations that are applied before the rows exist: 0000 to 0004. Those that follow change every large table. */
const EARLIER = 5;
const ROWS = { quick: 20_000, full: 1_000_000 };
/** Milliseconds in which the same writes are measured without a migration. */
const QUIET_TIME = { quick: 2_000, full: 30_000 };

/** Prints how long `latchkey migrate` takes on large tables, and the longest time that a write took meanwhile. */
export async function measureMigrations({ directory, isQuick }: Options): Promise<void> {
  const length = isQuick ? 'quick' : 'full';
  const rows = ROWS[length];
  const server = await startPostgres({ durable: true, settings: { max_wal_size: '1GB' } });
  try {
    const { url } = await freshDatabase(server.url, { migrated: false });
    await migrateTo(url, EARLIER, 'public', readMigrations(join(directory, '../drizzle')));
    await fill(url, { users: rows, sessions: rows, events: rows });
    console.log(`${describeMachine()}; ${rows.toLocaleString('en')} users, sessions and audit events`);
    const without = await whileWriting(url, () => sleep(QUIET_TIME[length]));
    const began = performance.now();
    const during = await whileWriting(url, () => runMigrate(directory, url));
    console.log(`\nlatchkey migrate: ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    console.log('\n| longest write, ms | before | during `latchkey migrate` |\n|---|---:|---:|');
    for (const [kind, time] of Object.entries(during))
      console.log(`| ${kind} | ${without[kind]?.toFixed(0)} | ${time.toFixed(0)} |`);
  } finally {
    await server.stop();
  }
}

async function whileWriting(url: string, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const writer = await startWriting(url);
  await work();
  return writer.stop();
}

async function runMigrate(directory: string, url: string): Promise<void> {
  const child = spawn(process.execPath, [join(directory, 'cli.cjs'), 'migrate'], {
    env: { PATH: process.env.PATH, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`latchkey migrate ended with ${code}`);
}

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/infra/db/client.ts';
import { loadTestConfig } from '../support/config.ts';
import { temporaryDirectory } from '../support/server-process.ts';

const restore: (() => void)[] = [];
afterEach(() => {
  for (const undo of restore.splice(0)) undo();
});

/** Counts how often this process waits for the disk. */
function countSyncs(): () => number {
  const original = fs.fdatasyncSync;
  let count = 0;
  const replace = (fdatasyncSync: typeof original) => {
    fs.fdatasyncSync = fdatasyncSync;
    syncBuiltinESMExports();
  };
  replace((descriptor) => {
    count += 1;
    original(descriptor);
  });
  restore.push(() => replace(original));
  return () => count;
}

/** How often 20 commits wait for the disk. */
async function syncsOf20Commits(isDurable: boolean): Promise<number> {
  const directory = join(temporaryDirectory('embedded'), 'database');
  const { db, close } = await openDatabase({ kind: 'embedded', directory, isDurable, schema: 'public' });
  await db.execute(sql`create table written (id int)`);
  const syncs = countSyncs();
  for (let id = 0; id < 20; id++) await db.execute(sql`insert into written values (${id})`);
  const count = syncs();
  await close();
  return count;
}

test('in production each commit to the embedded database waits for the disk', async () => {
  const secrets = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com' };
  expect(loadTestConfig(secrets).database).toMatchObject({ isDurable: true });
  expect(await syncsOf20Commits(true)).toBeGreaterThanOrEqual(20);
});

test('in development no commit waits', async () => {
  expect(loadTestConfig({}).database).toMatchObject({ isDurable: false });
  expect(await syncsOf20Commits(false)).toBe(0);
});

import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { startAppOn } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { temporaryDirectory } from '../support/server-process.ts';

const password = 'four gentle owls debate';
const superuser = ['create-superuser', '--email', 'root@example.com', '--password-stdin'];

describe('latchkey backup and restore', () => {
  let stopped: { DATA_DIR: string };
  let backup: string;
  beforeAll(async () => {
    stopped = { DATA_DIR: await dataDirectory() };
    expect(await runCommand(superuser, { env: stopped, input: password })).toMatchObject({ code: 0 });
    backup = join(temporaryDirectory('backup'), 'latchkey.tar.gz');
    expect(await runCommand(['backup', backup], { env: stopped })).toEqual({
      code: 0,
      stdout: `backup written: ${backup}\n`,
      stderr: expect.stringContaining('SECRET_KEY is not in the backup'),
    });
  });
  const newDirectory = () => ({ DATA_DIR: join(temporaryDirectory('data'), 'new') });

  test('a stopped database is written to a file of its owner, and restored elsewhere', async () => {
    expect(statSync(backup).mode & 0o077).toBe(0);
    const elsewhere = newDirectory();
    expect(await runCommand(['restore', backup], { env: elsewhere })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^restored to \S+; its last event is from 20\d\d-/),
      stderr: expect.stringContaining('latchkey sessions end-all'),
    });
    const again = await runCommand(superuser, { env: elsewhere, input: password });
    expect(again.stdout).toMatch(/is now a superuser/);
    writeFileSync(join(elsewhere.DATA_DIR, 'secret'), readFileSync(join(stopped.DATA_DIR, 'secret')));
    await (await startAppOn(elsewhere)).close();
  });

  test('a restore overwrites no database', async () => {
    expect(await runCommand(['restore', backup], { env: stopped })).toMatchObject({
      code: 65,
      stdout: '',
      stderr: expect.stringMatching(/database is not empty: move it away first/),
    });
  });

  test.each([
    ['cut short', (file: string) => truncateSync(file, statSync(file).size >> 1), /is damaged, or is not a backup/],
    ['no backup', (file: string) => writeFileSync(file, 'CREATE TABLE users'), /is damaged, or is not a backup/],
    [
      'another archive',
      (file: string) => writeFileSync(file, gzipSync(Buffer.alloc(4096))),
      /was not restored: it is damaged, or is not a backup of an embedded database/,
    ],
    ['empty', (file: string) => truncateSync(file, 0), /is damaged, or is not a backup/],
  ])('a file that is %s leaves nothing behind', async (_name, damage, message) => {
    const file = join(temporaryDirectory('backup'), 'latchkey.tar.gz');
    copyFileSync(backup, file);
    damage(file);
    const elsewhere = newDirectory();
    const restored = await runCommand(['restore', file], { env: elsewhere });
    expect(restored).toMatchObject({ code: 65, stdout: '', stderr: expect.stringMatching(message) });
    expect(await runCommand(['backup', file], { env: elsewhere })).toMatchObject({ code: 66 });
  });

  test('PostgreSQL is left to its own programs', async () => {
    const env = { DATABASE_URL: 'postgres://localhost/latchkey' };
    for (const command of ['backup', 'restore'])
      expect(await runCommand([command, 'file'], { env })).toMatchObject({
        code: 64,
        stderr: expect.stringContaining('pg_dump'),
      });
  });

  test('a file that cannot be read', async () => {
    expect(await runCommand(['restore', 'missing.tar.gz'], { env: newDirectory() })).toMatchObject({
      code: 66,
      stderr: 'latchkey: missing.tar.gz cannot be read\n',
    });
  });
});

import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startAppOn } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { temporaryDirectory } from '../support/server-process.ts';

const password = 'four gentle owls debate';
const superuser = ['create-superuser', '--email', 'root@example.com', '--password-stdin'];

async function directoryWithSuperuser(): Promise<{ DATA_DIR: string }> {
  const env = { DATA_DIR: await dataDirectory() };
  expect(await runCommand(superuser, { env, input: password })).toMatchObject({ code: 0 });
  return env;
}

describe('latchkey backup and restore', () => {
  test('a stopped database is written to a file of its owner, and restored elsewhere', async () => {
    const env = await directoryWithSuperuser();
    const file = join(temporaryDirectory('backup'), 'latchkey.tar.gz');
    const backup = await runCommand(['backup', file], { env });
    expect(backup).toEqual({
      code: 0,
      stdout: `backup written: ${file}\n`,
      stderr: expect.stringContaining('SECRET_KEY is not in the backup'),
    });
    expect(statSync(file).mode & 0o077).toBe(0);

    const elsewhere = { DATA_DIR: join(temporaryDirectory('data'), 'new') };
    const restored = await runCommand(['restore', file], { env: elsewhere });
    expect(restored).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^restored to \S+; its last event is from 20\d\d-/),
      stderr: expect.stringContaining('latchkey sessions end-all'),
    });
    const again = await runCommand(superuser, { env: elsewhere, input: password });
    expect(again.stdout).toMatch(/is now a superuser/);
  });

  test('a restore overwrites no database', async () => {
    const env = await directoryWithSuperuser();
    const file = join(temporaryDirectory('backup'), 'latchkey.tar.gz');
    await runCommand(['backup', file], { env });
    expect(await runCommand(['restore', file], { env })).toMatchObject({
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
    const env = await directoryWithSuperuser();
    const file = join(temporaryDirectory('backup'), 'latchkey.tar.gz');
    await runCommand(['backup', file], { env });
    damage(file);
    const elsewhere = { DATA_DIR: join(temporaryDirectory('data'), 'new') };
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
    const env = { DATA_DIR: join(temporaryDirectory('data'), 'new') };
    expect(await runCommand(['restore', 'missing.tar.gz'], { env })).toMatchObject({
      code: 66,
      stderr: 'latchkey: missing.tar.gz cannot be read\n',
    });
  });

  test('an app starts on what was restored', async () => {
    const env = await directoryWithSuperuser();
    const file = join(temporaryDirectory('backup'), 'latchkey.tar.gz');
    await runCommand(['backup', file], { env });
    const elsewhere = { DATA_DIR: join(temporaryDirectory('data'), 'new') };
    await runCommand(['restore', file], { env: elsewhere });
    writeFileSync(join(elsewhere.DATA_DIR, 'secret'), readFileSync(join(env.DATA_DIR, 'secret')));
    await (await startAppOn(elsewhere)).close();
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dataDirectory } from '../support/databases.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { importAgain, importFile } from '../support/transfer.ts';

let env: Record<string, string>;
beforeAll(async () => {
  env = { DATA_DIR: await dataDirectory() };
});

const user = (id: string, email: string) => JSON.stringify({ id, email });
const keys = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0])
    .sort();

test('the file of --ids survives other runs: a repeated one, one that fails, and one of another file', async () => {
  const ids = join(temporaryDirectory('ids'), 'ids.csv');
  const options = ['--ids', ids];
  const rows = [user('k1', 'k1@ids.example'), user('=k2', 'k2@ids.example')].join('\n');
  const first = await importFile(env, 'first.jsonl', rows, options);
  expect(first.code).toBe(0);
  const before = readFileSync(ids, 'utf8');
  expect(keys(ids)).toEqual(["'=k2", 'k1']);

  expect((await importAgain(env, first.file, options)).code).toBe(0);
  expect(readFileSync(ids, 'utf8')).toBe(before);

  expect(await importFile(env, 'broken.csv', 'nothing\n', options)).toMatchObject({ code: 65 });
  expect(await importFile(env, 'empty.jsonl', '[]', options)).toMatchObject({ code: 65 });
  expect(readFileSync(ids, 'utf8')).toBe(before);

  expect((await importFile(env, 'second.jsonl', user('k3', 'k3@ids.example'), options)).code).toBe(0);
  expect(keys(ids)).toEqual(["'=k2", 'k1', 'k3']);
  expect(existsSync(`${ids}.new`)).toBe(false);

  const other = join(temporaryDirectory('ids'), 'other.csv');
  writeFileSync(other, 'email\nada@ids.example\n');
  const refused = await importFile(env, 'third.jsonl', user('k4', 'k4@ids.example'), ['--ids', other]);
  expect(refused).toMatchObject({ code: 64, stderr: expect.stringContaining('is not a file that --ids wrote') });
  expect(readFileSync(other, 'utf8')).toBe('email\nada@ids.example\n');
});

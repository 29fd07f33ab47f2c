import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { bundledCli } from '../support/program.ts';
import { findProgram, temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';
import { importCounts } from '../support/transfer.ts';

test.each([
  ['a file that does not exist', ['missing.csv'], 66],
  ['a directory', ['/tmp', '--format', 'csv'], 66],
  ['a file in an unknown format', ['users.txt'], 64],
  ['an unknown format', ['users.csv', '--format', 'xml'], 64],
  ['an unknown field', ['users.csv', '--map', 'age=Age'], 64],
  ['half a mapping', ['users.csv', '--map', 'email'], 64],
  ['an issuer without TLS', ['users.json', '--issuer', 'acme=http://acme.example'], 64],
])('an import with %s is rejected before anything is opened', async (_, args, expected) => {
  const { code, stdout, stderr } = await runCommand(['users', 'import', ...args]);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).not.toBe('');
});

test('an export for Django needs the primary keys, because loaddata would create every user again', async () => {
  const { code, stderr } = await runCommand(['users', 'export', '--format', 'django']);
  expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringContaining('--ids') });
});

test('an import never overwrites its input, and fails at once if its report cannot be written', async () => {
  const file = join(temporaryDirectory('over'), 'a.csv');
  writeFileSync(file, 'email\n');
  for (const option of ['--report', '--ids'])
    expect(await runCommand(['users', 'import', file, option, file])).toMatchObject({ code: 64, stdout: '' });
  expect(readFileSync(file, 'utf8')).toBe('email\n');
  expect(await runCommand(['users', 'import', file, '--report', '/proc/none/a.csv'])).toMatchObject({ code: 66 });
});

/** script(1) from util-linux runs a command in a terminal. On other systems it has other options. */
const terminal = process.platform === 'linux' ? findProgram('script') : undefined;

test.skipIf(!terminal)('on a terminal an import shows a progress bar', STARTS_PROGRAMS, async () => {
  const directory = temporaryDirectory('bar');
  const file = join(directory, 'a.jsonl');
  const rows = Array.from({ length: 2_000 }, (_, n) => JSON.stringify({ email: `person.${n}@bar.example` }));
  writeFileSync(file, rows.join('\n'));
  const cli = await bundledCli();
  const screen = execFileSync(
    String(terminal),
    ['-qec', `${process.execPath} ${cli} users import ${file}`, '/dev/null'],
    { cwd: directory, encoding: 'utf8', env: { PATH: process.env.PATH, DATA_DIR: directory } },
  );
  expect(screen).toMatch(/scanning █{24} 100 %/);
  expect(screen).toMatch(/importing █{24} 100 % {2}\d+ accounts, 0 rejected/);
  expect(screen).toContain(importCounts(2_000, 2_000, 0, 0).trim());
});

test('--delimiter must be one character', async () => {
  const file = join(temporaryDirectory('delimiter'), 'a.csv');
  writeFileSync(file, 'email\n');
  expect(await runCommand(['users', 'import', file, '--delimiter', ', '])).toMatchObject({ code: 64 });
});

import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { runProgram } from '../support/program.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const filesIn = (directory: string): string[] =>
  readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile());

/** The directory of the database with most files: ours. */
const tables = (directory: string): string => join(directory, 'base', '5');

const overwrite = (file: string): void => writeFileSync(file, Buffer.alloc(statSync(file).size, 'Z'));

const DAMAGES: Record<string, (directory: string) => void> = {
  'the version is missing': (directory) => rmSync(join(directory, 'PG_VERSION')),
  'the version is another': (directory) => writeFileSync(join(directory, 'PG_VERSION'), '9.6\n'),
  'the control file is overwritten': (directory) => overwrite(join(directory, 'global/pg_control')),
  'the control file is cut short': (directory) => truncateSync(join(directory, 'global/pg_control'), 100),
  'the write-ahead log is missing': (directory) => {
    for (const file of filesIn(join(directory, 'pg_wal'))) rmSync(file);
  },
  'the tables are missing': (directory) => rmSync(join(directory, 'base'), { recursive: true }),
  'the tables are overwritten': (directory) => {
    for (const file of filesIn(tables(directory))) overwrite(file);
  },
  'it is a file': (directory) => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, '');
  },
};

/** Without a stack trace. */
const REFUSAL = {
  code: 65,
  stdout: '',
  stderr: expect.stringMatching(
    /^latchkey: the embedded database in \S+ cannot be opened: its files are damaged or incomplete.* restore a backup \(latchkey restore FILE\).*\n$/,
  ),
};

test.each(Object.entries(DAMAGES))(
  'a damaged embedded database is named, with what to do: %s',
  async (_name, damage) => {
    const env = { DATA_DIR: await dataDirectory() };
    damage(join(env.DATA_DIR, 'database'));
    expect(await runCommand(['keys', 'list'], { env })).toEqual(REFUSAL);
  },
);

test('the doctor reports a damaged embedded database', async () => {
  const env = { DATA_DIR: await dataDirectory() };
  overwrite(join(env.DATA_DIR, 'database', 'global/pg_control'));
  const doctor = await runCommand(['doctor', '--json'], { env });
  expect(doctor.code).toBe(1);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ healthy: false });
});

test('serve does not start on a damaged database', STARTS_PROGRAMS, async () => {
  const env = { DATA_DIR: await dataDirectory(), PORT: '0' };
  truncateSync(join(env.DATA_DIR, 'database/global/pg_control'), 100);
  const { stdout, ...ended } = await runProgram(['serve'], { env });
  expect({ ...ended, stdout: '' }).toEqual(REFUSAL);
  expect(stdout.trim().split('\n')).toHaveLength(1); // "starting"
});

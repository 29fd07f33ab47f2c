import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { runProgram } from '../support/program.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const manifest: { version: string } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
);

test.each([
  [[]],
  [['serve']],
  [['health']],
  [['migrate']],
  [['create-superuser']],
  [['keys']],
  [['keys', 'list']],
  [['keys', 'rotate']],
  [['doctor']],
  [['sms']],
  [['sms', 'templates']],
  [['schema']],
  [['users']],
  [['users', 'import']],
  [['users', 'export']],
])('latchkey %j --help explains the command and its exit codes', async (command) => {
  const { code, stdout } = await runCommand([...command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(`Usage: ${['latchkey', ...command].join(' ')}`);
  expect(stdout).toMatch(/Exit codes:[\s\S]*64[\s\S]*69[\s\S]*78/);
});

test.each([
  ['--version', [], 0],
  ['schema', [], 0],
  ['keys', ['list'], 0],
  ['sms', ['templates'], 0],
  ['users', ['export'], 0],
  ['doctor', ['--quickly'], 64],
])('latchkey %s %j ends as a process with the same exit code and output', STARTS_PROGRAMS, async (name, more, code) => {
  const env = { DATA_DIR: await dataDirectory() };
  const ended = await runProgram([name, ...more], { env });
  expect(ended.code).toBe(code);
  expect(ended).toEqual(await runCommand([name, ...more], { env }));
});

test('--version prints the package version', async () => {
  expect(await runCommand(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test.each([
  ['no command', []],
  ['an unknown command', ['sreve']],
  ['an unknown option', ['doctor', '--quickly']],
  ['a wait that is not a duration', ['serve', '--wait', 'long']],
  ['a password on the command line', ['create-superuser', '--email', 'a@example.com', '--password', 'hunter2']],
  ['a prefix that is no name', ['schema', '--federation', 'my-auth']],
  ['no terminal to ask for the password', ['create-superuser', '--email', 'a@example.com']],
  ['a password without an address', ['create-superuser', '--password-stdin']],
])('%s exits with 64 and explains the usage on standard error', async (_, command) => {
  const { code, stdout, stderr } = await runCommand(command);
  expect(code).toBe(64);
  expect(stdout).toBe('');
  expect(stderr).not.toBe('');
});

test('schema prints only the schema and needs no settings', async () => {
  const { code, stdout, stderr } = await runCommand(['schema'], { env: { NODE_ENV: 'production', PORT: 'wrong' } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(buildSchema(stdout).getQueryType()?.getFields()).toHaveProperty('me');
});

test('schema --federation prints the subgraph, with a prefix if one is given', async () => {
  const [plain, prefixed] = [
    await runCommand(['schema', '--federation']),
    await runCommand(['schema', '--federation', 'Auth']),
  ];
  expect([plain.code, prefixed.code]).toEqual([0, 0]);
  expect(plain.stdout).toContain('type User @key(fields: "id") {');
  expect(plain.stdout).toContain('\ntype Session {');
  expect(prefixed.stdout).toContain('\ntype AuthSession {');
});

test.each([['serve'], ['migrate'], ['doctor'], ['keys list']])(
  '%s names every invalid setting but no values, and exits with 78 (T86)',
  async (command) => {
    const env = {
      NODE_ENV: 'production',
      SECRET_KEY: 'canary-changeme-canary-changeme-canary-changeme',
      PUBLIC_URL: 'http://canary.example.com',
      OUTBOX_VIEWER: 'on',
      OTP_TLL: 'canary',
    };
    const { code, stdout, stderr } = await runCommand(command.split(' '), { env });
    expect(code).toBe(78);
    for (const name of ['SECRET_KEY', 'PUBLIC_URL', 'OUTBOX_VIEWER', 'OTP_TLL'])
      expect(stdout + stderr).toContain(name);
    expect(stdout + stderr).not.toContain('canary');
  },
);

test('in production serve does not start without SECRET_KEY (T86)', async () => {
  const { code, stderr } = await runCommand(['serve'], {
    env: { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com' },
  });
  expect(code).toBe(78);
  expect(stderr).toMatch(/^SECRET_KEY is required/);
});

test('serve waits for the database no longer than --wait, then exits with 69 (F30)', async () => {
  const env = { DATABASE_URL: 'postgres://user:canary@127.0.0.1:1/none', SECRET_KEY: randomBytes(32).toString('hex') };
  const { code, stdout, stderr } = await runCommand(['serve', '--wait', '1s'], { env });
  expect(code).toBe(69);
  expect(stderr).toBe(
    'latchkey: the database does not respond: connection refused: nothing is listening at that address (ECONNREFUSED); check host and port in DATABASE_URL, and that the server runs\n',
  );
  expect(stdout + stderr).not.toContain('canary');
});

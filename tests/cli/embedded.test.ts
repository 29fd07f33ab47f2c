import { execFile } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startAppOn } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory, useSmallMemory } from '../support/databases.ts';
import { bundledCli, runProgram, startService } from '../support/program.ts';
import { findProgram, temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const password = 'four gentle owls debate';
const env = { DATA_DIR: join(temporaryDirectory('data'), 'new') };

async function login(url: string, identifier: string): Promise<unknown> {
  const query = `mutation ($input: LoginInput!) {
    login(input: $input) { __typename ... on Authenticated { user { email emailVerified roles } } }
  }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { identifier, password } } }),
  });
  const body: { data?: { login: unknown } } = JSON.parse(await response.text());
  return body.data?.login;
}

describe('on the embedded database', () => {
  beforeAll(async () => {
    const { code, stdout } = await runCommand(['doctor'], { env });
    expect(stdout).toMatch(/✓ database +embedded, created on first use/);
    expect(code).toBe(0);
  });

  test('create-superuser works before the first start, from options and standard input', async () => {
    const command = ['create-superuser', '--email', 'Root@Example.com', '--password-stdin'];
    const created = await runCommand(command, { env, input: `${password}\n` });
    expect(created).toEqual({ code: 0, stdout: 'superuser created: root@example.com\n', stderr: '' });
    useSmallMemory(env.DATA_DIR);
    const repeated = await runCommand(command, { env, input: password });
    expect(repeated).toMatchObject({ code: 0, stdout: expect.stringContaining('is now a superuser') });
  });

  test('create-superuser applies the password rules', async () => {
    const command = ['create-superuser', '--email', 'not-an-address', '--password-stdin'];
    const { code, stdout, stderr } = await runCommand(command, { env, input: 'short' });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^email: .*\n^password: .*\n^latchkey: no superuser was created/m);
  });

  test(
    'serve signs in the superuser, creates others, locks the database against other processes, and stops on SIGTERM',
    STARTS_PROGRAMS,
    async () => {
      const env = { DATA_DIR: await dataDirectory() };
      const superuser = ['create-superuser', '--email', 'root@example.com', '--password-stdin'];
      await runCommand(superuser, { env, input: password });
      const service = await startService(env);
      expect(await login(service.url, 'root@example.com')).toEqual({
        __typename: 'Authenticated',
        user: { email: 'root@example.com', emailVerified: true, roles: expect.arrayContaining(['ADMIN', 'STAFF']) },
      });
      expect(await runCommand(['keys', 'list'], { env })).toMatchObject({
        code: 69,
        stderr: expect.stringContaining(`is open in process ${service.pid}`),
      });
      const another = ['create-superuser', '--email', 'second@example.com', '--password-stdin'];
      expect(await runCommand(another, { env, input: 'short' })).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^password: /),
      });
      expect(await runCommand(another, { env, input: password })).toEqual({
        code: 0,
        stdout: 'superuser created: second@example.com\n',
        stderr: '',
      });
      expect(await login(service.url, 'second@example.com')).toMatchObject({ __typename: 'Authenticated' });
      expect(statSync(join(env.DATA_DIR, 'database.sock')).mode & 0o022).toBe(0);
      const diagnosis = await runCommand(['doctor'], { env });
      expect(diagnosis).toMatchObject({ code: 0, stdout: expect.stringContaining('! database') });
      const { code, stdout } = await service.stop();
      expect(code).toBe(0);
      expect(stdout).toContain('"msg":"serving"');
    },
  );

  test('keys are listed and rotated', async () => {
    await (await startAppOn(env)).close(); // The first start creates the first key.
    expect((await runCommand(['keys', 'list'], { env })).stdout).toMatch(/^ +1 +ES256 +\S+ +signing +since \S+\n$/);
    expect((await runCommand(['keys', 'rotate'], { env })).stdout).toMatch(/^key 2 .* is published/);
    expect((await runCommand(['keys', 'rotate'], { env })).stdout).toMatch(/^key 2 .* already .*nothing was changed/);
    expect((await runCommand(['keys', 'rotate', '--now'], { env })).stdout).toMatch(/^key 3 .* is published/);
    const { stdout } = await runCommand(['keys', 'list', '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'retiring' }, { state: 'retiring' }, { state: 'signing' }]);
    expect(stdout).not.toMatch(/"d"|sealed/);
  });

  test('doctor finds no problem at first, and detects a lost secret', async () => {
    const healthy = await runCommand(['doctor'], { env });
    expect(healthy.code).toBe(0);
    expect(healthy.stdout).toMatch(/✓ migrations[\s\S]*✓ clock[\s\S]*✓ signing keys/);
    expect(healthy.stdout).not.toMatch(/^[✗!]/m);

    writeFileSync(join(env.DATA_DIR, 'secret'), 'b9qyWYDnE4H3R5Yg0kpZmWv3pUAcPzJ6xT1oLSU7hdw=');
    const lost = await runCommand(['doctor'], { env });
    expect(lost.code).toBe(1);
    expect(lost.stdout).toMatch(/✗ signing keys .*\n.*SECRET_KEY_PREVIOUS.*latchkey keys rotate --now/);
    await runCommand(['keys', 'rotate', '--now'], { env });
    expect(await runCommand(['doctor'], { env })).toMatchObject({ code: 0 });
  });

  test('serve does not start with another secret', STARTS_PROGRAMS, async () => {
    const env = { DATA_DIR: await dataDirectory() };
    await (await startAppOn(env)).close();
    writeFileSync(join(env.DATA_DIR, 'secret'), 'kQ2yWYDnE4H3R5Yg0kpZmWv3pUAcPzJ6xT1oLSU7hdw=');
    expect(await runProgram(['serve'], { env: { ...env, PORT: '0' } })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SECRET_KEY_PREVIOUS'),
    });
  });
});

/** script(1) from util-linux runs a command in a terminal. On other systems it has other options. */
const terminal = process.platform === 'linux' ? findProgram('script') : undefined;

describe.skipIf(!terminal)('on a terminal', STARTS_PROGRAMS, () => {
  /** Types each answer when its question appears. Returns everything on the screen. */
  async function typeAnswers(answers: readonly (readonly [question: string, answer: string])[]): Promise<string> {
    const cli = await bundledCli();
    const data = { DATA_DIR: await dataDirectory() };
    return new Promise((resolve, reject) => {
      const command = `${process.execPath} ${cli} create-superuser; echo code $?`;
      const child = execFile(
        String(terminal),
        ['-qec', command, '/dev/null'],
        { cwd: data.DATA_DIR, env: { PATH: process.env.PATH, ...data } },
        (error, stdout) => (error ? reject(error) : resolve(stdout)),
      );
      let seen = '';
      const remaining = [...answers];
      child.stdout?.on('data', (text: string) => {
        seen += text;
        const next = remaining[0];
        if (!next || !seen.includes(next[0])) return;
        seen = '';
        remaining.shift();
        child.stdin?.write(next[1]);
      });
    });
  }

  test('create-superuser asks for the password twice and does not show it', async () => {
    const screen = await typeAnswers([
      ['Email address: ', 'root@example.com\r'],
      ['Password: ', `${password}\r`],
      ['Password (again): ', `${password}, no\r`],
      ['Password: ', `${password}\r`],
      ['Password (again): ', `${password}\r`],
    ]);
    expect(screen).toContain('The passwords do not match.');
    expect(screen).toMatch(/superuser created: root@example.com\r\ncode 0/);
    expect(screen).not.toContain('owls');
  });

  test('Ctrl-C at the password prompt cancels the command', async () => {
    const screen = await typeAnswers([
      ['Email address: ', 'root@example.com\r'],
      ['Password: ', '\u0003'],
    ]);
    expect(screen).toMatch(/interrupted; nothing was changed\r\ncode 130/);
  });
});

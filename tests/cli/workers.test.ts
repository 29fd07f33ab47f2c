import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { freePort } from '../support/ports.ts';
import { runProgram } from '../support/program.ts';
import { describePostgres, postgresServer, STARTS_PROGRAMS } from '../support/servers.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

test('several workers need PostgreSQL: serve says so and exits with 78', async () => {
  const { code, stderr } = await runCommand(['serve'], { env: { WORKERS: '2' } });
  expect(code).toBe(78);
  expect(stderr).toMatch(/^WORKERS must be 1 or auto without DATABASE_URL: only one process can open the embedded/);
});

test('a worker is not started by hand', STARTS_PROGRAMS, async () => {
  const { code, stdout, stderr } = await runProgram(['worker']);
  expect({ code, stdout, stderr }).toEqual({
    code: 64,
    stdout: '',
    stderr: 'latchkey: workers are started by serve: set WORKERS\n',
  });
});

describePostgres('two workers that cannot start', () => {
  let migrated: FreshDatabase;
  let empty: FreshDatabase;
  beforeAll(async () => {
    [migrated, empty] = await Promise.all([
      freshDatabase(await postgresServer()),
      freshDatabase(await postgresServer(), { migrated: false }),
    ]);
  });
  afterAll(() => Promise.all([migrated?.drop(), empty?.drop()]));

  /** The exit code and standard error with two workers, which must be the same as with one. */
  async function serve(env: Record<string, string>, ...args: string[]) {
    const run = (WORKERS: string) => runProgram(['serve', ...args], { env: { SECRET_KEY, ...env, WORKERS } });
    const { code, stderr } = await run('2');
    const alone = await run('1');
    expect({ code, stderr }).toEqual({ code: alone.code, stderr: alone.stderr });
    return { code, stderr };
  }

  test('report a port in use once', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const { code, stderr } = await serve({ DATABASE_URL: migrated.url, PORT: String(port) });
    other.close();
    expect(code).toBe(69);
    expect(stderr).toBe('latchkey: another program is using that address: stop it, or set PORT (EADDRINUSE)\n');
  });

  test('report a database that does not respond once, after --wait', async () => {
    const url = `postgres://user:canary@127.0.0.1:${await freePort()}/latchkey`;
    const { code, stderr } = await serve({ DATABASE_URL: url }, '--wait', '1s');
    expect(code).toBe(69);
    expect(stderr).toMatch(/^latchkey: the database does not respond: [^\n]+\n$/);
    expect(stderr).not.toContain('canary');
  });

  test('report missing migrations in production once', async () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com' };
    const { code, stderr } = await serve({ DATABASE_URL: empty.url, ...production });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^latchkey: the database is \d+ migrations behind: run latchkey migrate\n$/);
  });
});

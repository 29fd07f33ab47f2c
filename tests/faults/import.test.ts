import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { runProgram, startCommand } from '../support/program.ts';
import { eventually, temporaryDirectory } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import { djangoDump, importCounts } from '../support/transfer.ts';

const ACCOUNTS = 12_000;

describeServers('an import', ['own postgres'], () => {
  let server: PostgresServer;
  let fresh: FreshDatabase;
  let sql: postgres.Sql;
  let env: Record<string, string>;

  beforeAll(async () => {
    server = await startPostgres();
    fresh = await freshDatabase(server.url);
    sql = postgres(fresh.url, { max: 1, onnotice: () => {} });
    env = { DATABASE_URL: fresh.url, SECRET_KEY: randomBytes(32).toString('base64') };
  });
  afterAll(async () => {
    await sql?.end({ timeout: 1 });
    await server?.stop();
  });

  function writeDump(domain: string, accounts = ACCOUNTS): string {
    const file = join(temporaryDirectory('dump'), 'dump.json');
    writeFileSync(file, djangoDump(accounts, domain));
    return file;
  }

  /** Counts the accounts with an address in the domain, and those of them with a password. */
  async function countAccounts(domain: string): Promise<{ accounts: number; passwords: number }> {
    const [row] = await sql<{ accounts: number; passwords: number }[]>`
      select count(*)::int as accounts, count(hash)::int as passwords
      from users left join passwords on user_id = id where email like ${`%@${domain}`}`;
    return { accounts: row?.accounts ?? 0, passwords: row?.passwords ?? 0 };
  }

  /** Starts an import and waits until it has written a thousand accounts. */
  async function startImport(file: string, domain: string) {
    const child = await startCommand(['users', 'import', file], { env });
    const stdout = text(child.stdout);
    const stderr = text(child.stderr);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const waitForAccounts = async () => {
      if ((await countAccounts(domain)).accounts < 1_000) throw new Error('not yet');
    };
    await eventually(waitForAccounts, 60_000);
    return { child, stdout, stderr, ended };
  }

  test('that is killed leaves only complete accounts, and the next run imports the rest (F17)', async () => {
    const file = writeDump('killed.example');
    const { child, ended } = await startImport(file, 'killed.example');
    child.kill('SIGKILL');
    await ended;
    const imported = await countAccounts('killed.example');
    expect(imported.accounts).toBeLessThan(ACCOUNTS);
    expect(imported.passwords).toBe(imported.accounts);

    const nextRun = await runProgram(['users', 'import', file], { env });
    const { accounts, passwords } = await countAccounts('killed.example');
    expect({ accounts, passwords }).toEqual({ accounts: ACCOUNTS, passwords: ACCOUNTS });
    expect(nextRun).toMatchObject({
      code: 0,
      stdout: importCounts(ACCOUNTS, ACCOUNTS - imported.accounts, imported.accounts, 0),
    });
  });

  test('that is interrupted by Ctrl-C stops between two batches, says how to continue, and is recorded', async () => {
    const file = writeDump('stopped.example');
    const { child, stderr, ended } = await startImport(file, 'stopped.example');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(await stderr).toContain('run the same command again to continue');
    const { accounts, passwords } = await countAccounts('stopped.example');
    expect(accounts).toBeLessThan(ACCOUNTS);
    expect(accounts % 500).toBe(0);
    expect(passwords).toBe(accounts);
    const [event] =
      await sql`select outcome, detail from audit_events where type = 'user-import' order by at desc limit 1`;
    expect(event).toMatchObject({ outcome: 'failed', detail: { format: 'django', refused: 0 } });
  });

  test('continues by itself when PostgreSQL restarts (F06)', async () => {
    const file = writeDump('restarted.example');
    const { stdout, ended } = await startImport(file, 'restarted.example');
    await server.restart('immediate');
    expect(await ended).toBe(0);
    expect(await stdout).toMatch(
      new RegExp(`^${ACCOUNTS} accounts read: \\d+ created, \\d+ already existed, 0 rows rejected`),
    );
    expect(await countAccounts('restarted.example')).toEqual({ accounts: ACCOUNTS, passwords: ACCOUNTS });
  });

  test('that runs four times in parallel creates each account once (F20)', async () => {
    const file = writeDump('together.example', 3_000);
    const runs = await Promise.all([1, 2, 3, 4].map(() => runProgram(['users', 'import', file], { env })));
    const created = runs.map(({ stdout }) => Number(/ (\d+) created/.exec(stdout)?.[1]));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(created.reduce((sum, number) => sum + number)).toBe(3_000);
    expect(await countAccounts('together.example')).toEqual({ accounts: 3_000, passwords: 3_000 });
  });

  test('of 40,000 accounts needs little more memory than an import of three (F25)', async () => {
    const accounts = 40_000;
    const file = writeDump('large.example', accounts);
    // An import of three accounts needs 56 MB.
    const { code, stdout } = await runProgram(['users', 'import', file], { env, node: ['--max-old-space-size=80'] });
    expect({ code, stdout }).toEqual({ code: 0, stdout: importCounts(accounts, accounts, 0, 0) });
  });

  test('is recorded with counts and without user data (T88)', async () => {
    const file = writeDump('noted.example', 3);
    await runProgram(['users', 'import', file], { env });
    const [event] = await sql`select * from audit_events where type = 'user-import' order by at desc limit 1`;
    expect(event).toMatchObject({
      outcome: 'completed',
      method: 'command-line',
      user_id: null,
      detail: { format: 'django', rows: 3, created: 3, present: 0, refused: 0, identities: 0, leftOut: 0 },
    });
    expect(JSON.stringify(event)).not.toMatch(/noted|person|pbkdf2/i);
  });

  // Last, because the server does not come back.
  test('exits with 69 when PostgreSQL stays down, and reports no success (F06)', async () => {
    const file = writeDump('away.example');
    const { stdout, stderr, ended } = await startImport(file, 'away.example');
    await server.kill('SIGQUIT');
    expect(await ended).toBe(69);
    expect(await stdout).toBe('');
    expect(await stderr).toContain('the database does not respond');
  });
});

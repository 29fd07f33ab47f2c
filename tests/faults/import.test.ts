import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { runCommand, startCommand } from '../support/program.ts';
import { eventually, temporaryDirectory } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import { djangoDump, importCounts } from '../support/transfer.ts';

// Every import is a process of its own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const CROWD = 12_000;

describeServers('An import', ['own postgres'], () => {
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

  function crowdFile(domain: string, people = CROWD): string {
    const file = join(temporaryDirectory('crowd'), 'crowd.json');
    writeFileSync(file, djangoDump(people, domain));
    return file;
  }

  /** How many there are of the domain, and how many of them have a password. */
  async function counted(domain: string): Promise<{ accounts: number; passwords: number }> {
    const [row] = await sql<{ accounts: number; passwords: number }[]>`
      select count(*)::int as accounts, count(hash)::int as passwords
      from users left join passwords on user_id = id where email like ${`%@${domain}`}`;
    return { accounts: row?.accounts ?? 0, passwords: row?.passwords ?? 0 };
  }

  async function startAndReach(file: string, domain: string) {
    const child = await startCommand(['users', 'import', file], { env });
    const output = text(child.stdout);
    const complaints = text(child.stderr);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const some = async () => {
      if ((await counted(domain)).accounts < 1_000) throw new Error('not yet');
    };
    await eventually(some, 60_000);
    return { child, output, complaints, ended };
  }

  test('that is killed leaves whole accounts, and the same again brings the others (F17)', async () => {
    const file = crowdFile('killed.example');
    const { child, ended } = await startAndReach(file, 'killed.example');
    child.kill('SIGKILL');
    await ended;
    const left = await counted('killed.example');
    expect(left.accounts).toBeLessThan(CROWD);
    expect(left.passwords).toBe(left.accounts);

    const again = await runCommand(['users', 'import', file], { env });
    const { accounts, passwords } = await counted('killed.example');
    expect({ accounts, passwords }).toEqual({ accounts: CROWD, passwords: CROWD });
    expect(again).toMatchObject({ code: 0, stdout: importCounts(CROWD, CROWD - left.accounts, left.accounts, 0) });
  });

  test('that is stopped by Ctrl-C ends between two batches, says how to go on, and notes it', async () => {
    const file = crowdFile('stopped.example');
    const { child, complaints, ended } = await startAndReach(file, 'stopped.example');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(await complaints).toContain('the same again goes on');
    const { accounts, passwords } = await counted('stopped.example');
    expect(accounts).toBeLessThan(CROWD);
    expect(accounts % 500).toBe(0);
    expect(passwords).toBe(accounts);
    const [event] =
      await sql`select outcome, detail from audit_events where type = 'user-import' order by at desc limit 1`;
    expect(event).toMatchObject({ outcome: 'failed', detail: { format: 'django', refused: 0 } });
  });

  test('goes on by itself when PostgreSQL is restarted under it (F06)', async () => {
    const file = crowdFile('restarted.example');
    const { output, ended } = await startAndReach(file, 'restarted.example');
    await server.restart('immediate');
    expect(await ended).toBe(0);
    expect(await output).toMatch(
      new RegExp(`^${CROWD} accounts read: \\d+ created, \\d+ were there already, 0 rows refused`),
    );
    expect(await counted('restarted.example')).toEqual({ accounts: CROWD, passwords: CROWD });
  });

  test('and three more of the same file at once make each account once (F20)', async () => {
    const file = crowdFile('together.example', 3_000);
    const together = await Promise.all([1, 2, 3, 4].map(() => runCommand(['users', 'import', file], { env })));
    const created = together.map(({ stdout }) => Number(/ (\d+) created/.exec(stdout)?.[1]));
    expect(together.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(created.reduce((sum, number) => sum + number)).toBe(3_000);
    expect(await counted('together.example')).toEqual({ accounts: 3_000, passwords: 3_000 });
  });

  test('of many accounts takes hardly more memory than one of three (F25)', async () => {
    const people = 40_000;
    const file = crowdFile('large.example', people);
    // An import of three needs 56 MB: the rest of the programme.
    const { code, stdout } = await runCommand(['users', 'import', file], { env, node: ['--max-old-space-size=80'] });
    expect({ code, stdout }).toEqual({ code: 0, stdout: importCounts(people, people, 0, 0) });
  });

  test('is noted with counts, and with nobody’s data (T88)', async () => {
    const file = crowdFile('noted.example', 3);
    await runCommand(['users', 'import', file], { env });
    const [event] = await sql`select * from audit_events where type = 'user-import' order by at desc limit 1`;
    expect(event).toMatchObject({
      outcome: 'completed',
      method: 'command-line',
      user_id: null,
      detail: { format: 'django', rows: 3, created: 3, present: 0, refused: 0, identities: 0, leftOut: 0 },
    });
    expect(JSON.stringify(event)).not.toMatch(/noted|person|pbkdf2/i);
  });

  // The last one: the server does not come back.
  test('ends with 69 when PostgreSQL stays away, and does not say that all went well (F06)', async () => {
    const file = crowdFile('away.example');
    const { output, complaints, ended } = await startAndReach(file, 'away.example');
    await server.kill('SIGQUIT');
    expect(await ended).toBe(69);
    expect(await output).toBe('');
    expect(await complaints).toContain('the database does not answer');
  });
});

import postgres from 'postgres';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SECOND } from '../../src/core/clock.ts';
import { migratePostgres } from '../../src/infra/db/migrate.ts';
import { startWriting } from '../support/busy-writer.ts';
import { type FreshDatabase, freshDatabase, settingsFor } from '../support/databases.ts';
import { describeSchema, fill, migrateTo } from '../support/old-database.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

/** F33 */
const LONGEST_STALL = onABusyMachine(SECOND);
const tooLong = (longest: Record<string, number>) =>
  Object.entries(longest).filter(([, milliseconds]) => milliseconds > LONGEST_STALL);

describePostgres('migrations while the service writes', () => {
  let server: string;
  let fresh: FreshDatabase;

  beforeAll(async () => {
    server = await postgresServer();
  });
  beforeEach(async () => {
    fresh = await freshDatabase(server, { migrated: false });
    return () => fresh.drop();
  });

  test('block no write for longer than a second, and the previous version continues (F33)', async () => {
    await migrateTo(fresh.url, 1);
    await fill(fresh.url, { users: 60_000, sessions: 250_000, events: 250_000 });
    const writer = await startWriting(fresh.url);
    await migratePostgres(settingsFor(fresh.url));
    expect(tooLong(await writer.stop())).toEqual([]);

    const sql = postgres(fresh.url, { max: 1 });
    // No sign-in during the migration is lost.
    const [row] = await sql`select count(*)::int as missing from users left join last_logins on user_id = id
      where at is distinct from coalesce(last_login_at, '-infinity')`;
    expect(row).toEqual({ missing: 0 });
    const trusts = await sql`select end_reason, trust from sessions where device = 'Firefox' and ended_at < (
        select max(ended_at) from sessions as other where other.user_id = sessions.user_id and end_reason = 'logout-all')
      group by end_reason, trust`;
    expect(trusts.map(({ trust }) => trust)).not.toContain('full');
    await sql.end();
    const made = await freshDatabase(server);
    expect(await describeSchema(fresh.url)).toEqual(await describeSchema(made.url));
    await made.drop();
  });

  test('do not make writes queue behind a transaction that keeps a table locked (F33)', async () => {
    await migrateTo(fresh.url, 1);
    await fill(fresh.url, { users: 1_000, sessions: 2_000, events: 100 });
    const reader = postgres(fresh.url, { max: 1, connection: { application_name: 'a long report' } });
    const lines: string[] = [];
    const writer = await startWriting(fresh.url);
    let migrating: Promise<number> | undefined;
    await reader.begin(async (tx) => {
      await tx`select count(*) from sessions`;
      await tx`select count(*) from challenges`;
      migrating = migratePostgres(settingsFor(fresh.url), { report: (line) => lines.push(line) });
      await expect.poll(() => lines.filter((line) => line.includes('waits for')).length).toBeGreaterThan(2);
    });
    expect(await migrating).toBeGreaterThan(10);
    expect(tooLong(await writer.stop())).toEqual([]);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^0001_password_reset: transaction waits for a lock that process \d+ \(a long report, idle in transaction, in a transaction for \d+ s\) holds$/,
      ),
    );
    await reader.end();
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AuditEventsDocument, SecurityEventsDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { REFUSAL_WINDOW } from '../../../src/features/audit/audit.ts';
import { insertAccount } from '../../support/accounts.ts';
import { auditEvents, deleteUser, listUsers, signInWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { freshDatabase, openPostgresDatabase } from '../../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer, STARTS_PROGRAMS } from '../../support/servers.ts';

// Refusals that anyone can repeat: one row per kind, network and ten minutes, and few log lines.

const WRONG = 'wrong-horse-battery-staple';
const LIMITS = { LOGIN_BUDGET_IP: '100000/15m', LOGIN_BUDGET_ACCOUNT: '100000/15m', HASH_QUEUE_LIMIT: '10000' };

/** Calls it so many times, ten at once. */
async function repeat(times: number, call: (index: number) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < times; done += 10)
    await Promise.all(Array.from({ length: Math.min(10, times - done) }, (_, index) => call(done + index)));
}

const rowsFrom = (db: TestApp['app']['services']['db'], ip: string) =>
  rows<{ type: string; outcome: string; count: number; first: Date; last: Date | null }>(
    db,
    sql`select type, outcome, count, user_id, at as first, last_at as last from audit_events
        where ip_address = ${ip}::inet order by at`,
  );
const total = (found: readonly { count: number }[]) => found.reduce((sum, { count }) => sum + count, 0);

const linesFrom = ({ logged }: TestApp, ip: string) =>
  logged.map((line) => JSON.parse(line)).filter((line) => line.audit && line.ip === ip);
const totalLogged = (lines: readonly { count?: number }[]) => lines.reduce((sum, { count = 1 }) => sum + count, 0);

describe('on one replica', () => {
  const clock = testClock();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(LIMITS, { clock });
  });
  afterAll(() => app.close());
  const db = () => app.app.services.db;
  // Otherwise, a test may begin in one window and end in the next.
  beforeEach(() => clock.advance(REFUSAL_WINDOW - (clock.now().getTime() % REFUSAL_WINDOW)));

  test('1,000 refused logins from one network are a handful of rows and log lines that count 1,000 (T101)', async () => {
    const client = app.client();
    await repeat(1000, async () => expectType(await login(client, uniqueEmail(), WRONG), 'InvalidCredentials'));
    await expect.poll(async () => total(await rowsFrom(db(), client.ip))).toBe(1000);
    const found = await rowsFrom(db(), client.ip);
    expect(found).toMatchObject([{ type: 'sign-in', outcome: 'wrong-credentials', count: 1000 }]);
    await expect.poll(() => totalLogged(linesFrom(app, client.ip))).toBe(1000);
    const lines = linesFrom(app, client.ip);
    expect(lines[0]).toMatchObject({ audit: 'sign-in', requestId: expect.any(String) });
    expect(lines.length).toBeLessThan(100);
  });

  test('the owner and administrators see how often and when the last time was (T101)', async () => {
    const admin = await signInWithRoles(app, 'ADMIN');
    const ada = await signInWithRoles(app);
    const eve = app.client();
    const guess = async () => expectType(await login(eve, ada.email, WRONG), 'InvalidCredentials');
    await guess();
    const between = clock.now().toISOString();
    clock.advance(SECOND);
    await repeat(4, guess);
    const own = async () =>
      (await ada.client.request(SecurityEventsDocument, { first: 5 }, { token: ada.token })).me?.securityEvents;
    await expect
      .poll(async () => (await own())?.nodes)
      .toMatchObject([
        { outcome: 'wrong-credentials', ipAddress: eve.ip, count: 5 },
        { outcome: 'succeeded', count: 1, lastAt: null },
      ]);
    const listSince = async (since: string) =>
      (await auditEvents(admin, { filter: { userId: ada.id, kind: 'sign-in', since } })).nodes;
    const [event] = await listSince(between);
    const { at, lastAt } = event ?? expect.fail();
    expect(event).toMatchObject({ outcome: 'wrong-credentials', count: 5 });
    expect(at <= between && between < (lastAt ?? '')).toBe(true);
    expect(await listSince(new Date(Date.parse(lastAt ?? '') + 1).toISOString())).toEqual([]);
  });

  test('a role that is missing 100 times is one row per operation (T101)', async () => {
    const eve = await signInWithRoles(app);
    const denied = async () => expect(listUsers(eve)).rejects.toThrow('FORBIDDEN');
    await repeat(100, denied);
    await eve.client.send(AuditEventsDocument, { first: 5 }, { token: eve.token });
    const read = () =>
      rows<{ operation: string; count: number }>(
        db(),
        sql`select detail->>'operation' as operation, count from audit_events
            where user_id = ${eve.id} and type = 'access' order by count`,
      );
    await expect.poll(read).toEqual([
      { operation: 'query auditEvents', count: 1 },
      { operation: 'query users', count: 100 },
    ]);
  });

  test('other kinds, networks, accounts and windows have rows of their own (T101)', async () => {
    const [ada, grace] = [await insertAccount(app), await insertAccount(app)];
    const client = app.client({ ip: '2001:db8:1:2::3' });
    await login(client, uniqueEmail(), WRONG);
    await login(client, uniqueEmail(), WRONG, { ip: '2001:db8:1:ffff::4' }); // The same site.
    await login(client, uniqueEmail(), WRONG, { ip: '2001:db8:2:2::3' });
    await login(client, ada.email, WRONG);
    await login(client, grace.email, WRONG);
    clock.advance(10 * MINUTE);
    await login(client, uniqueEmail(), WRONG);
    const read = async () =>
      (
        await rows<{ count: number }>(
          db(),
          sql`select count from audit_events where ip_address << '2001:db8::/32'::inet order by count`,
        )
      ).map(({ count }) => count);
    await expect.poll(read).toEqual([1, 1, 1, 1, 2]);
    // The window is also in the digest: an address that was removed cannot be followed from window to window by its ids.
    const digests = await rows(
      db(),
      sql`select distinct right(id::text, 17) from audit_events where ip_address << '2001:db8::/32'::inet`,
    );
    expect(digests).toHaveLength(5);
  });

  test('a wrong guess counted just before the account is deleted leaves no address (T101)', async () => {
    const admin = await signInWithRoles(app, 'ADMIN');
    const ada = await insertAccount(app);
    const eve = app.client();
    await login(eve, ada.email, WRONG);
    expectType(await deleteUser(admin, ada.id), 'AdminUser');
    const read = () =>
      rows(db(), sql`select ip_address from audit_events where user_id = ${ada.id} and outcome = 'wrong-credentials'`);
    await expect.poll(read).toEqual([{ ip_address: null }]);
  });

  test('a success is one row each, in the transaction of what it records (T101)', async () => {
    const ada = await insertAccount(app);
    const client = app.client();
    await repeat(10, async () => expectType(await login(client, ada.email, PASSWORD), 'Authenticated'));
    const found = await rowsFrom(db(), client.ip);
    expect(found.map(({ outcome, count }) => `${outcome} ${count}`)).toEqual(Array(10).fill('succeeded 1'));
  });
});

test('what has been counted is written when the service stops (T101)', STARTS_PROGRAMS, async () => {
  const database = await freshDatabase(await postgresServer());
  const app = await startApp({ ...LIMITS, DATABASE_URL: database.url });
  const client = app.client();
  await repeat(30, () => login(client, uniqueEmail(), WRONG));
  await app.close();
  const { db, close } = await openPostgresDatabase(database.url, 1);
  expect(total(await rowsFrom(db, client.ip))).toBe(30);
  expect(totalLogged(linesFrom(app, client.ip))).toBe(30);
  await close();
  await database.drop();
});

describePostgres('on two replicas', () => {
  const { replica, replicas, app } = useReplicas(LIMITS);

  test('ten refusals at once, on both replicas, add up in one row (T101)', async () => {
    const [eve, other] = [app().client(), replicas()[1].client()];
    const { email } = await insertAccount(app());
    for (let round = 1; round <= 3; round++) {
      const attempts = Array.from({ length: 10 }, (_, index) =>
        login(replica(index) === app() ? eve : other, email, WRONG, { ip: eve.ip }),
      );
      for (const result of await Promise.all(attempts)) expectType(result, 'InvalidCredentials');
    }
    const read = () => rowsFrom(app().app.services.db, eve.ip);
    await expect.poll(async () => total(await read())).toBe(30);
    expect(await read()).toHaveLength(1);
    const [row] = await read();
    expect(new Date(row?.last ?? 0).getTime()).toBeGreaterThan(new Date(row?.first ?? 0).getTime());
  });
});

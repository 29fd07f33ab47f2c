import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AuditEventFilter,
  SecurityEventsDocument,
  UserCountDocument,
  type UserFilter,
} from '../../schema/generated/graphql.ts';
import {
  auditEvents,
  createUser,
  deleteUser,
  endSessions,
  listUsers,
  sendReset,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../support/admins.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { insertBulkRows } from '../support/bulk-rows.ts';
import { expectType } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { uniqueEmail } from '../support/people.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { eventually, removeDirectory, temporaryDirectory } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';

/** Sequential scans are used only where no index helps, and every plan is logged with its rows. */
const EXPLAINING = {
  enable_seqscan: 'off',
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  logging_collector: 'on',
  log_filename: 'plans.log',
  autovacuum: 'off', // An index that is not cleaned up costs more, and so other plans look better.
};

/** Of 20,000 rows. Counts and searches may read 5,000, plus those that a filter removes. */
const MAX_ROWS_READ = 5_200;

describeServers('the statements of administrators’ requests', ['own postgres'], () => {
  const directory = temporaryDirectory('plans');
  chmodSync(directory, 0o777);
  const plans = () => readFileSync(join(directory, 'plans.log'), 'utf8');
  let server: PostgresServer;
  let app: TestApp;
  let admin: UserWithRoles;

  beforeAll(async () => {
    server = await startPostgres({ settings: { ...EXPLAINING, log_directory: directory } });
    const { url } = await freshDatabase(server.url);
    await insertBulkRows(url);
    // One connection: after six executions its plans are those for any parameters, unless the statement must not have them.
    app = await startApp({ DATABASE_URL: url, DATABASE_POOL_SIZE: '1', OTP_RESEND_COOLDOWN: '0s' });
    admin = await signInWithRoles(app, 'ADMIN');
  });
  afterAll(async () => {
    await app?.close();
    await server?.stop();
    removeDirectory(directory);
  });

  /** The plans of the statements that the work executed. */
  async function collectPlans(work: () => Promise<unknown>): Promise<string[]> {
    const before = plans().length;
    await work();
    return eventually(() => {
      const collected = plans()
        .slice(before)
        .split(/(?=^\S.* LOG: {2}duration: )/m);
      expect(collected.length).toBeGreaterThan(1);
      return collected;
    });
  }
  const findWasteful = async (work: () => Promise<unknown>) => (await collectPlans(work)).filter(readsTooMuch);

  const FILTERS: UserFilter[] = [
    {},
    { isActive: true },
    { isActive: false },
    { emailVerified: true },
    { emailVerified: false },
    { secondFactorRequired: true },
    { secondFactorRequired: false },
    { role: 'STAFF' },
    { emailDomain: 'crowd.example' },
    { emailDomain: 'rare.example' },
    { emailDomain: 'no-such-domain.example' },
    { permission: 'common' },
    { permission: 'rare' },
    { permission: 'no-such-permission' },
    { permission: 'rare', emailDomain: 'crowd.example', isActive: true },
    { role: 'ADMIN', isActive: true, emailVerified: false },
    { search: '19999@crowd' },
    { search: '+99890001990' },
    { search: 'First1999' },
    { search: 'company 19990' },
    { search: 'last19999 first19999' },
    { search: 'first', isActive: true },
    { search: 'no such name' },
  ];
  const ORDERS = [
    'CREATED_AT_DESC',
    'CREATED_AT_ASC',
    'EMAIL_ASC',
    'EMAIL_DESC',
    'LAST_LOGIN_AT_ASC',
    'LAST_LOGIN_AT_DESC',
  ] as const;

  /** The filter with values that few users have. */
  const rareLike = ({ emailDomain, permission, ...filter }: UserFilter): UserFilter => ({
    ...filter,
    ...(emailDomain && { emailDomain: 'rare.example' }),
    ...(permission && { permission: 'rare' }),
  });

  test.each(FILTERS)(
    'use an index to list a bounded number of users, from the start, the middle and the end: %o',
    async (filter) => {
      for (const orderBy of filter.search || Object.keys(filter).length === 0 ? ORDERS : ORDERS.slice(0, 2)) {
        for (let before = 0; before < 6; before += 1) {
          await listUsers(admin, { filter: rareLike(filter), orderBy });
          await listUsers(admin, { filter: rareLike(filter), orderBy, last: 20 });
        }
        const found = await findWasteful(async () => {
          const page = await listUsers(admin, { filter, orderBy });
          await listUsers(admin, { filter, orderBy, after: page.pageInfo.endCursor ?? null });
          const last = await listUsers(admin, { filter, orderBy, last: 20 });
          await listUsers(admin, { filter, orderBy, last: 20, before: last.pageInfo.startCursor ?? null });
          await listUsers(admin, { filter, orderBy, after: last.pageInfo.startCursor ?? null });
        });
        expect(found).toEqual([]);
      }
    },
  );

  test.each(FILTERS)('use an index to count users, and do not read all of them: %o', async (filter) => {
    const work = () => admin.client.request(UserCountDocument, { filter }, { token: admin.token });
    expect(await findWasteful(work)).toEqual([]);
  });

  const USER = '00000000-0000-7000-8000-000000004e20';
  const EVENTS: AuditEventFilter[] = [
    {},
    { userId: USER },
    { userId: USER, kind: 'sign-in', outcome: 'disabled' },
    { actorId: USER },
    { kind: 'sign-in' },
    { kind: 'not-me' },
    { outcome: 'disabled' },
    { kind: 'sign-in', outcome: 'wrong-credentials' },
    { kind: 'no-such-kind' },
    { since: '2026-01-01T00:00:00.000Z', until: '2126-01-01T00:00:00.000Z' },
  ];
  test.each(EVENTS)('use an index to read a bounded number of events: %o', async (filter) => {
    const found = await findWasteful(async () => {
      const page = await auditEvents(admin, { filter });
      await auditEvents(admin, { filter, after: page.pageInfo.endCursor ?? null });
      const last = await auditEvents(admin, { filter, last: 20 });
      await auditEvents(admin, { filter, last: 20, before: last.pageInfo.startCursor ?? null });
    });
    expect(found).toEqual([]);
  });

  test('use an index to change accounts', async () => {
    const { user } = expectType(await createUser(admin, { email: uniqueEmail() }), 'AdminUser');
    const found = await findWasteful(async () => {
      await admin.client.request(SecurityEventsDocument, { first: 20 }, { token: admin.token });
      await admin.client.request(SecurityEventsDocument, { last: 20 }, { token: admin.token });
      await showUser(admin, user.id);
      await createUser(admin, { email: uniqueEmail() });
      await sendReset(admin, user.id);
      await updateUser(admin, user.id, { email: uniqueEmail(), phone: '+998901234567', phoneVerified: true });
      await updateUser(admin, user.id, { email: null });
      await updateUser(admin, user.id, { isActive: false });
      await updateUser(admin, admin.id, { roles: [] }); // Rejected.
      await endSessions(admin, user.id);
    });
    expect(found).toEqual([]);
  });

  test('use an index to delete an account, except for pending messages', async () => {
    const { user } = expectType(await createUser(admin, { email: uniqueEmail() }), 'AdminUser');
    const collected = await collectPlans(() => deleteUser(admin, user.id));
    const tables = collected
      .filter(readsTooMuch)
      .flatMap((plan) => /Scan (?:on|using \w+ on) (\w+)/.exec(plan)?.[1] ?? plan);
    expect(tables.filter((table) => table !== 'outbox')).toEqual([]);
  });
});

/** Whether the plan has a sequential scan, or reads more rows than a page, a count or a search needs. */
function readsTooMuch(plan: string): boolean {
  if (/Query Text: explain/.test(plan)) return false; // The estimate of a count is planned, not executed.
  if (/Seq Scan on (?!pg_|migrations)/.test(plan)) return true;
  return plan.split(/(?=^.*->|^.*Query Text)/m).some((node) => {
    const [, rows, loops] = /Scan .*\(actual .*?rows=([\d.]+) loops=(\d+)\)/.exec(node) ?? [];
    const [, removed = '0'] = /Rows Removed by (?:Filter|Index Recheck): (\d+)/.exec(node) ?? [];
    return rows !== undefined && (Number(rows) + Number(removed)) * Number(loops) > MAX_ROWS_READ;
  });
}

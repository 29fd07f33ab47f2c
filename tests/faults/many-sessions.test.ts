import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changePassword, deleteAccount, resetPasswordByLink } from '../support/account-changes.ts';
import { insertAccount } from '../support/accounts.ts';
import { deleteUser, endSessions, signInWithRoles, type UserWithRoles, updateUser } from '../support/admins.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { insertSessions } from '../support/bulk-rows.ts';
import { login } from '../support/calls.ts';
import { type ApiClient, expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { PASSWORD } from '../support/people.ts';
import { rows } from '../support/rows.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { isTokenAccepted, logOutAll } from '../support/sessions.ts';

const MANY = 15_000;
const NEW_PASSWORD = 'copper-meadow-17-whistle';

interface Person {
  id: string;
  email: string;
  client: ApiClient;
  accessToken: string;
}
interface Operation {
  name: string;
  /** Returns how many sessions ended, if the API says so. */
  run(app: TestApp, person: Person, administrator: UserWithRoles): Promise<number | undefined>;
  ended: number;
  reason: string;
}

const OPERATIONS: Operation[] = [
  {
    name: 'logoutAll',
    run: async (_, { client, accessToken }) =>
      expectType(await logOutAll(client, accessToken), 'LoggedOut').sessionsEnded,
    ended: MANY + 1,
    reason: 'logout-all',
  },
  {
    name: 'changePassword',
    run: async (_, person) => expectType(await changePassword(person, NEW_PASSWORD), 'PasswordChanged').sessionsEnded,
    ended: MANY,
    reason: 'password-changed',
  },
  {
    name: 'resetPassword',
    run: async (app, { email }) =>
      expectType(await resetPasswordByLink(app, email, NEW_PASSWORD), 'PasswordChanged').sessionsEnded,
    ended: MANY + 1,
    reason: 'password-changed',
  },
  {
    name: 'endUserSessions',
    run: async (_, { id }, administrator) =>
      expectType(await endSessions(administrator, id), 'LoggedOut').sessionsEnded,
    ended: MANY + 1,
    reason: 'revoked',
  },
  {
    name: 'updateUser with isActive false',
    run: async (_, { id }, administrator) => {
      expectType(await updateUser(administrator, id, { isActive: false }), 'AdminUser');
      return undefined;
    },
    ended: MANY + 1,
    reason: 'deactivated',
  },
  {
    name: 'deleteUser',
    run: async (_, { id }, administrator) => {
      expectType(await deleteUser(administrator, id), 'AdminUser');
      return undefined;
    },
    ended: MANY + 1,
    reason: 'deleted',
  },
  {
    name: 'deleteAccount',
    run: async (_, person) => expectType(await deleteAccount(person), 'AccountDeleted').sessionsEnded,
    ended: MANY + 1,
    reason: 'deleted',
  },
];

function describeMany(start: () => Promise<TestApp>): void {
  let app: TestApp;
  let administrator: UserWithRoles;
  beforeAll(async () => {
    app = await start();
    administrator = await signInWithRoles(app, 'ADMIN');
  });
  afterAll(() => app?.close());

  /** A user with 15,000 sessions, and one more to act in. */
  async function signInWithMany(): Promise<Person> {
    const { id, email } = await insertAccount(app);
    const client = app.client();
    const { accessToken } = expectType(await login(client, email, PASSWORD), 'Authenticated');
    await insertSessions(app.app.services.db, id, MANY);
    return { id, email, client, accessToken };
  }

  async function countRevocations(): Promise<number> {
    const [row] = await rows<{ count: number }>(
      app.app.services.db,
      sql`select count(*)::integer as count from revocations`,
    );
    return row?.count ?? 0;
  }

  test.each(OPERATIONS)('$name ends 15,000 sessions, revokes each and records how many (T95)', async (operation) => {
    const person = await signInWithMany();
    const revoked = await countRevocations();
    const count = await operation.run(app, person, administrator);

    if (count !== undefined) expect(count).toBe(operation.ended);
    const isKept = operation.ended === MANY;
    expect(await isTokenAccepted(person.client, person.accessToken)).toBe(isKept);
    expect((await countRevocations()) - revoked).toBe(operation.ended);
    const events = await rows(
      app.app.services.db,
      sql`select outcome, count from audit_events where user_id = ${person.id} and type = 'session-end'`,
    );
    expect(events).toEqual([{ outcome: operation.reason, count: operation.ended }]);
  });

  test('the next sign-in ends those beyond SESSIONS_PER_ACCOUNT (T95)', async () => {
    const person = await signInWithMany();
    expectType(await login(person.client, person.email, PASSWORD), 'Authenticated');
    const [left] = await rows(
      app.app.services.db,
      sql`select count(*)::integer as live from sessions where user_id = ${person.id} and ended_at is null`,
    );
    expect(left).toEqual({ live: 100 });
    expect(await isTokenAccepted(person.client, person.accessToken)).toBe(true);
  });
}

describe('an account with 15,000 sessions on the embedded database', () => describeMany(() => startApp()));

describePostgres('an account with 15,000 sessions on PostgreSQL', () => {
  let database: FreshDatabase;
  afterAll(() => database?.drop());
  describeMany(async () => {
    database = await freshDatabase(await postgresServer());
    return startApp({ DATABASE_URL: database.url });
  });
});

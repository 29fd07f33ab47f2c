import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ChangePasswordDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
} from '../../../schema/generated/graphql.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { PASSWORD } from '../../support/people.ts';
import { confirmOtp, receiveCode, signUpByPhone, uniquePhone } from '../../support/phones.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';

// Sign-ins hold places, because their statements wait for a row that the test has locked. The tests are retried: on a busy
// machine, the server may cancel these statements, which may take two seconds.

const NEW_PASSWORD = 'amber-quarry-17-thicket';
interface Code {
  challengeId: string;
  code: string;
}
const CODE: Code = { challengeId: crypto.randomUUID(), code: '123456' };
const TOKEN = 'A'.repeat(43);
/** So many hashes run at a time. One more operation may wait. */
const RUNNING = 2;

describePostgres('the last place of the hash queue', () => {
  let database: FreshDatabase;
  let sql: postgres.Sql;
  let app: TestApp;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    sql = postgres(database.url, { max: 2, onnotice: () => {} });
    app = await startApp({ DATABASE_URL: database.url, HASH_CONCURRENCY: String(RUNNING), HASH_QUEUE_LIMIT: '1' });
  });
  afterAll(async () => {
    await app.close();
    await sql.end({ timeout: 1 });
    await database.drop();
  });

  const waitForBlocked = (wanted: number) =>
    expect
      .poll(async () => {
        const [row] = await sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return row?.n;
      })
      .toBe(wanted);

  const reset = async (client: ApiClient, answer: { token: string } | Code) =>
    (await client.request(ResetPasswordDocument, { input: { ...answer, newPassword: NEW_PASSWORD } })).resetPassword;
  const confirm = (client: ApiClient, submission: Code) =>
    confirmOtp(client, { ...submission, password: NEW_PASSWORD });

  async function readyToReset() {
    const { email } = await insertAccount(app);
    const client = app.client();
    const input = { identifier: email };
    const { id } = expectType(
      (await client.request(RequestPasswordResetDocument, { input })).requestPasswordReset,
      'Challenge',
    );
    const [message] = await app.mail(email);
    return () => reset(client, { challengeId: id, code: message?.code ?? '' });
  }

  async function readyToConfirm() {
    const client = app.client();
    const { submission } = await receiveCode(app, client, { phone: uniquePhone() });
    return () => confirm(client, submission);
  }

  /** Sign-ins hold this many places until the work is done. */
  async function whilePlacesAreHeld(count: number, work: (tx: postgres.TransactionSql) => Promise<unknown>) {
    const { id, email } = await insertAccount(app);
    const held = await sql.begin(async (tx) => {
      await tx`select from users where id = ${id} for update`;
      const signIns = Promise.all(Array.from({ length: count }, () => login(app.client(), email, PASSWORD)));
      signIns.catch(() => {});
      await waitForBlocked(count);
      await work(tx);
      return { signIns };
    });
    expect((await held.signIns).map(({ __typename }) => __typename)).toEqual(Array(count).fill('Authenticated'));
  }

  test.each([
    { name: 'a code of a reset', limit: 'guess-network', attempt: (client: ApiClient) => reset(client, CODE) },
    {
      name: 'a link of a reset',
      limit: 'anonymous-network',
      attempt: (client: ApiClient) => reset(client, { token: TOKEN }),
    },
    { name: 'a code by text message', limit: 'guess-network', attempt: (client: ApiClient) => confirm(client, CODE) },
  ])('is not taken by a network whose limit is used up, with $name (T94)', async ({ limit, attempt }) => {
    const flooder = app.client();
    expectType(await attempt(flooder), 'ChallengeFailed');
    await sql`update budgets set points = 1000000 where name = ${limit}`;
    const [resetByOwner, confirmByOwner] = [await readyToReset(), await readyToConfirm()];
    const refused: Promise<{ __typename?: string }>[] = [];

    await whilePlacesAreHeld(RUNNING, async (tx) => {
      await tx`select from budgets where name = ${limit} and points >= 1000000 for update`;
      const attempted = attempt(flooder);
      attempted.catch(() => {});
      refused.push(attempted);
      await waitForBlocked(RUNNING + 1);
      expect(await resetByOwner()).toMatchObject({ __typename: 'PasswordChanged' });
      expect(await confirmByOwner()).toMatchObject({ __typename: 'Authenticated' });
    });
    expect(await Promise.all(refused)).toMatchObject([{ __typename: 'RateLimited' }]);
  });

  test('is needed to set a first password, too (F10)', async () => {
    const { client, accessToken } = await signUpByPhone(app);
    const setPassword = () =>
      client.request(ChangePasswordDocument, { input: { newPassword: NEW_PASSWORD } }, { token: accessToken });
    await whilePlacesAreHeld(RUNNING + 1, async () => {
      expect(await setPassword()).toMatchObject({ changePassword: { __typename: 'RateLimited', retryAfter: 1 } });
    });
    expect(await setPassword()).toMatchObject({ changePassword: { __typename: 'PasswordChanged' } });
  });
});

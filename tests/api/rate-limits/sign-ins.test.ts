import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReauthenticateDocument } from '../../../schema/generated/graphql.ts';
import { HOUR, SECOND } from '../../../src/core/clock.ts';
import { changePassword, resetPasswordByLink } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres } from '../../support/servers.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { REDIRECT_URI } from '../../support/social/peer.ts';
import { tokenLogin } from '../../support/social/sign-in.ts';

// A caller who can sign in writes a row of the audit log with each sign-in: 300 an hour for each account.

const clock = testClock();
let google: GooglePeer;
let app: TestApp;
beforeAll(async () => {
  google = await startGoogle();
  app = await startApp({ ...google.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI }, { clock });
});
afterAll(() => Promise.all([app.close(), google.close()]));

const useUp = (of: TestApp, points = 300) =>
  rows(of.app.services.db, sql`update budgets set points = ${points} where name = 'sign-ins'`);

const countEvents = async (userId: string) => {
  const [row] = await rows<{ count: number }>(
    app.app.services.db,
    sql`select count(*)::int as count from audit_events where user_id = ${userId} and outcome = 'succeeded'`,
  );
  return row?.count;
};

test('an ID token that is presented again and again signs in 300 times an hour (T101)', async () => {
  google.person = { subject: crypto.randomUUID(), email: uniqueEmail('native'), emailVerified: true };
  const idToken = await google.idToken({});
  const present = async () => (await tokenLogin(app.client(), { provider: 'google', idToken })).__typename;
  expect(await present()).toBe('Authenticated');
  await useUp(app);
  expect(await present()).toBe('RateLimited');
});

describe('an account that was signed in to 300 times in an hour', () => {
  test('gets no further rows by sign-ins or reauthentications, and the next hour does (T101)', async () => {
    const { id, email } = await insertAccount(app);
    const other = await insertAccount(app);
    const client = app.client();
    const { accessToken: token } = expectType(await login(client, email, PASSWORD), 'Authenticated');
    await useUp(app);
    const events = await countEvents(id);
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
    const { reauthenticate } = await client.request(
      ReauthenticateDocument,
      { input: { password: PASSWORD } },
      { token },
    );
    expectType(reauthenticate, 'RateLimited');
    const change = { email, client, accessToken: token };
    expectType(await changePassword(change, 'saffron-glacier-57-trumpet'), 'RateLimited');
    expect(await countEvents(id)).toBe(events);
    // Only who knows the password learns of it.
    expectType(await login(app.client(), email, 'wrong-horse-battery-staple'), 'InvalidCredentials');
    expectType(await login(app.client(), other.email, PASSWORD), 'Authenticated');
    clock.advance(HOUR + SECOND);
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('can be signed in to right after its owner has reset the password (T101)', async () => {
    const { email } = await insertAccount(app);
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    await useUp(app);
    const newPassword = 'saffron-glacier-57-trumpet';
    expectType(await resetPasswordByLink(app, email, newPassword), 'PasswordChanged');
    expectType(await login(app.client(), email, newPassword), 'Authenticated');
  });

  test('gets no further changes of its password by a caller who has just confirmed it (T101)', async () => {
    const { id, email } = await insertAccount(app);
    const client = app.client();
    const { accessToken } = expectType(await login(client, email, PASSWORD), 'Authenticated');
    clock.advance(SECOND);
    const input = { password: PASSWORD };
    const renewed = await client.request(ReauthenticateDocument, { input }, { token: accessToken });
    const token = expectType(renewed.reauthenticate, 'Reauthenticated').accessToken;
    const change = (n: number) =>
      changePassword({ email, client, accessToken: token }, `saffron-glacier-${n}-trumpet`, null);
    expectType(await change(1), 'PasswordChanged');
    await useUp(app);
    expectType(await change(2), 'RateLimited');
    const events = sql`select id from audit_events where user_id = ${id} and type = 'password-change'`;
    expect(await rows(app.app.services.db, events)).toHaveLength(1);
  });

  test('is not affected by wrong passwords, however many (T101)', async () => {
    const { email } = await insertAccount(app);
    for (let time = 0; time < 5; time++) await login(app.client(), email, 'wrong-horse-battery-staple');
    const counters = await rows(
      app.app.services.db,
      sql`select points from budgets where name = 'sign-ins' and points < 5`,
    );
    await login(app.client(), email, 'wrong-horse-battery-staple');
    expect(
      await rows(app.app.services.db, sql`select points from budgets where name = 'sign-ins' and points < 5`),
    ).toEqual(counters);
  });
});

describePostgres('ten sign-ins at once on two replicas', () => {
  const { app: first, replica } = useReplicas({});

  test('are no more than the limit allows (T101)', async () => {
    const { email } = await insertAccount(first());
    expectType(await login(first().client(), email, PASSWORD), 'Authenticated');
    await useUp(first(), 295);
    const answers = Array.from({ length: 10 }, (_, n) => login(replica(n).client(), email, PASSWORD));
    const types = (await Promise.all(answers)).map(({ __typename }) => __typename).toSorted();
    expect(types).toEqual([...Array(5).fill('Authenticated'), ...Array(5).fill('RateLimited')]);
  });
});

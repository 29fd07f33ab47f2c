import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ChangePasswordDocument,
  IdentitiesDocument,
  RegisterEmailDocument,
} from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, signInWith, tokenLogin, visitProvider } from '../../support/social/sign-in.ts';

// An attacker's request runs while the owner of the address takes over the account.

const createPerson = (email: string) => ({ subject: crypto.randomUUID(), email, emailVerified: true as unknown });

describePostgres('while the owner takes over an account, an attacker (T34)', () => {
  let database: { url: string; drop(): Promise<void> };
  let sql: postgres.Sql;
  let [google, company]: [GooglePeer?, Peer?] = [];
  let app: TestApp;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    sql = postgres(database.url, { max: 3, onnotice: () => {} });
    [google, company] = await Promise.all([startGoogle(), startMockIssuer('company')]);
    const env = { ...google.settings, ...company.settings, ...WITHOUT_VERIFICATION };
    app = await startApp({ ...env, DATABASE_URL: database.url, SOCIAL_REDIRECT_URIS: REDIRECT_URI });
  });
  afterAll(async () => {
    await app.close();
    await sql.end({ timeout: 1 });
    await Promise.all([google?.close(), company?.close()]);
    await database.drop();
  });
  const peers = () => ({ google: google as GooglePeer, company: company as Peer }); // Started in beforeAll.

  /** Waits until this many statements wait for a lock. */
  async function waitForBlocked(wanted: number): Promise<void> {
    for (let look = 0; look < 500; look++) {
      const [row] = await sql`
        select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      if (row?.n >= wanted) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`there are not ${wanted} statements that wait`);
  }

  let email: string;
  let attacker: { accessToken: string; user: { id: string } };
  beforeEach(async () => {
    email = uniqueEmail('victim').replace('example.com', 'gmail.com');
    const { registerEmail } = await app
      .client()
      .request(RegisterEmailDocument, { input: { email, password: PASSWORD } });
    attacker = expectType(registerEmail, 'Authenticated');
    peers().company.person = createPerson('attacker@example.org');
  });

  /** We hold the account's row until the owner's sign-in and then the attacker's action wait for it in this order. */
  async function runAfterOwner<Outcome>(action: () => Promise<Outcome>) {
    peers().google.person = createPerson(email);
    const idToken = await peers().google.idToken();
    const [owner, outcome] = await sql.begin(async (tx) => {
      await tx`select from users where id = ${attacker.user.id} for update`;
      const signingIn = tokenLogin(app.client(), { provider: 'google', idToken });
      await waitForBlocked(1);
      const doing = action();
      doing.catch(() => {});
      await waitForBlocked(2);
      return [signingIn, doing].map((promise) => ({ promise })) as unknown as [
        { promise: typeof signingIn },
        { promise: Promise<Outcome> },
      ];
    });
    const victim = expectType(await owner.promise, 'Authenticated');
    expect(victim.user.id).toBe(attacker.user.id);
    const settled = await outcome.promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    return { victim, settled };
  }

  async function expectOnlyOwner(victim: { accessToken: string }) {
    const { me: mine } = await app.client().request(IdentitiesDocument, undefined, { token: victim.accessToken });
    expect(mine).toMatchObject({ hasPassword: false, identities: [{ provider: 'google' }] });
    const rows = await sql`
      select id from sessions where user_id = ${attacker.user.id} and ended_at is null`;
    expect(rows).toHaveLength(1);
    expect(await me(app.client(), attacker.accessToken)).toBeNull();
  }

  test('cannot sign in by password', async () => {
    const { victim, settled } = await runAfterOwner(() => login(app.client(), email, PASSWORD));
    expect(settled).toMatchObject({ value: { __typename: 'InvalidCredentials' } });
    await expectOnlyOwner(victim);
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');
  });

  test('cannot sign in by an identity linked before', async () => {
    const { company } = peers();
    const client = app.client();
    const link = { purpose: 'LINK', token: attacker.accessToken } as const;
    expectType(await signInWith(client, company, link), 'IdentityLinked');
    const callbackInput = await visitProvider(client, company);
    const { victim, settled } = await runAfterOwner(() => callback(client, callbackInput));
    // An account of the attacker's own, because the identity was removed.
    expect(settled).toMatchObject({ value: { __typename: 'Authenticated', isNewUser: true } });
    await expectOnlyOwner(victim);
  });

  test('cannot link an identity', async () => {
    const client = app.client();
    const { accessToken: token } = attacker;
    const callbackInput = await visitProvider(client, peers().company, { purpose: 'LINK', token });
    const { victim, settled } = await runAfterOwner(() => callback(client, callbackInput, { token }));
    expect(settled).toHaveProperty('error');
    await expectOnlyOwner(victim);
  });

  test('cannot set a password', async () => {
    const input = { currentPassword: PASSWORD, newPassword: 'saffron-glacier-57-trumpet' };
    const { victim, settled } = await runAfterOwner(() =>
      app.client().request(ChangePasswordDocument, { input }, { token: attacker.accessToken }),
    );
    expect(settled).toHaveProperty('error');
    await expectOnlyOwner(victim);
  });
});

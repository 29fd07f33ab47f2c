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
import { callback, roundTrip, signInWith, tokenLogin } from '../../support/social/round-trip.ts';

// A stranger who is in the middle of something while the owner of the address takes the account over.

const someone = (email: string) => ({ subject: crypto.randomUUID(), email, emailVerified: true as unknown });

describePostgres('a stranger who is in the middle of (T34)', () => {
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
  const peers = () => ({ google: google as GooglePeer, company: company as Peer }); // Started before any test.

  /** Statements that wait for a lock. */
  async function waiting(wanted: number): Promise<void> {
    for (let look = 0; look < 500; look++) {
      const [row] = await sql`
        select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      if (row?.n >= wanted) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`there are not ${wanted} statements that wait`);
  }

  let email: string;
  let stranger: { accessToken: string; user: { id: string } };
  beforeEach(async () => {
    email = uniqueEmail('victim').replace('example.com', 'gmail.com');
    const { registerEmail } = await app.client().ask(RegisterEmailDocument, { input: { email, password: PASSWORD } });
    stranger = expectType(registerEmail, 'Authenticated');
    peers().company.person = someone('stranger@example.org');
  });

  /**
   * The owner comes, then the stranger's deed, and both stand before the account's row in this order, held up by us.
   * Then they go on.
   */
  async function behindTheOwner<Outcome>(action: () => Promise<Outcome>) {
    peers().google.person = someone(email);
    const idToken = await peers().google.idToken();
    const [owner, outcome] = await sql.begin(async (tx) => {
      await tx`select from users where id = ${stranger.user.id} for update`;
      const signingIn = tokenLogin(app.client(), { provider: 'google', idToken });
      await waiting(1);
      const doing = action();
      doing.catch(() => {});
      await waiting(2);
      return [signingIn, doing].map((promise) => ({ promise })) as unknown as [
        { promise: typeof signingIn },
        { promise: Promise<Outcome> },
      ];
    });
    const victim = expectType(await owner.promise, 'Authenticated');
    expect(victim.user.id).toBe(stranger.user.id);
    const settled = await outcome.promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    return { victim, settled };
  }

  async function expectNothingLeft(victim: { accessToken: string }) {
    const { me: mine } = await app.client().ask(IdentitiesDocument, undefined, { token: victim.accessToken });
    expect(mine).toMatchObject({ hasPassword: false, identities: [{ provider: 'google' }] });
    const rows = await sql`
      select id from sessions where user_id = ${stranger.user.id} and ended_at is null`;
    expect(rows).toHaveLength(1);
    expect(await me(app.client(), stranger.accessToken)).toBeNull();
  }

  test('signing in by password does not get in', async () => {
    const { victim, settled } = await behindTheOwner(() => login(app.client(), email, PASSWORD));
    expect(settled).toMatchObject({ value: { __typename: 'InvalidCredentials' } });
    await expectNothingLeft(victim);
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');
  });

  test('signing in by an identity that was linked does not get in', async () => {
    const { company } = peers();
    const client = app.client();
    const link = { purpose: 'LINK', token: stranger.accessToken } as const;
    expectType(await signInWith(client, company, link), 'IdentityLinked');
    const trip = await roundTrip(client, company);
    const { victim, settled } = await behindTheOwner(() => callback(client, trip));
    // An account of the stranger's own: the identity is nobody's any more.
    expect(settled).toMatchObject({ value: { __typename: 'Authenticated', isNewUser: true } });
    await expectNothingLeft(victim);
  });

  test('linking an identity has linked nothing', async () => {
    const client = app.client();
    const { accessToken: token } = stranger;
    const trip = await roundTrip(client, peers().company, { purpose: 'LINK', token });
    const { victim, settled } = await behindTheOwner(() => callback(client, trip, { token }));
    expect(settled).toHaveProperty('error');
    await expectNothingLeft(victim);
  });

  test('changing the password has set none', async () => {
    const input = { currentPassword: PASSWORD, newPassword: 'saffron-glacier-57-trumpet' };
    const { victim, settled } = await behindTheOwner(() =>
      app.client().ask(ChangePasswordDocument, { input }, { token: stranger.accessToken }),
    );
    expect(settled).toHaveProperty('error');
    await expectNothingLeft(victim);
  });
});

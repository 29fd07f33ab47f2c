import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, tokenLogin, visitProvider } from '../../support/social/sign-in.ts';

// Two people and one address; see docs/decisions/0009.

let google: GooglePeer;
let company: Peer;
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [google, company] = await Promise.all([startGoogle(), startMockIssuer('company')]);
  settings = { ...google.settings, ...company.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
  // With this policy accounts exist before their address is verified.
  app = await startApp({ ...settings, ...WITHOUT_VERIFICATION, OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => Promise.all([app.close(), google.close(), company.close()]));

/** Google is authoritative for gmail.com. */
const uniqueGmail = () => uniqueEmail('victim').replace('example.com', 'gmail.com');

const createPerson = (email: string) => ({ subject: crypto.randomUUID(), email, emailVerified: true as unknown });

beforeEach(() => {
  google.person = createPerson(uniqueEmail());
  company.person = createPerson(uniqueEmail());
});

async function registerAt(client: ReturnType<TestApp['client']>, email: string) {
  const input = { email, password: PASSWORD, firstName: 'Mallory' };
  const session = expectType((await client.request(RegisterEmailDocument, { input })).registerEmail, 'Authenticated');
  return { ...session, refreshToken: session.refreshToken ?? '' };
}

describePostgres('sixteen parallel sign-ins on two replicas (F20)', () => {
  let database: { url: string; drop(): Promise<void> };
  let replicas: TestApp[];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { ...settings, ...WITHOUT_VERIFICATION, DATABASE_URL: database.url };
    replicas = await Promise.all([startApp(env), startApp(env)]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });
  const replica = (index: number) => replicas[index % 2] as TestApp; // There are two.
  const db = () => replica(0).app.services.db;

  test('create one account for a new user', async () => {
    google.person = createPerson(uniqueEmail());
    const idToken = await google.idToken();
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tokenLogin(replica(index).client(), { provider: 'google', idToken })),
    );
    const users = results.map((submission) => expectType(submission, 'Authenticated'));
    expect(new Set(users.map(({ user }) => user.id)).size).toBe(1);
    expect(users.filter(({ isNewUser }) => isNewUser)).toHaveLength(1);
    expect(await rows(db(), sql`select id from identities where subject = ${google.person.subject}`)).toHaveLength(1);
  });

  test('create one account for a new user without an address', async () => {
    google.person = { ...createPerson(uniqueEmail()), emailVerified: false };
    const idToken = await google.idToken();
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tokenLogin(replica(index).client(), { provider: 'google', idToken })),
    );
    expect(new Set(results.map((submission) => expectType(submission, 'Authenticated').user.id)).size).toBe(1);
    expect(await rows(db(), sql`select id from users where email is null`)).toHaveLength(1);
  });

  test('create one account for one address at two providers', async () => {
    const email = uniqueEmail();
    [google.person, company.person] = [createPerson(email), createPerson(email)];
    const tokens = await Promise.all([google.idToken(), company.idToken?.()]);
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => {
        const provider = index % 4 < 2 ? 'google' : 'company';
        return tokenLogin(replica(index).client(), { provider, idToken: tokens[index % 4 < 2 ? 0 : 1] });
      }),
    );
    expect(new Set(results.map((submission) => expectType(submission, 'Authenticated').user.id)).size).toBe(1);
    expect(await rows(db(), sql`select id from users where email = ${email}`)).toHaveLength(1);
  });

  test('remove an attacker once and keep all the owner’s sessions (T34)', async () => {
    const email = uniqueGmail();
    const client = replica(0).client();
    const attacker = await registerAt(client, email);
    google.person = createPerson(email);
    const idToken = await google.idToken();
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tokenLogin(replica(index).client(), { provider: 'google', idToken })),
    );
    const sessions = results.map((submission) => expectType(submission, 'Authenticated'));
    expect(await me(client, attacker.accessToken)).toBeNull();
    for (const [index, { accessToken }] of sessions.entries())
      expect(await me(replica(index).client(), accessToken)).toMatchObject({ email, emailVerified: true });
    const reclaims = sql`select id from audit_events where type = 'account-reclaim' and user_id = ${attacker.user.id}`;
    expect(await rows(db(), reclaims)).toHaveLength(1);
  });

  test('with one state succeed once and ask the provider once (F19)', async () => {
    google.person = createPerson(uniqueEmail());
    const callbackInput = await visitProvider(replica(0).client(), google);
    google.requests.length = 0;
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => callback(replica(index).client(), callbackInput)),
    );
    expect(results.filter(({ __typename }) => __typename === 'Authenticated')).toHaveLength(1);
    expect(google.tokenRequests()).toHaveLength(1);
  });
});

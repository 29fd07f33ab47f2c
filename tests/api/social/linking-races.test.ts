import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { IdentitiesDocument, UnlinkIdentityDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, signInWith, visitProvider } from '../../support/social/sign-in.ts';

let [one, two]: Peer[] = [];
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [one, two] = await Promise.all([startMockIssuer('one'), startMockIssuer('two')]);
  settings = { ...one?.settings, ...two?.settings, ...WITHOUT_VERIFICATION, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
  app = await startApp(settings);
});
afterAll(() => Promise.all([app.close(), one?.close(), two?.close()]));

const peers = () => [one as Peer, two as Peer] as const; // Started in beforeAll.

beforeEach(() => {
  for (const peer of peers()) peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
});

const listIdentities = async (client: ApiClient, token: string) =>
  (await client.request(IdentitiesDocument, undefined, { token })).me?.identities ?? [];

const unlink = async (client: ApiClient, token: string, id: string) =>
  (await client.request(UnlinkIdentityDocument, { id }, { token })).unlinkIdentity;

const link = async (client: ApiClient, token: string, peer: Peer, password?: string) =>
  signInWith(client, peer, { purpose: 'LINK', token, ...(password && { password }) });

/** Signs up at a provider, so without a password. */
const signUpBySocial = async (peer: Peer, client = app.client()) => ({
  client,
  ...expectType(await signInWith(client, peer), 'Authenticated'),
});

describePostgres('parallel requests on two replicas (T85)', () => {
  let database: { url: string; drop(): Promise<void> };
  let replicas: TestApp[];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { ...settings, DATABASE_URL: database.url, EMAIL_SIGN_IN: 'off' };
    replicas = await Promise.all([startApp(env), startApp(env)]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });
  const replica = (index: number) => replicas[index % 2] as TestApp; // There are two.

  test('removing both ways to sign in, sixteen times, leaves one', async () => {
    for (let round = 0; round < 5; round++) {
      for (const peer of peers())
        peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
      const [peer, other] = peers();
      const { client, accessToken } = await signUpBySocial(peer, replica(0).client());
      expectType(await link(client, accessToken, other), 'IdentityLinked');
      const [a, b] = await listIdentities(client, accessToken);
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          unlink(replica(index).client(), accessToken, (index % 4 < 2 ? a?.id : b?.id) ?? ''),
        ),
      );
      expect(results.filter(({ __typename }) => __typename === 'IdentityUnlinked')).toHaveLength(1);
      expect(await listIdentities(client, accessToken)).toHaveLength(1);
    }
  });

  test('eight users who link one identity give it to one of them', async () => {
    const [peer] = peers();
    const people = await Promise.all(Array.from({ length: 8 }, (_, index) => registerUser(replica(index).client())));
    const callbackInputs: Awaited<ReturnType<typeof visitProvider>>[] = [];
    for (const { client, accessToken } of people)
      callbackInputs.push(await visitProvider(client, peer, { purpose: 'LINK', token: accessToken }));
    const results = await Promise.all(
      people.map(({ client, accessToken }, index) =>
        callback(client, callbackInputs[index] as (typeof callbackInputs)[number], { token: accessToken }),
      ),
    );
    expect(results.filter(({ __typename }) => __typename === 'IdentityLinked')).toHaveLength(1);
    const db = replica(0).app.services.db;
    expect(await rows(db, sql`select id from identities where subject = ${peer.person.subject}`)).toHaveLength(1);
  });
});

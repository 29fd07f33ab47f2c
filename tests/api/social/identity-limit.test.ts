import { afterAll, beforeAll, expect, test } from 'vitest';
import { IdentitiesDocument } from '../../../schema/generated/graphql.ts';
import { newId } from '../../../src/core/ids.ts';
import { MAX_IDENTITIES } from '../../../src/features/identities/identity.ts';
import { identities } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { uniqueEmail } from '../../support/people.ts';
import { startReplicas } from '../../support/replicas.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startGoogle } from '../../support/social/google.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, signInWith, visitProvider } from '../../support/social/sign-in.ts';

let peer: Peer;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  peer = await startGoogle();
  settings = { ...peer.settings, ...WITHOUT_VERIFICATION, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
});
afterAll(() => peer.close());

const beSomeone = (email = uniqueEmail()) => {
  peer.person = { subject: crypto.randomUUID(), email, emailVerified: true };
};

const insertIdentities = ({ app }: TestApp, userId: string, count: number) =>
  app.services.db.insert(identities).values(
    Array.from({ length: count }, () => ({
      id: newId(new Date()),
      userId,
      provider: 'other',
      issuer: 'https://other.example',
      subject: crypto.randomUUID(),
      createdAt: new Date(),
    })),
  );

const countIdentities = async (client: ApiClient, token: string) =>
  (await client.request(IdentitiesDocument, undefined, { token })).me?.identities.length;

test('an account with fifty identities gets no more, neither by linking nor by signing in (T96)', async () => {
  const app = await startApp(settings);
  try {
    const { client, accessToken: token, user, email } = await registerUser(app.client());
    await insertIdentities(app, user.id, MAX_IDENTITIES);
    beSomeone();
    const refusal = expectType(await signInWith(client, peer, { purpose: 'LINK', token }), 'InvalidInput');
    expect(refusal.fields).toMatchObject([
      { path: 'provider', code: 'NOT_ALLOWED', message: expect.stringContaining('50') },
    ]);
    expect(await countIdentities(client, token)).toBe(MAX_IDENTITIES);
    beSomeone(email);
    expect((await signInWith(app.client(), peer)).__typename).not.toBe('Authenticated');
    expect(await countIdentities(client, token)).toBe(MAX_IDENTITIES);
  } finally {
    await app.close();
  }
});

describePostgres('on two replicas', () => {
  let database: FreshDatabase;
  let replicas: readonly [TestApp, TestApp];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    replicas = await startReplicas({ ...settings, DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });

  test('of ten identities linked at once to an account with 48, two are linked (T96)', async () => {
    const { accessToken: token, user } = await registerUser(replicas[0].client());
    await insertIdentities(replicas[0], user.id, MAX_IDENTITIES - 2);
    const linking = [];
    for (let index = 0; index < 10; index += 1) {
      const client = (replicas[index % 2] ?? replicas[0]).client();
      beSomeone();
      linking.push({ client, input: await visitProvider(client, peer, { purpose: 'LINK', token }) });
    }
    const results = await Promise.all(linking.map(({ client, input }) => callback(client, input, { token })));
    const types = results.map(({ __typename }) => __typename).sort();
    expect(types).toEqual([...Array(2).fill('IdentityLinked'), ...Array(8).fill('InvalidInput')]);
    expect(await countIdentities(replicas[1].client(), token)).toBe(MAX_IDENTITIES);
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ChangePasswordDocument,
  IdentitiesDocument,
  UnlinkIdentityDocument,
} from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { refreshTokens, registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { authorize, callback, roundTrip, signInWith } from '../../support/social/round-trip.ts';

let [one, two]: Peer[] = [];
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [one, two] = await Promise.all([startMockIssuer('one'), startMockIssuer('two')]);
  settings = { ...one?.settings, ...two?.settings, ...WITHOUT_VERIFICATION, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
  app = await startApp(settings);
});
afterAll(() => Promise.all([app.close(), one?.close(), two?.close()]));
const peers = () => [one as Peer, two as Peer] as const; // Both are started before any test.

beforeEach(() => {
  for (const peer of peers()) peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
});

const identitiesOf = async (client: ApiClient, token: string) =>
  (await client.ask(IdentitiesDocument, undefined, { token })).me?.identities ?? [];

const unlink = async (client: ApiClient, token: string, id: string) =>
  (await client.ask(UnlinkIdentityDocument, { id }, { token })).unlinkIdentity;

const link = async (client: ApiClient, token: string, peer: Peer, password?: string) =>
  signInWith(client, peer, { purpose: 'LINK', token, ...(password && { password }) });

/** Makes the session eleven minutes older than it is. */
const age = ({ id }: { id: string }) =>
  app.app.services.db.execute(
    sql`update sessions set created_at = created_at - interval '11 minutes' where id = ${id}`,
  );

/** Signed up by the provider alone: no password. */
const socialNewcomer = async (peer: Peer, client = app.client()) => ({
  client,
  ...expectType(await signInWith(client, peer), 'Authenticated'),
});

describe('linking', () => {
  test('adds a way to sign in, once, whatever the address there', async () => {
    const [peer] = peers();
    const { client, accessToken, user } = await registerUser(app.client());
    peer.person.emailVerified = false;
    const linked = expectType(await link(client, accessToken, peer), 'IdentityLinked');
    expect(linked).toMatchObject({ identity: { provider: 'one', email: peer.person.email }, user: { id: user.id } });
    expect(expectType(await link(client, accessToken, peer), 'IdentityLinked').identity.id).toBe(linked.identity.id);
    expect(await identitiesOf(client, accessToken)).toHaveLength(1);
    expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).toBe(user.id);
  });

  test('needs a signed-in user, at its beginning and at its end (T85)', async () => {
    const [peer] = peers();
    const { client, accessToken } = await registerUser(app.client());
    const { errors } = await client.post({
      query: `mutation { socialAuthorize(input: { provider: "one", purpose: LINK, redirectUri: "${REDIRECT_URI}" }) { __typename } }`,
    });
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const trip = await roundTrip(client, peer, { purpose: 'LINK', token: accessToken });
    expect(expectType(await callback(client, trip), 'SocialRejected').reason).toBe('STATE_MISMATCH');
    expectType(await callback(client, trip, { token: accessToken }), 'IdentityLinked');
  });

  test('what one user began is worth nothing to another (T20, T77)', async () => {
    const [peer] = peers();
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    const trip = await roundTrip(ada.client, peer, { purpose: 'LINK', token: ada.accessToken });
    const stolen = expectType(await callback(eve.client, trip, { token: eve.accessToken }), 'SocialRejected');
    expect(stolen.reason).toBe('STATE_MISMATCH');
    expect(peer.tokenRequests().filter(({ form }) => form.get('code') === trip.code)).toEqual([]);
    expectType(await callback(ada.client, trip, { token: ada.accessToken }), 'IdentityLinked');
  });

  test('what is another user’s stays another user’s', async () => {
    const [peer] = peers();
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    expectType(await link(ada.client, ada.accessToken, peer), 'IdentityLinked');
    expectType(await link(eve.client, eve.accessToken, peer), 'IdentityConflict');
    expect(await identitiesOf(eve.client, eve.accessToken)).toEqual([]);
  });

  test('ten minutes after the sign-in it takes the password (T85)', async () => {
    const [peer] = peers();
    const { client, refreshToken, session } = await registerUser(app.client());
    await age(session);
    // A refreshed session is as old as it was.
    const { accessToken: token } = await refreshTokens(client, refreshToken);
    const begin = (password?: string) =>
      authorize(client, { provider: peer.name, purpose: 'LINK', ...(password && { password }) }, { token });

    expect(expectType(await begin(), 'InvalidInput').fields).toMatchObject([{ path: 'password', code: 'REQUIRED' }]);
    expectType(await begin('not-the-password-at-all'), 'InvalidCredentials');
    expectType(await begin(PASSWORD), 'SocialAuthorization');
    expectType(await link(client, token, peer, PASSWORD), 'IdentityLinked');
  });

  test('without a password it takes another sign-in (T85)', async () => {
    const [peer, other] = peers();
    const { client, ...first } = await socialNewcomer(peer);
    await age(first.session);
    const { accessToken: token } = await refreshTokens(client, first.refreshToken ?? '');
    for (const password of [undefined, PASSWORD]) {
      const input = { provider: other.name, purpose: 'LINK' as const, ...(password && { password }) };
      const refused = expectType(await authorize(client, input, { token }), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path: 'purpose', code: 'NOT_ALLOWED' }]);
    }
    const again = expectType(await signInWith(client, peer), 'Authenticated');
    expectType(await link(client, again.accessToken, other), 'IdentityLinked');
  });

  test('wrong passwords count where those of a sign-in count, and a locked account is locked here (T42)', async () => {
    const { client, email, accessToken: token } = await registerUser(app.client());
    const begin = (password: string) => authorize(client, { provider: 'one', purpose: 'LINK', password }, { token });
    for (let guess = 0; guess < 10; guess++) expectType(await begin(`wrong-${guess}`), 'InvalidCredentials');
    expectType(await begin(PASSWORD), 'RateLimited');
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
  });

  test('who is refused again and again is told to wait, and asks the provider no more (T42)', async () => {
    const [peer] = peers();
    const client = app.client();
    const trip = await roundTrip(client, peer);
    const wrong = { ...trip, challengeId: crypto.randomUUID() };
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => callback(client, wrong)));
      for (const answer of answers) expectType(answer, 'SocialRejected');
    }
    expectType(await callback(client, trip), 'RateLimited');
    expectType(await callback(app.client(), trip), 'Authenticated');
  });
});

describe('unlinking', () => {
  test('takes the way to sign in away, and leaves sessions alone', async () => {
    const [peer] = peers();
    const { client, accessToken, user } = await registerUser(app.client());
    const { identity } = expectType(await link(client, accessToken, peer), 'IdentityLinked');
    const left = expectType(await unlink(client, accessToken, identity.id), 'IdentityUnlinked');
    expect(left.user).toEqual({ id: user.id, identities: [] });
    expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).not.toBe(user.id);
    expectType(await unlink(client, accessToken, identity.id), 'NotFound');
  });

  test('the last way to sign in stays (T85)', async () => {
    const [peer, other] = peers();
    const { client, accessToken } = await socialNewcomer(peer);
    const [identity] = await identitiesOf(client, accessToken);
    expectType(await unlink(client, accessToken, identity?.id ?? ''), 'LastSignInMethod');
    expectType(await link(client, accessToken, other), 'IdentityLinked');
    expectType(await unlink(client, accessToken, identity?.id ?? ''), 'IdentityUnlinked');
    const [last] = await identitiesOf(client, accessToken);
    expectType(await unlink(client, accessToken, last?.id ?? ''), 'LastSignInMethod');
  });

  test('a password that goes with no address is no way to sign in (T85)', async () => {
    const [peer] = peers();
    peer.person.emailVerified = false;
    const { client, accessToken: token } = await socialNewcomer(peer);
    const { changePassword } = await client.ask(
      ChangePasswordDocument,
      { input: { newPassword: PASSWORD } },
      { token },
    );
    expectType(changePassword, 'PasswordChanged');
    const [identity] = await identitiesOf(client, token);
    expectType(await unlink(client, token, identity?.id ?? ''), 'LastSignInMethod');
    await app.app.services.db.execute(sql`update users set email = ${uniqueEmail()} where id =
      (select user_id from identities where id = ${identity?.id})`);
    expectType(await unlink(client, token, identity?.id ?? ''), 'IdentityUnlinked');
  });

  test('an identity at a provider that is configured no more is no way to sign in (T85)', async () => {
    const [peer, other] = peers();
    const { client, accessToken } = await socialNewcomer(peer);
    const { identity } = expectType(await link(client, accessToken, other), 'IdentityLinked');
    await app.app.services.db.execute(sql`update identities set provider = 'gone' where id = ${identity.id}`);
    const [first] = await identitiesOf(client, accessToken);
    expectType(await unlink(client, accessToken, first?.id ?? ''), 'LastSignInMethod');
    expectType(await unlink(client, accessToken, identity.id), 'IdentityUnlinked');
  });

  test('another person’s identity is not found, and stays (T20)', async () => {
    const [peer] = peers();
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    const { identity } = expectType(await link(ada.client, ada.accessToken, peer), 'IdentityLinked');
    const unknown = await unlink(eve.client, eve.accessToken, crypto.randomUUID());
    expectType(unknown, 'NotFound');
    expect(await unlink(eve.client, eve.accessToken, identity.id)).toEqual(unknown);
    expect(await unlink(eve.client, eve.accessToken, 'not an id')).toEqual(unknown);
    expect(await identitiesOf(ada.client, ada.accessToken)).toHaveLength(1);
  });
});

describePostgres('sixteen at once, over two replicas (T85)', () => {
  let database: { url: string; drop(): Promise<void> };
  let replicas: TestApp[];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { ...settings, DATABASE_URL: database.url };
    replicas = await Promise.all([startApp(env), startApp(env)]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });
  const replica = (index: number) => replicas[index % 2] as TestApp; // There are two.

  test('of two ways to sign in that are both taken away, one stays', async () => {
    for (let round = 0; round < 5; round++) {
      for (const peer of peers())
        peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
      const [peer, other] = peers();
      const { client, accessToken } = await socialNewcomer(peer, replica(0).client());
      expectType(await link(client, accessToken, other), 'IdentityLinked');
      const [a, b] = await identitiesOf(client, accessToken);
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          unlink(replica(index).client(), accessToken, (index % 4 < 2 ? a?.id : b?.id) ?? ''),
        ),
      );
      expect(answers.filter(({ __typename }) => __typename === 'IdentityUnlinked')).toHaveLength(1);
      expect(await identitiesOf(client, accessToken)).toHaveLength(1);
    }
  });

  test('one identity that two users link at once is one user’s', async () => {
    const [peer] = peers();
    const people = await Promise.all(Array.from({ length: 8 }, (_, index) => registerUser(replica(index).client())));
    const trips: Awaited<ReturnType<typeof roundTrip>>[] = [];
    for (const { client, accessToken } of people)
      trips.push(await roundTrip(client, peer, { purpose: 'LINK', token: accessToken }));
    const answers = await Promise.all(
      people.map(({ client, accessToken }, index) =>
        callback(client, trips[index] as (typeof trips)[number], { token: accessToken }),
      ),
    );
    expect(answers.filter(({ __typename }) => __typename === 'IdentityLinked')).toHaveLength(1);
    const db = replica(0).app.services.db;
    expect(await rows(db, sql`select id from identities where subject = ${peer.person.subject}`)).toHaveLength(1);
  });
});

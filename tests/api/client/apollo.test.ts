import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Latchkey, LatchkeyOptions } from '@latchkey/client';
import { parse as gql } from 'graphql';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { LogoutAllDocument } from '../../../schema/generated/graphql.ts';
import { type ApolloVersion, loadApollo } from '../../support/apollo-versions.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testClock } from '../../support/clock.ts';
import { noNetwork, signedIn, testLatchkey } from '../../support/latchkey.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const MINUTE = 60;

const ME = gql('query Me { me { id email firstName } }');
const RENAME = gql(`mutation Rename($firstName: String!) {
  updateProfile(input: { firstName: $firstName }) { __typename ... on ProfileUpdated { user { id firstName } } }
}`);

/** What a server has received. */
interface Sent {
  operation: string;
  token: string | null;
}
/** How a server refuses a token. */
interface Refusal {
  status: number;
  body: string;
}
const errorsOf = (code: string, data: unknown = null) =>
  JSON.stringify({ data, errors: [{ message: code, extensions: { code } }] });

describe.each([
  ['4', '@apollo/client'],
  ['3', 'apollo-client-3'],
])('Apollo Client %s with @latchkey/client', (version, name) => {
  let apollo: ApolloVersion;
  let app: TestApp;
  const clock = testClock();
  beforeAll(async () => {
    [apollo, app] = await Promise.all([loadApollo(name), startApp(WITHOUT_VERIFICATION, { clock })]);
  });
  afterAll(() => app?.close());

  /** An app. `hold` delays the responses of its own requests until the returned function is called. */
  function openApp(latchkey: Latchkey, uri = `${app.url}/graphql`) {
    const { ApolloClient, HttpLink, InMemoryCache, latchkeyLink, possibleTypes, resetOnUserChange } = apollo;
    const sent: Sent[] = [];
    let held: Promise<void> | undefined;
    const send: typeof fetch = async (resource, init) => {
      const [, operation = ''] = /(?:query|mutation) (\w+)/.exec(String(init?.body)) ?? [];
      sent.push({ operation, token: new Headers(init?.headers).get('authorization') });
      const response = await fetch(resource, { ...init, signal: null });
      await held;
      return response;
    };
    const client = new ApolloClient({
      link: latchkeyLink(latchkey).concat(new HttpLink({ uri, fetch: send })),
      cache: new InMemoryCache({ possibleTypes }),
    });
    onTestFinished(resetOnUserChange(client, latchkey));
    onTestFinished(() => client.stop());
    return {
      client,
      sent,
      hold() {
        let release = () => {};
        held = new Promise((resolve) => {
          release = resolve;
        });
        return () => {
          held = undefined;
          release();
        };
      },
      me: () => client.query<{ me: { email: string } }>({ query: ME, fetchPolicy: 'network-only' }),
      rename: (firstName: string) => client.mutate({ mutation: RENAME, variables: { firstName } }),
    };
  }
  async function openSignedIn(options?: Partial<LatchkeyOptions>) {
    const latchkey = await signedIn(app, options);
    return { latchkey, ...openApp(latchkey) };
  }
  /** The codes of what the promise is rejected with, whatever its shape. */
  const refusalOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'accepted',
      (error) =>
        JSON.stringify([error, error.errors, error.networkError?.result, error.networkError?.code, error.code]),
    );

  test('sends the token', async () => {
    const { me, sent, latchkey } = await openSignedIn();
    expect((await me()).data?.me.email).toBe(latchkey.email);
    expect(sent).toEqual([{ operation: 'Me', token: expect.stringMatching(/^Bearer ./) }]);
  });

  test('sends no token and tries once if the user is signed out', async () => {
    const latchkey = testLatchkey(app);
    const { me, sent } = openApp(latchkey);
    expect(await refusalOf(me())).toContain('UNAUTHENTICATED');
    expect(sent).toEqual([{ operation: 'Me', token: null }]);
  });

  test('operations of a page that was just opened wait for one renewal', async () => {
    const { storage, email } = await signedIn(app);
    const latchkey = testLatchkey(app, { storage });
    const { client } = openApp(latchkey);
    const queries = ['a', 'b', 'c'].map((alias) =>
      client.query({ query: gql(`query Me { me { id ${alias}: email } }`) }),
    );
    expect(await Promise.all(queries)).toMatchObject([{ data: { me: { a: email } } }, {}, {}]);
    expect(latchkey.sent).toEqual(['Refresh']);
  });

  test('renews the token before it expires', async () => {
    const { me, latchkey, sent } = await openSignedIn();
    latchkey.passTime(9.6 * MINUTE);
    await Promise.all([me(), me()]);
    expect(latchkey.sent).toEqual(['Refresh']);
    expect(sent.every(({ operation }) => operation === 'Me')).toBe(true);
  });

  test('renews a token that the service refuses, once for all operations', async () => {
    const { client, me, rename, latchkey, sent } = await openSignedIn();
    clock.advance(11 * MINUTE * 1000);
    const [first, renamed] = await Promise.all([me(), rename('Ada')]);
    expect(first.data?.me.email).toBe(latchkey.email);
    expect(renamed.data).toMatchObject({ updateProfile: { user: { firstName: 'Ada' } } });
    expect(latchkey.sent).toEqual(['Refresh']);
    expect(sent.map(({ operation }) => operation).sort()).toEqual(['Me', 'Me', 'Rename', 'Rename']);
    expect(client.readQuery<{ me: { firstName: string } }>({ query: ME })?.me.firstName).toBe('Ada');
  });

  test('an outage ends the operation with an error, keeps the session, and a later attempt works', async () => {
    const { me, latchkey, sent } = await openSignedIn();
    latchkey.passTime(10 * MINUTE);
    latchkey.network.interfere = noNetwork;
    expect(await refusalOf(me())).toContain('UNAVAILABLE');
    expect(latchkey.session.status).toBe('signedIn');
    expect(sent).toEqual([]);
    latchkey.network.interfere = undefined;
    expect((await me()).data?.me.email).toBe(latchkey.email);
  });

  test('a session that was ended elsewhere ends here with the next operation', async () => {
    const { me, latchkey } = await openSignedIn();
    await app.client({ token: (await latchkey.accessToken()) ?? '' }).request(LogoutAllDocument, { input: {} });
    expect(await refusalOf(me())).toContain('UNAUTHENTICATED');
    expect(latchkey.session).toMatchObject({ status: 'signedOut', reason: 'REVOKED' });
    expect(latchkey.sent).toEqual(['Refresh']);
  });

  test('fragments on interfaces match, with the possible types', async () => {
    const { client } = openApp(testLatchkey(app));
    const { data } = await client.mutate({
      mutation: gql(`mutation Login {
        login(input: { identifier: "ada@example.com", password: "wrong" }) { __typename ... on Problem { message } }
      }`),
    });
    expect(data).toEqual({ login: { __typename: 'InvalidCredentials', message: expect.any(String) } });
  });

  /** A server of the app, which refuses some tokens. */
  async function startServer(...refusals: Refusal[]): Promise<string> {
    const server = createServer((_request, response) => {
      const { status, body } = refusals.shift() ?? { status: 200, body: '{"data":{"plan":"pro"}}' };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // It listens on a port.
  }

  describe("the app's own server", () => {
    test.each<[string, Refusal]>([
      ['errors with status 200', { status: 200, body: errorsOf('UNAUTHENTICATED') }],
      ['errors with status 401', { status: 401, body: errorsOf('UNAUTHENTICATED') }],
      ['errors and data with status 401', { status: 401, body: errorsOf('UNAUTHENTICATED', { plan: null }) }],
      ['errors with status 400', { status: 400, body: errorsOf('UNAUTHENTICATED') }],
      ['a text with status 401', { status: 401, body: 'Unauthorized' }],
    ])('refuses a token by %s: the operation is sent again with a new one', async (_shape, refusal) => {
      const latchkey = await signedIn(app);
      const { client, sent } = openApp(latchkey, await startServer(refusal));
      expect((await client.query({ query: gql('query Plan { plan }') })).data).toEqual({ plan: 'pro' });
      const [first, second] = sent;
      expect(sent).toHaveLength(2);
      expect(second?.token).not.toBe(first?.token);
      expect(latchkey.sent).toEqual(['Refresh']);
    });

    test('that refuses each token is asked twice, and the token is renewed once', async () => {
      const latchkey = await signedIn(app);
      const refusal = { status: 401, body: errorsOf('UNAUTHENTICATED') };
      const { client, sent } = openApp(latchkey, await startServer(refusal, refusal, refusal));
      expect(await refusalOf(client.query({ query: gql('query Plan { plan }') }))).toContain('401');
      expect(sent).toHaveLength(2);
      expect(latchkey.sent).toEqual(['Refresh']);
      expect(latchkey.session.status).toBe('signedIn');
    });

    test('that has done a part of a mutation is not asked again', async () => {
      const latchkey = await signedIn(app);
      const refusal = { status: 200, body: errorsOf('UNAUTHENTICATED', { pay: true, log: null }) };
      const { client, sent } = openApp(latchkey, await startServer(refusal));
      expect(await refusalOf(client.mutate({ mutation: gql('mutation Pay { pay log }') }))).not.toBe('accepted');
      expect(sent).toHaveLength(1);
    });

    test('that fails otherwise is not asked again', async () => {
      const latchkey = await signedIn(app);
      const { client, sent } = openApp(latchkey, await startServer({ status: 403, body: errorsOf('FORBIDDEN') }));
      expect(await refusalOf(client.query({ query: gql('query Plan { plan }') }))).not.toBe('accepted');
      expect(sent).toHaveLength(1);
    });
  });

  /** A query that is shown: what it shows, newest last. */
  function watch(client: ReturnType<typeof openApp>['client']) {
    const shown: (string | undefined)[] = [];
    const query = client.watchQuery<{ me: { email: string } }>({ query: ME, notifyOnNetworkStatusChange: true });
    const subscription = query.subscribe({
      next: ({ data }) => shown.push(data?.me?.email ?? undefined),
      error: ({ message }) => shown.push(message),
    });
    return { shown, stop: () => subscription.unsubscribe() };
  }

  describe('when the user changes', () => {
    test('a query that is shown never shows the previous user again, and shows the new one', async () => {
      const { client, latchkey } = await openSignedIn();
      const { shown, stop } = watch(client);
      await expect.poll(() => shown.at(-1)).toBe(latchkey.email);
      const count = shown.length;
      const email = uniqueEmail();
      await latchkey.registerEmail({ email, password: PASSWORD });
      await expect.poll(() => shown.at(-1)).toBe(email);
      expect(shown.slice(count)).not.toContain(latchkey.email);
      stop();
    });

    test('signing out empties the cache, and queries that are no longer shown are not sent', async () => {
      const { client, latchkey, sent } = await openSignedIn();
      const { shown, stop } = watch(client);
      await expect.poll(() => shown.at(-1)).toBe(latchkey.email);
      const count = sent.length;
      await latchkey.logout();
      stop();
      expect(client.readQuery({ query: ME })).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(sent).toHaveLength(count);
    });

    test('a query that is on its way is answered for the new user, and the mutation of the previous one fails', async () => {
      const { client, me, rename, latchkey, hold, sent } = await openSignedIn();
      const release = hold();
      const [query, mutation] = [me(), refusalOf(rename('Ada'))];
      await expect.poll(() => sent.length).toBe(2);
      const email = uniqueEmail();
      await latchkey.registerEmail({ email, password: PASSWORD });
      release();
      expect((await query).data?.me.email).toBe(email);
      expect(await mutation).toContain('USER_CHANGED');
      expect(client.readQuery<{ me: { email: string } }>({ query: ME })?.me.email).toBe(email);
      expect(JSON.stringify(client.extract())).not.toContain(latchkey.email);
    });

    test('a mutation that is refused then is not sent as the new user', async () => {
      const latchkey = await signedIn(app);
      const { client, sent, hold } = openApp(latchkey, await startServer({ status: 401, body: 'Unauthorized' }));
      const release = hold();
      const paying = refusalOf(client.mutate({ mutation: gql('mutation Pay { plan }') }));
      await expect.poll(() => sent.length).toBe(1);
      await latchkey.registerEmail({ email: uniqueEmail(), password: PASSWORD });
      release();
      expect(await paying).toContain('USER_CHANGED');
      expect(sent).toHaveLength(1);
    });

    test('a mutation that waits for a renewal then is not sent as the new user', async () => {
      const { rename, latchkey, sent } = await openSignedIn();
      const otherProcess = testLatchkey(app, { storage: latchkey.storage });
      await otherProcess.registerEmail({ email: uniqueEmail(), password: PASSWORD });
      latchkey.passTime(11 * MINUTE);
      expect(await refusalOf(rename('Ada'))).toContain('USER_CHANGED');
      expect(sent).toEqual([]);
    });

    test('another session of the same user keeps the cache', async () => {
      const { client, me, latchkey } = await openSignedIn();
      await me();
      await latchkey.login({ identifier: latchkey.email, password: PASSWORD });
      expect(client.readQuery({ query: ME })).not.toBeNull();
    });
  });

  test(`is version ${version}`, () => {
    expect(
      new apollo.ApolloClient({ link: apollo.ApolloLink.empty(), cache: new apollo.InMemoryCache() }).version,
    ).toMatch(new RegExp(`^${version}\\.`));
  });
});

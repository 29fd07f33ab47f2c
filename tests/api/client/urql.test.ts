import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, type CombinedError, cacheExchange, fetchExchange } from '@urql/core';
import { cacheExchange as graphcache } from '@urql/exchange-graphcache';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MeDocument, UpdateProfileDocument } from '../../../packages/client/src/documents.ts';
import { createLatchkey, isTemporary, memoryStorage } from '../../../packages/client/src/index.ts';
import { createUrqlClients, latchkeyExchange } from '../../../packages/client/src/urql.ts';
import { LogoutAllDocument } from '../../../schema/generated/graphql.ts';
import introspection from '../../../schema/generated/introspection.json' with { type: 'json' };
import { startApp, type TestApp } from '../../support/app.ts';
import { randomAddress } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const MINUTE = 60_000;
const PROBLEM = `mutation {
  login(input: { identifier: "ada@example.com", password: "wrong" }) { __typename ... on Problem { message } }
}`;

/** What the client of a browser sends, by the name of the operation. */
interface Sent {
  readonly method: string;
  readonly operation: string;
  readonly token: string | null;
}

describe('urql with @latchkey/client', () => {
  let app: TestApp;
  const clock = testClock();
  beforeAll(async () => {
    app = await startApp(WITHOUT_VERIFICATION, { clock });
  });
  afterAll(() => app?.close());
  afterEach(() => vi.useRealTimers());

  /** An app in a browser of its own. */
  function openApp({ storage = memoryStorage(), url = `${app.url}/graphql`, cache = () => cacheExchange } = {}) {
    const sent: Sent[] = [];
    const network = { isDown: false };
    const ip = randomAddress();
    const send: typeof fetch = async (resource, init) => {
      const headers = new Headers(init?.headers);
      const operation = /\b(?:query|mutation) (\w+)/.exec(String(init?.body ?? resource))?.[1] ?? '';
      sent.push({ method: init?.method ?? 'GET', operation, token: headers.get('authorization') });
      if (network.isDown) throw new TypeError('fetch failed');
      headers.set('x-forwarded-for', ip);
      return fetch(resource, { ...init, headers });
    };
    const latchkey = createLatchkey({ url: app.url, storage, fetch: send });
    onTestFinished(() => latchkey.close());
    const makeClient = () =>
      new Client({ url, fetch: send, exchanges: [cache(), latchkeyExchange(latchkey), fetchExchange] });
    const clients = createUrqlClients(latchkey, makeClient);
    const count = (operation: string) => sent.filter((request) => request.operation === operation).length;
    const me = () => clients.current().query(MeDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    return { latchkey, clients, network, sent, count, storage, me };
  }

  async function signUp(page = openApp()) {
    const email = uniqueEmail();
    await page.latchkey.registerEmail({ email, password: PASSWORD });
    expect(page.latchkey.session.status).toBe('signedIn');
    return { ...page, email };
  }

  const rename = (client: Client, firstName: string) =>
    client.mutation(UpdateProfileDocument, { input: { firstName } }).toPromise();
  const codesOf = (error: CombinedError | undefined) => error?.graphQLErrors.map(({ extensions }) => extensions.code);

  test('sends the token, by POST', async () => {
    const { me, sent, email } = await signUp();
    expect((await me()).data?.me?.email).toBe(email);
    expect(sent.at(-1)).toMatchObject({ method: 'POST', operation: 'Me', token: expect.stringMatching(/^Bearer ./) });
  });

  test('sends no token and tries once if the user is signed out', async () => {
    const { me, latchkey, sent, count } = openApp();
    await latchkey.ready();
    expect(codesOf((await me()).error)).toEqual(['UNAUTHENTICATED']);
    expect(sent.at(-1)?.token).toBeNull();
    expect(count('Me')).toBe(1);
  });

  test('operations of a page that was just opened wait for one renewal', async () => {
    const { storage, email } = await signUp();
    const { clients, count } = openApp({ storage });
    const first = clients.current();
    const queries = ['a', 'b', 'c', 'd'].map((alias) => `query Me { me { ${alias}: email } }`);
    const results = await Promise.all(queries.map((query) => first.query(query, {}).toPromise()));
    expect(results.flatMap(({ data }) => Object.values(data.me).slice(0, 1))).toEqual(Array(4).fill(email));
    expect([count('Refresh'), count('Me')]).toEqual([1, 4]);
    expect(clients.current()).toBe(first);
  });

  test('renews the token before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { me, count } = await signUp();
    vi.setSystemTime(Date.now() + 9 * MINUTE);
    await me();
    expect(count('Refresh')).toBe(0);
    vi.setSystemTime(Date.now() + 0.6 * MINUTE);
    const results = await Promise.all([me(), me(), me()]);
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(count('Refresh')).toBe(1);
  });

  test('renews a token that the service refuses, once for all operations', async () => {
    const { clients, me, count, email } = await signUp();
    clock.advance(11 * MINUTE);
    const [first, renamed] = await Promise.all([me(), rename(clients.current(), 'Ada')]);
    expect(first.data?.me?.email).toBe(email);
    expect(renamed.data?.updateProfile).toMatchObject({ user: { firstName: 'Ada' } });
    expect([count('Refresh'), count('Me'), count('UpdateProfile')]).toEqual([1, 2, 2]);
    await me();
    expect([count('Refresh'), count('Me')]).toEqual([1, 3]);
  });

  test('an outage ends the operation with an error, keeps the session, and a later attempt works', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { me, network, latchkey, storage, email, count } = await signUp();
    const kept = await storage.get();
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    network.isDown = true;
    const { error, data } = await me();
    expect(data).toBeUndefined();
    expect(error?.networkError).toMatchObject({ name: 'LatchkeyError', code: 'UNAVAILABLE' });
    expect(isTemporary(error?.networkError)).toBe(true);
    expect(latchkey.session.status).toBe('signedIn');
    expect(await storage.get()).toBe(kept);
    expect(count('Me')).toBe(0);
    network.isDown = false;
    expect((await me()).data?.me?.email).toBe(email);
  });

  test('a session that was ended elsewhere ends here with the next operation', async () => {
    const { me, latchkey, clients, count } = await signUp();
    const before = clients.current();
    const changed = vi.fn();
    clients.subscribe(changed);
    const { token = '' } = latchkey.heldToken ?? {};
    await app.client({ token }).request(LogoutAllDocument, { input: {} });
    expect(codesOf((await me()).error)).toEqual(['UNAUTHENTICATED']);
    expect(latchkey.session).toMatchObject({ status: 'signedOut', reason: 'REVOKED' });
    expect(count('Refresh')).toBe(1);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(clients.current()).not.toBe(before);
  });

  test('another user starts with an empty cache, and a client that waited for the first one is kept', async () => {
    const { latchkey, clients, email } = await signUp();
    const ask = async () => (await clients.current().query(MeDocument, {}).toPromise()).data?.me?.email;
    expect(await ask()).toBe(email);
    const [first, changed] = [clients.current(), vi.fn()];
    const end = clients.subscribe(changed);
    await latchkey.login({ identifier: email, password: PASSWORD }); // Another session of the same user.
    expect(clients.current()).toBe(first);

    const other = uniqueEmail();
    await latchkey.logout();
    await latchkey.registerEmail({ email: other, password: PASSWORD });
    expect(await ask()).toBe(other);
    expect(changed).toHaveBeenCalledTimes(2);
    end();
    await latchkey.logout();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("the app's own server: UNAUTHENTICATED renews the token whatever the status, a status alone does not", async () => {
    const responses = [
      { status: 200, code: 'UNAUTHENTICATED' },
      { status: 401, code: 'FORBIDDEN' },
    ];
    const server = createServer((_request, response) => {
      const { status = 200, code } = responses.shift() ?? {};
      const body = code ? { data: null, errors: [{ message: code, extensions: { code } }] } : { data: { plan: 'pro' } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // It listens on a port.
    const { clients, sent, count } = await signUp(openApp({ url: `http://127.0.0.1:${port}/` }));
    const ask = () => clients.current().query('query Plan { plan }', {}, { requestPolicy: 'network-only' }).toPromise();

    expect(codesOf((await ask()).error)).toEqual(['FORBIDDEN']);
    const [before, after] = sent.filter(({ operation }) => operation === 'Plan');
    expect(count('Refresh')).toBe(1);
    expect(after?.token).toMatch(/^Bearer ./);
    expect(after?.token).not.toBe(before?.token);
    expect((await ask()).data).toEqual({ plan: 'pro' });
    expect(count('Refresh')).toBe(1);
  });

  test('a mutation that is refused after the user has changed is not sent as the new user', async () => {
    const page = openApp();
    const server = createServer(async (_request, response) => {
      if (page.count('Pay') === 1) await page.latchkey.registerEmail({ email: uniqueEmail(), password: PASSWORD });
      response.end(JSON.stringify({ data: null, errors: [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // It listens on a port.
    const { clients, sent, latchkey } = await signUp(page);
    const token = await latchkey.accessToken();
    const url = `http://127.0.0.1:${port}/`;
    const { error } = await clients.current().mutation('mutation Pay { pay }', {}, { url }).toPromise();
    expect(codesOf(error)).toEqual(['UNAUTHENTICATED']);
    expect(await latchkey.accessToken()).not.toBe(token);
    for (const request of sent.filter(({ operation }) => operation === 'Pay'))
      expect(request.token).toBe(`Bearer ${token}`);
  });

  test('the normalized cache takes the introspection file as its schema: fragments on interfaces match', async () => {
    const problems: string[] = [];
    const cache = () => graphcache({ schema: introspection, logger: (_severity, message) => problems.push(message) });
    const { clients, email } = await signUp(openApp({ cache }));
    const { data } = await clients.current().mutation(PROBLEM, {}).toPromise();
    expect(data.login).toEqual({ __typename: 'InvalidCredentials', message: expect.any(String) });

    const me = () => clients.current().query(MeDocument, {}).toPromise();
    expect((await me()).data?.me).toMatchObject({ email, firstName: null });
    await rename(clients.current(), 'Ada');
    expect((await me()).data?.me).toMatchObject({ email, firstName: 'Ada' });
    expect(problems).toEqual([]);
  });
});

import { type LatchkeyError, memoryStorage } from '@latchkey/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { type Interference, noNetwork, noResponse, signedIn, testLatchkey } from '../../support/latchkey.ts';
import { getRejectionReason, isTokenAccepted, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ...WITHOUT_VERIFICATION, REFRESH_GRACE: '0s' });
});
afterAll(() => app.close());

const json = (status: number, body: object, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const on =
  (name: string, respond: Interference): Interference =>
  (pass, operation, signal) =>
    operation === name ? respond(pass, operation, signal) : undefined;

test('fifty callers with an expired token share one renewal', async () => {
  const latchkey = await signedIn(app);
  latchkey.passTime(11 * 60);
  const results = await Promise.all(Array.from({ length: 50 }, () => latchkey.me()));
  expect(results.every((user) => user?.email === latchkey.email)).toBe(true);
  expect(latchkey.sent.filter((name) => name === 'Refresh')).toHaveLength(1);
});

test('fifty callers whose token is refused share one renewal, whatever the clock says', async () => {
  const latchkey = await signedIn(app);
  const refused = await latchkey.accessToken();
  const tokens = await Promise.all(Array.from({ length: 50 }, () => latchkey.accessToken(refused)));
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).not.toBe(refused);
  expect(latchkey.sent).toEqual(['Refresh']);
});

test('a token is renewed shortly before it expires', async () => {
  const latchkey = await signedIn(app);
  const first = await latchkey.accessToken();
  latchkey.passTime(9 * 60);
  expect(await latchkey.accessToken()).toBe(first);
  latchkey.passTime(45);
  expect(await latchkey.accessToken()).not.toBe(first);
});

test('a token that is due for renewal is used while the service cannot be reached, until it expires', async () => {
  const latchkey = await signedIn(app);
  const first = await latchkey.accessToken();
  latchkey.network.interfere = noNetwork;
  latchkey.passTime(9 * 60 + 45);
  expect(await latchkey.accessToken()).toBe(first);
  latchkey.passTime(20);
  await expect(latchkey.accessToken()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('the new refresh token is stored before the new access token is used', async () => {
  const order: string[] = [];
  const memory = memoryStorage();
  const storage = {
    ...memory,
    async set(token: string) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      memory.set(token);
      order.push('stored');
    },
  };
  const latchkey = await signedIn(app, { storage });
  latchkey.network.interfere = (pass, operation) => {
    order.push(operation);
    return pass();
  };
  order.length = 0;
  latchkey.passTime(11 * 60);
  await Promise.all([latchkey.me(), latchkey.me()]);
  expect(order).toEqual(['Refresh', 'stored', 'Me', 'Me']);
});

test('if the new refresh token cannot be stored, its access token is not used, and the stored one still works', async () => {
  const memory = memoryStorage();
  let isFull = false;
  const storage = {
    ...memory,
    set(token: string) {
      if (isFull) throw new Error('the disk is full');
      return memory.set(token);
    },
  };
  const latchkey = await signedIn(app, { storage });
  isFull = true;
  latchkey.passTime(11 * 60);
  await expect(latchkey.me()).rejects.toThrow('the disk is full');
  expect(latchkey.sent).toEqual(['Refresh']);
  isFull = false;
  expect(await testLatchkey(app, { storage }).ready()).toMatchObject({ status: 'signedIn' });
});

test('a lost response of a renewal loses no session: the repetition gets the same successor', async () => {
  const latchkey = await signedIn(app);
  const lose = vi.fn(async (pass: () => Promise<Response>): Promise<Response> => {
    await pass();
    throw new TypeError('the connection was reset');
  });
  latchkey.network.interfere = on('Refresh', lose);
  latchkey.passTime(11 * 60);
  await expect(latchkey.me()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(lose).toHaveBeenCalledTimes(2);
  expect(latchkey.session.status).toBe('signedIn');
  latchkey.network.interfere = undefined;
  expect(await latchkey.me()).toMatchObject({ email: latchkey.email });
});

const UNAVAILABLE = { errors: [{ message: 'Try again.', extensions: { code: 'SERVICE_UNAVAILABLE' } }] };
const LIMITED = { data: { refresh: { __typename: 'RateLimited', message: 'Too many.', retryAfter: 7 } } };
test.each([
  ['503', async () => json(503, UNAVAILABLE, { 'retry-after': '3' }), { code: 'UNAVAILABLE', retryAfter: 3 }],
  ['RateLimited', async () => json(200, LIMITED), { code: 'RATE_LIMITED', retryAfter: 7 }],
  ['a page of a proxy', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }), { code: 'UNAVAILABLE' }],
  ['no network', noNetwork, { code: 'UNAVAILABLE' }],
] as [string, Interference, Partial<LatchkeyError>][])(
  'tokens are kept on %s, and work afterwards',
  async (_title, respond, error) => {
    const latchkey = await signedIn(app);
    const stored = await latchkey.storage.get();
    latchkey.network.interfere = on('Refresh', respond);
    latchkey.passTime(11 * 60);
    await expect(latchkey.me()).rejects.toMatchObject(error);
    expect(latchkey.session.status).toBe('signedIn');
    expect(await latchkey.storage.get()).toBe(stored);
    latchkey.network.interfere = undefined;
    expect(await latchkey.me()).toMatchObject({ email: latchkey.email });
  },
);

test('a renewal that gets no response is not repeated, because other tabs wait for it', async () => {
  const latchkey = await signedIn(app);
  latchkey.network.interfere = on('Refresh', () => {
    latchkey.passTime(30);
    return Promise.reject(new TypeError('timed out'));
  });
  await expect(latchkey.accessToken(await latchkey.accessToken())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(latchkey.sent).toEqual(['Refresh']);
});

test('tokens are kept without a response in time, and work afterwards', async () => {
  const { storage, email } = await signedIn(app);
  const impatient = testLatchkey(app, { storage, timeout: 100 });
  impatient.network.interfere = noResponse;
  await expect(impatient.me()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(impatient.session.status).toBe('loading');
  expect(await testLatchkey(app, { storage }).me()).toMatchObject({ email });
});

test('a rejected refresh token is dropped, with the reason', async () => {
  const latchkey = await signedIn(app);
  const first = String(await latchkey.storage.get());
  const thief = testLatchkey(app, { storage: { ...memoryStorage(), get: () => first } });
  expect(await thief.ready()).toMatchObject({ status: 'signedIn' });
  await thief.me();
  expect(await getRejectionReason(app.client(), first)).toBe('REUSED');
  await expect(latchkey.accessToken(await latchkey.accessToken())).resolves.toBeUndefined();
  expect(latchkey.session).toMatchObject({ status: 'signedOut' });
  expect(await latchkey.storage.get()).toBeUndefined();
});

test('a token that another process of the app has exchanged is taken from the storage', async () => {
  const latchkey = await signedIn(app);
  const twin = testLatchkey(app, { storage: latchkey.storage });
  await twin.ready();
  let hasRotated = false;
  latchkey.network.interfere = on('Refresh', async (pass) => {
    if (!hasRotated) {
      hasRotated = true;
      await twin.accessToken(await twin.accessToken());
      return json(200, { data: { refresh: { __typename: 'RefreshRejected', reason: 'REUSED', message: 'Sign in.' } } });
    }
    return pass();
  });
  latchkey.passTime(11 * 60);
  expect(await latchkey.me()).toMatchObject({ email: latchkey.email });
  expect(latchkey.session.status).toBe('signedIn');
});

test('a user who opens the app without a network is asked for again until the service answers', async () => {
  const { storage } = await signedIn(app);
  const latchkey = testLatchkey(app, { storage });
  latchkey.network.interfere = noNetwork;
  const ready = latchkey.ready();
  await expect.poll(() => latchkey.session).toMatchObject({ status: 'loading', error: { code: 'UNAVAILABLE' } });
  latchkey.network.interfere = undefined;
  expect(await ready).toMatchObject({ status: 'signedIn' });
});

test('a sign-in waits for a renewal in flight, which cannot overwrite it', async () => {
  const latchkey = await signedIn(app);
  const other = await signedIn(app);
  let release: (() => void) | undefined;
  latchkey.network.interfere = on('Refresh', async (pass) => {
    const response = await pass();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return response;
  });
  const renewed = latchkey.accessToken(await latchkey.accessToken());
  await expect.poll(() => release).toBeDefined();
  const signingIn = latchkey.login({ identifier: other.email, password: 'violet-harbour-92-lantern' });
  release?.();
  await Promise.all([renewed, signingIn]);
  expect(latchkey.session).toMatchObject({ user: { email: other.email } });
  const token = String(await latchkey.accessToken());
  expect(await isTokenAccepted(app.client(), token)).toBe(true);
});

test('a very long wait that the service asks for is a wait', async () => {
  const { storage } = await signedIn(app);
  const latchkey = testLatchkey(app, { storage });
  const limited = { data: { refresh: { ...LIMITED.data.refresh, retryAfter: 2 ** 22 } } }; // More than a timer can take.
  latchkey.network.interfere = on('Refresh', async () => json(200, limited));
  latchkey.onChange(() => {});
  await expect.poll(() => latchkey.session).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(latchkey.sent).toEqual(['Refresh']);
});

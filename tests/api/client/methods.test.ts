import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { formErrors } from '@latchkey/client';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accessList } from '../../../src/http/access.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { ROOT } from '../../rules/sources.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { signedIn, testLatchkey } from '../../support/latchkey.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
});
afterAll(() => app.close());

/** For other servers, or of no use to the user of an app. */
const LEFT_OUT = ['health', 'node', 'verifyToken', 'refresh'];

test('has a method for every operation of users, and for none of administrators', () => {
  const latchkey = testLatchkey(app) as unknown as Record<string, unknown>;
  const operations = [...accessList(buildApiSchema())].map(([name, access]) => ({
    name: name.split(' ')[1] ?? '',
    access,
  }));
  for (const { name, access } of operations) {
    const isForUsers = ['PUBLIC', 'SIGNED_IN'].includes(access ?? '') && !LEFT_OUT.includes(name);
    expect([name, typeof latchkey[name]]).toEqual([name, isForUsers ? 'function' : 'undefined']);
  }
});

test('is smaller than 8 KiB, compressed and without a bundler’s help', async () => {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}/packages/client/src/index.ts`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThan(8 * 1_024);
});

describe('formErrors', () => {
  test('has the messages of fields, in the language of the user', async () => {
    const latchkey = testLatchkey(app, { headers: { 'accept-language': 'ru' } });
    const errors = formErrors(await latchkey.registerEmail({ email: 'not an address', password: 'short' }));
    expect(errors).toEqual({
      fields: { email: expect.stringMatching(/[а-я]/), password: expect.stringMatching(/[а-я]/) },
      outcome: expect.objectContaining({
        fields: expect.arrayContaining([
          expect.objectContaining({ path: 'password', code: 'TOO_SHORT', limit: 8 }),
          expect.objectContaining({ path: 'email', code: 'INVALID_FORMAT', limit: null }),
        ]),
      }),
    });
  });

  test('has the message of a problem that belongs to no field', async () => {
    const result = await testLatchkey(app).login({ identifier: uniqueEmail(), password: PASSWORD });
    expect(formErrors(result)).toEqual({ fields: {}, form: expect.stringContaining('password'), outcome: result });
  });

  test('shows what concerns no field of a form at the form: a cookie that the browser would not keep', async () => {
    const headers = { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' };
    const latchkey = testLatchkey(app, { transport: 'cookie', headers });
    const result = await latchkey.login({ identifier: uniqueEmail(), password: PASSWORD });
    expect(result).toMatchObject({ __typename: 'InvalidInput', fields: [{ path: 'transport', code: 'NOT_ALLOWED' }] });
    expect(formErrors(result)).toEqual({ fields: {}, form: expect.any(String), outcome: result });
  });

  test('says how long to wait, and nothing of a success', async () => {
    const outcome = { __typename: 'RateLimited', message: 'Wait.', retryAfter: 30 } as const;
    expect(formErrors(outcome)).toEqual({ fields: {}, form: 'Wait.', retryAfter: 30, outcome });
    const latchkey = await signedIn(app);
    expect(formErrors(latchkey.signedInAs)).toBeUndefined();
  });
});

describe('fetch', () => {
  /** A server of the app that accepts only one token. */
  async function startApi(accepts: (token: string) => boolean) {
    const seen: { token: string; body: string }[] = [];
    const server = createServer(async (request, response) => {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ token, body });
      response.statusCode = accepts(token) ? 200 : 401;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  }

  test('sends the access token, and once more with a new one after 401, with the same body', async () => {
    const latchkey = await signedIn(app);
    const first = await latchkey.accessToken();
    const api = await startApi((token) => token !== first);
    const response = await latchkey.fetch(api.url, { method: 'POST', body: 'the order' });
    expect(response.status).toBe(200);
    expect(api.seen).toMatchObject([{ token: first, body: 'the order' }, { body: 'the order' }]);
    expect(latchkey.sent).toEqual(['', 'Refresh', '']);
  });

  test('of a signed-out user has no token, and 401 is the answer', async () => {
    const api = await startApi(() => false);
    const latchkey = testLatchkey(app);
    expect((await latchkey.fetch(api.url)).status).toBe(401);
    expect(api.seen).toEqual([{ token: '', body: '' }]);
  });
});

test('sends documents of the app with the access token, and renews it', async () => {
  const latchkey = await signedIn(app);
  const query = 'query Mine { me { email sessions { id } } }';
  expect((await latchkey.request({ query })).data).toMatchObject({ me: { email: latchkey.email } });
  latchkey.passTime(11 * 60);
  await latchkey.request({ query });
  expect(latchkey.sent).toEqual(['Mine', 'Refresh', 'Mine']);
});

test('a mutation of the app that has done a part is not repeated', async () => {
  const latchkey = await signedIn(app);
  const errors = [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }];
  latchkey.network.interfere = async () => Response.json({ data: { pay: true, log: null }, errors });
  expect(await latchkey.request({ query: 'mutation Pay { pay log }' })).toMatchObject({ data: { pay: true }, errors });
  expect(latchkey.sent).toEqual(['Pay']);
});

test.each([
  ['its address', (url: string) => url],
  ['its address with a slash', (url: string) => `${url}/`],
  ['its endpoint', (url: string) => `${url}/graphql`],
])('finds the service by %s', async (_title, urlOf) => {
  expect(await testLatchkey(app, { url: urlOf(app.url) }).settings()).toMatchObject({ signUpOpen: true });
});

test('errors of GraphQL carry their code and the request ID', async () => {
  const latchkey = testLatchkey(app);
  await expect(latchkey.me()).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    requestId: expect.stringMatching(/\w/),
    errors: [{ path: ['me'] }],
  });
});

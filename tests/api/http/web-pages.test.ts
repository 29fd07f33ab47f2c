import { cpSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWebFiles } from '../../../src/http/web/web-files.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { buildAssets } from '../../support/assets.ts';
import { loadTestConfig } from '../../support/config.ts';
import { temporaryDirectory } from '../../support/server-process.ts';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  OUTBOX_VIEWER: 'off',
  ALLOWED_ORIGINS: 'https://app.example.com',
};

beforeAll(() => buildAssets('web'));

/** Where a request is sent to, or its status. */
const visit = async (app: TestApp, path: string): Promise<string | number> => {
  const { statusCode, headers } = await app.app.http.inject(path);
  return headers.location?.toString() ?? statusCode;
};

test('in production there are no account pages and no console unless they are turned on (T113)', async () => {
  const app = await startApp(PRODUCTION);
  for (const path of ['/', '/account', '/account/return?to=/', '/console', '/console/users', '/web/index.json'])
    expect([path, await visit(app, path)]).toEqual([path, 404]);
  await app.close();
});

describe('in production with ACCOUNT_PAGES=on', () => {
  let app: TestApp;
  beforeAll(async () => {
    const product = { PRODUCT_NAME: 'Example & Sons', PRODUCT_LOGO_URL: 'https://cdn.example.com/logo.svg' };
    app = await startApp({ ...PRODUCTION, ...product, ACCOUNT_PAGES: 'on' });
  });
  afterAll(() => app.close());

  test('GET / leads to them, and there is no console', async () => {
    expect(await visit(app, '/')).toBe('/account');
    expect(await visit(app, '/account/security')).toBe(200);
    expect(await visit(app, '/console')).toBe(404);
  });

  test('their policy allows scripts and styles of this server alone, and no inline ones (T112)', async () => {
    const { headers, body } = await app.app.http.inject('/account');
    expect(String(headers['content-security-policy']).replace(/sha256-[\w+/]{43}=/, 'HASH')).toBe(
      "default-src 'none'; style-src 'self' 'HASH'; script-src 'self'; connect-src 'self'; " +
        "img-src data: https://cdn.example.com; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(body.match(/<script(?! type="module" src="\/web\/)[^>]*>/g)).toEqual([
      '<script type="application/json" id="page-data">',
    ]);
  });

  test('they have no secrets (T113)', async () => {
    const { body } = await app.app.http.inject('/account');
    const [, data = ''] = /id="page-data">(.*)<\/script>/.exec(body) ?? [];
    expect(JSON.parse(data)).toEqual({
      product: { name: 'Example & Sons', logoUrl: 'https://cdn.example.com/logo.svg' },
      pages: { account: true, console: false },
      namePrefix: '',
      version: expect.any(String),
      isDevelopment: false,
    });
  });

  test('their files are cached for good, and there are no others', async () => {
    const { body } = await app.app.http.inject('/account');
    const [, script = ''] = /type="module" src="([^"]+)"/.exec(body) ?? [];
    const plain = await app.app.http.inject(script);
    const compressed = await app.app.http.inject({ url: script, headers: { 'accept-encoding': 'gzip, br' } });
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(compressed.rawPayload.length).toBeLessThan(plain.rawPayload.length);
    for (const file of ['index.json', '..%2fpages%2fstrength.js', '%2e%2e%2f%2e%2e%2fpackage.json', `${script}.br`])
      expect([file, await visit(app, `/web/${file}`)]).toEqual([file, 404]);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['BR', 'br'],
    ['gzip;q=1, br;q=0.5', 'br'],
    ['br;q=0', undefined],
    ['gzip, br;q=0.000', undefined],
    ['br ; q=0', undefined],
    ['x-br, br-other', undefined],
    ['gzip', undefined],
  ])('their files are compressed for clients that accept it: %s', async (accepted, encoding) => {
    const { body } = await app.app.http.inject('/account');
    const [, script = ''] = /type="module" src="([^"]+)"/.exec(body) ?? [];
    const { headers } = await app.app.http.inject({ url: script, headers: { 'accept-encoding': accepted } });
    expect(headers['content-encoding']).toBe(encoding);
  });
});

test('pages and their files fit each other while an upgrade replaces the files', async () => {
  const directory = pathToFileURL(`${temporaryDirectory('web')}/`);
  cpSync(new URL('../../../assets/web/', import.meta.url), directory, { recursive: true });
  const files = createWebFiles(directory);
  const app = fastify();
  files.serve(app);
  const { script, imports, styles } = files.findEntry('account');
  rmSync(directory, { recursive: true });
  for (const file of [script, ...imports, ...styles])
    expect([file, (await app.inject(`/web/${file}`)).statusCode]).toEqual([file, 200]);
  const missing = await app.inject('/web/account-of-yesterday.js');
  expect([missing.statusCode, missing.headers['cache-control']]).toEqual([404, 'no-store']);
  await app.close();
});

describe('GET /account/return (T112)', () => {
  let app: TestApp;
  beforeAll(async () => {
    const urls = ['https://shop.example.com', 'https://*.stores.example.com', 'https://other.example/done?from=login'];
    const others = ['com.example.app:/in', 'https://other.example/вход'];
    app = await startApp({ ...PRODUCTION, ACCOUNT_PAGES: 'on', RETURN_URLS: [...urls, ...others].join() });
  });
  afterAll(() => app.close());

  const leadsTo = (to: string) => visit(app, `/account/return?to=${encodeURIComponent(to)}`);

  test.each([
    ['https://shop.example.com/cart?item=1#top', undefined],
    ['https://one.stores.example.com/', undefined],
    ['https://other.example/done?from=login', undefined],
    ['com.example.app:/in', undefined],
    // Browsers write it with escapes, also in `location.href`.
    ['https://other.example/%D0%B2%D1%85%D0%BE%D0%B4', undefined],
    ['https://other.example/вход', 'https://other.example/%D0%B2%D1%85%D0%BE%D0%B4'],
    ['/console/users', 'https://auth.example.com/console/users'],
    ['https://auth.example.com/account/security', undefined],
  ])('leads to %s', async (to, url = to) => {
    expect(await leadsTo(to)).toBe(url);
  });

  test.each([
    'https://app.example.com/', // RETURN_URLS replaces ALLOWED_ORIGINS.
    'https://evil.example/',
    'http://shop.example.com/',
    'https://shop.example.com:444/',
    'https://shop.example.com.evil.example/',
    'https://shop.example.com@evil.example/',
    'https://user@shop.example.com/',
    'https://a.b.stores.example.com/',
    'https://stores.example.com/',
    'https://other.example/done',
    'https://other.example/done?from=login&more=1',
    'com.example.app:/in/other',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    'javascript://shop.example.com/%0aalert(1)',
    'data:text/html,hello',
    'blob:https://shop.example.com/1',
    'https://*.stores.example.com',
    '',
  ])('does not lead to %j', async (to) => {
    expect(await leadsTo(to)).toBe('/account?problem=return_to');
  });

  test('does not choose between several', async () => {
    expect(await visit(app, '/account/return?to=https://shop.example.com&to=https://evil.example')).toBe(
      '/account?problem=return_to',
    );
    expect(await visit(app, '/account/return')).toBe('/account?problem=return_to');
  });
});

test('without RETURN_URLS, ALLOWED_ORIGINS count', async () => {
  const app = await startApp({ ...PRODUCTION, ACCOUNT_PAGES: 'on' });
  expect(await visit(app, '/account/return?to=https://app.example.com/in')).toBe('https://app.example.com/in');
  expect(await visit(app, '/account/return?to=http://localhost:3000/')).toBe('/account?problem=return_to');
  await app.close();
});

test.each(['https://*.vercel.app', 'https://app.example.com/*', 'http://app.example.com/in', 'javascript:alert(1)'])(
  'RETURN_URLS cannot be %s',
  (url) => {
    expect(() => loadTestConfig({ RETURN_URLS: url })).toThrow(/RETURN_URLS/);
  },
);

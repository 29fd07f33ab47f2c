import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES } from '../../../src/core/locale.ts';
import { START_WORDS } from '../../../src/http/pages/start.words.ts';
import { printApiSchema } from '../../../src/http/schema.ts';
import { startApp, type TestApp } from '../../support/app.ts';

const linksOf = (page: string): string[] => [...page.matchAll(/href="([^"]+)"/g)].map(([, path]) => path ?? '');

describe('GET / in development', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  test('links to what the server offers, and every link works', async () => {
    const response = await fetch(app.url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const links = linksOf(await response.text());
    expect(links).toEqual(
      expect.arrayContaining(['/graphql', '/dev/outbox', '/schema.graphql', '/healthz', '/readyz']),
    );
    expect(links).toEqual(
      expect.arrayContaining(
        ['jwks.json', 'openid-configuration', 'revocations'].map((name) => `/.well-known/${name}`),
      ),
    );
    for (const path of links)
      expect([path, (await fetch(app.url + path, { headers: { accept: 'text/html' } })).status]).toEqual([path, 200]);
    expect((await fetch(app.url, { method: 'HEAD' })).status).toBe(200);
  });

  test('has the policy of the other pages', async () => {
    const response = await fetch(app.url);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/style-src 'sha256-[^']+'/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|script-src/);
    expect(await response.text()).not.toMatch(/<script|\son[a-z]+=/);
  });

  test.each(LOCALES)('speaks the language of the browser (%s)', async (locale) => {
    const response = await fetch(app.url, { headers: { 'accept-language': locale } });
    expect(response.headers.get('content-language')).toBe(locale);
    expect(await response.text()).toContain(START_WORDS[locale].heading);
  });
});

test('in production there is no such page, and no SDL unless introspection is on (T11)', async () => {
  const env = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', OUTBOX_VIEWER: 'off' };
  const statuses = async (more: Record<string, string>) => {
    const app = await startApp({ ...env, ...more });
    const paths = ['/', '/schema.graphql'];
    const found = await Promise.all(paths.map(async (path) => (await fetch(app.url + path)).status));
    await app.close();
    return found;
  };
  expect(await statuses({})).toEqual([404, 404]);
  expect(await statuses({ INTROSPECTION: 'on' })).toEqual([404, 200]);
});

test('GET /schema.graphql is the SDL of the service', async () => {
  const app = await startApp();
  const response = await fetch(`${app.url}/schema.graphql`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await response.text();
  expect(text).toBe(printApiSchema());
  expect(buildSchema(text).getMutationType()?.getFields()).toHaveProperty('login');
  await app.close();
});

describe('what is off', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      GRAPHIQL: 'off',
      OUTBOX_VIEWER: 'off',
      INTROSPECTION: 'off',
      ACCOUNT_PAGES: 'off',
      CONSOLE: 'off',
    });
  });
  afterAll(() => app.close());

  test('is not linked', async () => {
    const links = linksOf(await (await fetch(app.url)).text());
    expect(links).toContain('/readyz');
    for (const path of ['/graphql', '/dev/outbox', '/schema.graphql', '/account', '/console'])
      expect(links).not.toContain(path);
  });

  test('without introspection there is no /schema.graphql (T11)', async () => {
    expect((await fetch(`${app.url}/schema.graphql`)).status).toBe(404);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { buildAssets } from '../../support/assets.ts';

let app: TestApp;
beforeAll(async () => {
  buildAssets('docs', 'graphiql');
  app = await startApp();
});
afterAll(() => app.close());

async function read(path: string) {
  const response = await fetch(app.url + path);
  const text = await response.text();
  return { status: response.status, policy: response.headers.get('content-security-policy') ?? '', text };
}

test('the documentation is served in development, under a policy without scripts', async () => {
  const { status, policy, text } = await read('/dev/docs/social');
  expect(status).toBe(200);
  expect(text).toContain('<h1');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*|script-src/);
  expect((await read('/')).text).toContain('href="/dev/docs"');
});

test('every link between pages of the documentation leads to a page and, if it names one, to a heading', async () => {
  const pages = new Map<string, string>();
  const broken: string[] = [];
  const pending = ['/dev/docs'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const { status, text } = await read(path);
    pages.set(path, text);
    if (status !== 200) broken.push(path);
    for (const [, href = ''] of text.matchAll(/href="(\/dev\/docs[^"#]*)/g))
      if (!pages.has(href) && !pending.includes(href)) pending.push(href);
  }
  expect(pages.size).toBeGreaterThan(30);
  for (const [path, text] of pages)
    for (const [, page = '', anchor = ''] of text.matchAll(/href="([^"#:]*)#([^"]+)"/g))
      if (!pages.get(page || path)?.includes(`id="${decodeURI(anchor)}"`)) broken.push(`${path}: ${page}#${anchor}`);
  expect(broken).toEqual([]);
});

test.each(['..%2f..%2fpackage', '%2e%2e/%2e%2e/package', 'nothing', 'social.json', 'social%00', ''])(
  'no other file is served: %s',
  async (name) => {
    expect((await read(`/dev/docs/${name}`)).status).toBe(404);
  },
);

test('in production it is not served', async () => {
  const env = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', OUTBOX_VIEWER: 'off' };
  const production = await startApp(env);
  expect((await fetch(`${production.url}/dev/docs`)).status).toBe(404);
  await production.close();
});

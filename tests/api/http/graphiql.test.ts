import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAssets } from '../../support/assets.ts';
import { startHttp, type TestServer } from '../../support/http.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

let server: TestServer;
beforeAll(async () => {
  buildAssets('graphiql');
  server = await startHttp({ http: { graphiql: true } });
});
afterAll(() => server.app.close());

test('a browser gets GraphiQL, under a policy that allows only files of this server', async () => {
  const response = await fetch(`${server.url}/graphql`, { headers: BROWSER });
  const page = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(page).not.toMatch(/https?:|<script>|<style|\son[a-z]+=/);
  for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    const file = await fetch(server.url + path);
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
    expect((await file.text()).length).toBeGreaterThan(10_000);
  }
});

test('a client that accepts JSON gets the API at the same address', async () => {
  const response = await fetch(`${server.url}/graphql?query={hello}`, {
    headers: { accept: 'application/json, text/html' },
  });
  expect(await response.json()).toEqual({ data: { hello: 'world' } });
});

test.each(['..%2f..%2fpackage.json', '%2e%2e/welcome.graphql', 'graphiql.js%00', 'nothing'])(
  'no other file is served: %s',
  async (file) => {
    expect((await fetch(`${server.url}/graphiql/${file}`)).status).toBe(404);
  },
);

test('without GraphiQL neither page nor files are served', async () => {
  const off = await startHttp();
  expect((await fetch(`${off.url}/graphql`, { headers: BROWSER })).status).toBe(400);
  expect((await fetch(`${off.url}/graphiql/graphiql.js`)).status).toBe(404);
  await off.app.close();
});

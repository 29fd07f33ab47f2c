import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDocsBlocks } from '../support/docs.ts';
import { WITHOUT_KEY_ID } from '../support/issuer.ts';
import { startNginx } from '../support/nginx.ts';
import { startNodeRecipe } from '../support/node-recipe.ts';
import { missingLanguage } from '../support/other-languages.ts';
import { freePort } from '../support/ports.ts';
import { describeResourceServer } from '../support/resource-server.ts';

/** The requests that reached the application. */
let reached: string[] = [];
const application = createServer(async (request, response) => {
  let length = 0;
  for await (const chunk of request) length += chunk.length;
  reached.push(`${request.method} ${request.url} ${length}`);
  const token = String(request.headers.authorization).split(' ').at(-1) ?? '';
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ sub: decodeJwt(token).sub }));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
});
afterAll(() => application.close());

/** The application behind the program: it knows the user only from nginx. */
const trusting = createServer((request, response) => {
  reached.push(`${request.url} ${request.headers['x-user-id']}`);
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ sub: request.headers['x-user-id'] }));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => trusting.listen(0, '127.0.0.1', resolve));
});
afterAll(() => trusting.close());

describeResourceServer(
  'the nginx recipe',
  {
    missing: () => missingLanguage('nginx'),
    readsFeed: true,
    accepts: [WITHOUT_KEY_ID],
    async start(issuer) {
      const port = await freePort();
      const program = await startNodeRecipe(issuer, 'verify.mjs', [], '9000');
      const directory = writeDocsBlocks('resource-server.md', ['nginx.conf'], {
        '8000': String(port),
        '9000': new URL(program.url).port,
        '3000': String((trusting.address() as AddressInfo).port), // Listens on TCP.
      });
      const nginx = await startNginx(directory, 'nginx.conf', port);
      return { url: nginx.url, stop: () => Promise.all([nginx.stop(), program.stop()]) };
    },
  },
  (running) => {
    test('tells the application who the user is, whatever the client says', async () => {
      const { ada, get } = running;
      for (const name of ['X-User-Id', 'x-user-id', 'X_User_Id'])
        for (const path of ['/me', '/orders?a=b']) {
          reached = [];
          const scoped = await running.issuer.alter(ada.accessToken, { scope: 'orders:read' });
          const response = await get(path, `Bearer ${scoped}`, { [name]: 'forged', 'x-required-scope': 'none' });
          expect([response.status, await response.json(), reached]).toEqual([
            200,
            { sub: ada.user.id },
            [`${path} ${ada.user.id}`],
          ]);
        }
    });

    test('lets nothing through without a valid token, also with the headers that it sets itself', async () => {
      reached = [];
      const forged = { 'x-user-id': running.ada.user.id, 'x-required-scope': '', 'x-original-uri': '/' };
      for (const path of ['/', '/me', '/orders', '//orders', '/me/../orders', '/_auth'])
        for (const authorization of [undefined, 'Bearer forged', 'Basic YTpi'])
          expect((await running.get(path, authorization, forged)).ok).toBe(false);
      const { accessToken } = running.ada;
      for (const path of ['/orders', '//orders', '/me/../orders', '/%6frders', '/orders/1'])
        expect([path, (await running.get(path, `Bearer ${accessToken}`, forged)).status]).toEqual([path, 403]);
      expect(reached).toEqual([]);
    });
  },
);

describeResourceServer(
  'the nginx recipe without a further program',
  {
    missing: () => missingLanguage('nginx'),
    checksScopes: false,
    endsWithLogout: true,
    async start(issuer) {
      const port = await freePort();
      const directory = writeDocsBlocks('resource-server.md', ['direct.conf'], {
        'https://auth.example.com': issuer.url,
        '8000': String(port),
        '3000': String((application.address() as AddressInfo).port), // Listens on TCP.
      });
      return startNginx(directory, 'direct.conf', port);
    },
  },
  (running) => {
    const { get } = running;

    test('lets nothing through to the application without a token, whatever the client asks for', async () => {
      reached = [];
      const asking = { accept: 'text/html', cookie: 'refresh=1', 'x-original-uri': '/' };
      for (const path of ['/me', '/me?query={health{status}}', '/_auth', '/graphql?query={me{id}}', '/_auth?query={x}'])
        for (const authorization of [undefined, 'Basic YTpi', 'Bearer', 'Bearer forged', 'bearer forged', 'Bearer a b'])
          expect([path, authorization, (await get(path, authorization, asking)).ok]).toEqual([
            path,
            authorization,
            false,
          ]);
      expect(reached).toEqual([]);
    });

    test('passes requests of any method on, with their body and query', async () => {
      reached = [];
      const { ada, server } = running;
      const response = await fetch(`${server.url}/orders?page=2`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ada.accessToken}` },
        body: 'x'.repeat(100_000),
      });
      expect([response.status, reached]).toEqual([200, ['POST /orders?page=2 100000']]);
    });
  },
);

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDocsBlocks } from '../support/docs.ts';
import { startNginx } from '../support/nginx.ts';
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

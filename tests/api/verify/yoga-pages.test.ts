import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVerifier } from '@latchkey/verify';
import { type AuthContext, useAccessTokens as accessTokens } from '@latchkey/verify/yoga';
import { createSchema, createYoga } from 'graphql-yoga';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../support/ports.ts';

const close: (() => void)[] = [];
afterAll(() => {
  for (const end of close) end();
});

/** A resource server whose resolver relies on the plugin to refuse requests without a token. */
async function startYoga({ graphiql, optional }: { graphiql: boolean; optional: boolean }): Promise<string> {
  // No service: a request without a token is refused before any key is needed.
  const verifier = createVerifier({
    issuer: `http://localhost:${await freePort()}`,
    audience: 'a',
    revocations: false,
  });
  const yoga = createYoga<object, AuthContext>({
    graphiql,
    logging: false,
    plugins: [accessTokens(verifier, { optional })],
    schema: createSchema<AuthContext>({
      typeDefs: 'type Query { secret: String }',
      resolvers: { Query: { secret: (_parent, _args, { auth }) => `for ${auth?.sub}` } },
    }),
  });
  const server = createServer(yoga).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`; // Listens on TCP.
}

/** As a browser asks for a page. */
const PAGE = { accept: 'text/html, application/json' };
const QUERY = '?query=%7Bsecret%7D';

describe.each([true, false])('GraphQL Yoga with GraphiQL: %j', (graphiql) => {
  let url: string;
  let open: string;
  beforeAll(async () => {
    url = await startYoga({ graphiql, optional: false });
    open = await startYoga({ graphiql, optional: true });
  });

  test.each(['GET', 'OPTIONS', 'HEAD'])('answers no query without a token to a %s for a page', async (method) => {
    const response = await fetch(url + QUERY, { method, headers: PAGE });
    expect(await response.text()).not.toContain('for undefined');
  });

  test('answers no query with an invalid token to a request for a page, even if tokens are optional', async () => {
    const response = await fetch(open + QUERY, { headers: { ...PAGE, authorization: 'Bearer x' } });
    expect(await response.text()).not.toContain('for undefined');
  });
});

test('a query without a token in a request for a page that is not served gets a 401', async () => {
  const url = await startYoga({ graphiql: false, optional: false });
  const response = await fetch(url + QUERY, { headers: PAGE });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('GraphiQL opens without a token', async () => {
  const response = await fetch(await startYoga({ graphiql: true, optional: false }), { headers: PAGE });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCEPTED, startHttp, type TestServer } from '../../support/http.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.app.close());

const send = (query: string, authorization: string | undefined, accept: string) =>
  server.graphql(query, { headers: { accept, ...(authorization !== undefined && { authorization }) } });

describe.each(['application/json', 'application/graphql-response+json'])('with %s', (accept) => {
  test.each(['{ me { id } }', '{ me { id } hello }', 'mutation { protected }'])(
    'a refused access token gets 401 if the operation needs one: %s',
    async (query) => {
      for (const authorization of ['Bearer expired', 'Bearer', '', 'expired', 'Bearer a b']) {
        const { status, headers, body } = await send(query, authorization, accept);
        expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      }
    },
  );

  test('a refused access token does not matter to an operation that needs none', async () => {
    const { status, body } = await send('{ hello }', 'Bearer expired', accept);
    expect([status, body]).toEqual([200, { data: { hello: 'world' } }]);
  });

  test('without a token, or with credentials for a proxy, me is null with 200', async () => {
    for (const authorization of [undefined, 'Basic YTpi']) {
      const { status, body } = await send('{ me { id } }', authorization, accept);
      expect([status, body.data]).toEqual([200, { me: null }]);
      expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  test('an accepted token gets 200', async () => {
    expect((await send('{ me { id } }', `Bearer ${ACCEPTED.token}`, accept)).status).toBe(200);
  });
});

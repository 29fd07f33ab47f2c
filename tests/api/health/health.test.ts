import { afterEach, expect, test } from 'vitest';
import { Unavailable } from '../../../src/core/errors.ts';
import { type HttpOptions, startHttp, type TestServer } from '../../support/http.ts';

const running: TestServer[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ app }) => app.close())));

async function start(options?: HttpOptions): Promise<TestServer> {
  const server = await startHttp(options);
  running.push(server);
  return server;
}

test('a server whose dependencies answer is alive and ready', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'UP', database: 'UP', store: 'UP', migrations: 'UP' },
  ]);
  expect((await fetch(`${url}/readyz`, { method: 'HEAD' })).status).toBe(200);
});

test('without its database it is alive, and says what is down', async () => {
  const down = { status: 'DOWN', database: 'DOWN', store: 'UP', migrations: 'UP' } as const;
  const { url } = await start({ parts: { health: async () => down } });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, ready.headers.get('retry-after'), await ready.json()]).toEqual([503, '1', down]);
});

test('a dependency that fails under a public route is a 503, a bug is a 500 with its id', async () => {
  const failures = [new Unavailable('database'), new Error('secret detail')];
  const { url } = await start({
    parts: {
      jwks: async () => {
        throw failures.shift();
      },
    },
  });
  const away = await fetch(`${url}/.well-known/jwks.json`);
  expect([away.status, away.headers.get('retry-after'), away.headers.get('cache-control')]).toEqual([
    503,
    '1',
    'no-store',
  ]);
  const bug = await fetch(`${url}/.well-known/jwks.json`, { headers: { 'x-request-id': 'id-1' } });
  expect([bug.status, await bug.json()]).toEqual([
    500,
    {
      errors: [
        {
          message: 'Something went wrong on our side.',
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'id-1' },
        },
      ],
    },
  ]);
});

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

test('is live and ready when its dependencies respond', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'UP', database: 'UP', writes: 'UP', disk: 'UP', store: 'UP', migrations: 'UP' },
  ]);
  expect((await fetch(`${url}/readyz`, { method: 'HEAD' })).status).toBe(200);
});

test('is live but not ready without its database, and names it', async () => {
  const down = { status: 'DOWN', database: 'DOWN', writes: 'UP', disk: 'UP', store: 'UP', migrations: 'UP' } as const;
  const { url } = await start({ parts: { health: async () => down } });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, ready.headers.get('retry-after'), await ready.json()]).toEqual([503, '1', down]);
});

test('returns 503 when a dependency of a public route fails, and 500 with the request id for a bug', async () => {
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

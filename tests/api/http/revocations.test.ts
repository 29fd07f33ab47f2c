import { expect, test } from 'vitest';
import { Unavailable } from '../../../src/core/errors.ts';
import type { RevocationFeed } from '../../../src/features/sessions/revocation-feed.service.ts';
import { createPlaces } from '../../../src/http/places.ts';
import { startHttp } from '../../support/http.ts';
import { requestFeed } from '../../support/revocation-feed.ts';

/** A feed without changes, which counts the requests that wait. */
function quietFeed() {
  const document = { token: 'token', tag: 'tag' };
  let waiting = 0;
  const feed: RevocationFeed = {
    read: async () => document,
    readChanged: (_request, _tag, end) =>
      new Promise((resolve) => {
        waiting += 1;
        end.addEventListener('abort', () => {
          waiting -= 1;
          resolve(document);
        });
      }),
  };
  return { feed, waiting: () => waiting };
}

const poll = (url: string, signal?: AbortSignal) =>
  requestFeed(url, { query: 'wait=25', tag: 'W/"tag"', ...(signal && { signal }) });

test('SIGTERM answers all waiting requests of the revocation feed at once (F16)', async () => {
  const { feed, waiting } = quietFeed();
  const server = await startHttp({ parts: { revocationFeed: feed } });
  const polls = Array.from({ length: 20 }, () => poll(server.url));
  await expect.poll(waiting).toBe(20);
  const ended = server.drain.run(server.app);
  for (const { status, headers } of await Promise.all(polls))
    expect([status, headers.get('connection')]).toEqual([304, 'close']);
  await ended;
});

test('at most 200 requests of one network wait; others get a response at once', async () => {
  const { feed, waiting } = quietFeed();
  const server = await startHttp({ parts: { revocationFeed: feed } });
  const polls = Array.from({ length: 200 }, () => poll(server.url));
  await expect.poll(waiting).toBe(200);
  expect((await poll(server.url)).status).toBe(304);
  expect(waiting()).toBe(200);
  await server.drain.run(server.app);
  await Promise.all(polls);
});

test('the places for waiting requests are limited in total and are given back', () => {
  const places = createPlaces({ total: 3, perNetwork: 2 });
  const [first, second] = [places.take('a'), places.take('a')];
  expect([places.take('a'), places.take('b') === undefined, places.take('c')]).toEqual([undefined, false, undefined]);
  first?.();
  second?.();
  expect([places.take('a'), places.take('c')].map((place) => place === undefined)).toEqual([false, false]);
});

test('HEAD never waits', async () => {
  const { feed, waiting } = quietFeed();
  const server = await startHttp({ parts: { revocationFeed: feed } });
  let isAnswered = false;
  const head = requestFeed(server.url, { method: 'HEAD', query: 'wait=25', tag: 'W/"tag"' }).then(({ status }) => {
    isAnswered = true;
    return status;
  });
  await expect.poll(() => isAnswered || waiting() > 0).toBe(true);
  expect(waiting()).toBe(0);
  expect(await head).toBe(304);
  await server.app.close();
});

test('a client that leaves gives its place back', async () => {
  const { feed, waiting } = quietFeed();
  const server = await startHttp({ parts: { revocationFeed: feed } });
  const gone = new AbortController();
  const left = poll(server.url, gone.signal).catch(() => 'left');
  await expect.poll(waiting).toBe(1);
  gone.abort();
  expect(await left).toBe('left');
  await expect.poll(waiting).toBe(0);
  await server.app.close();
});

test('the feed responds 503 while the list cannot be read, and never with an old one', async () => {
  const fail = async () => {
    throw new Unavailable('database');
  };
  const server = await startHttp({ parts: { revocationFeed: { read: fail, readChanged: fail } } });
  const { status, headers } = await requestFeed(server.url, { tag: 'W/"tag"' });
  expect([status, headers.get('cache-control'), headers.get('retry-after')]).toEqual([503, 'no-store', '1']);
  await server.app.close();
});

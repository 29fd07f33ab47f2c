import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRedisFailure } from '../../src/infra/store/redis-failure.ts';
import { freePort } from '../support/ports.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { describeServers } from '../support/servers.ts';

describeServers('why Redis cannot be used', ['own redis', 'own redis with tls'], () => {
  let locked: RedisServer;
  let secure: RedisServer;
  let open: RedisServer;
  beforeAll(async () => {
    [locked, secure, open] = await Promise.all([startRedis(), startRedis({ tls: true }), startRedis()]);
    const client = await createClient({ url: locked.urls[0] }).connect();
    await client.configSet('requirepass', 's3cret');
    client.destroy();
  });
  afterAll(() => Promise.all([locked, secure, open].map((server) => server.stop())));

  const at = (server: RedisServer, scheme: string, credentials = '') =>
    `${scheme}://${credentials}${new URL(server.urls[0]).host}`;

  test('is said in words, with a remedy', async () => {
    const failures: [string, RegExp, RegExp][] = [
      [at(locked, 'redis', ':wrong@'), /wrong user or password/, /percent-encoded/],
      [at(locked, 'redis', 'nobody:wrong@'), /wrong user or password/, /REDIS_URL/],
      [at(locked, 'redis'), /requires a password/, /redis:\/\/:password@/],
      [at(secure, 'rediss'), /authority that is unknown/, /NODE_EXTRA_CA_CERTS/],
      [at(secure, 'redis'), /closed the connection/, /rediss:\/\//],
      [at(open, 'rediss'), /TLS handshake|closed/, /redis:\/\//],
      [`redis://127.0.0.1:${await freePort()}`, /nothing is listening/, /host and port/],
      ['redis://nowhere.invalid', /host not found/, /host/],
    ];
    for (const [url, reason, remedy] of failures)
      expect(await findRedisFailure(url), url).toEqual({
        reason: expect.stringMatching(reason),
        remedy: expect.stringMatching(remedy),
      });
    expect(await findRedisFailure(at(locked, 'redis', ':s3cret@'))).toBeUndefined();
  });
});

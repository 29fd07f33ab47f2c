import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRedisFailures } from '../../src/infra/store/redis-failure.ts';
import { startApp } from '../support/app.ts';
import { freePort } from '../support/ports.ts';
import { type RedisServer, startRedis, startRedisCluster } from '../support/redis.ts';
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
      expect(await findRedisFailures([url]), url).toEqual([
        { node: new URL(url).host, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) },
      ]);
    expect(await findRedisFailures([at(locked, 'redis', ':s3cret@')])).toEqual([]);
    expect(await findRedisFailures(secure.urls, secure.ca)).toEqual([]);
    open.pause();
    const [hung] = await findRedisFailures(open.urls);
    open.resume();
    expect(hung).toMatchObject({ reason: 'it does not respond' });
  });

  test('names the nodes of a cluster that fail, and what is not a cluster', async () => {
    const cluster = await startRedisCluster();
    expect(await findRedisFailures(cluster.urls)).toEqual([]);
    const down = `127.0.0.1:${await freePort()}`;
    const [first, ...others] = cluster.urls;
    expect(await findRedisFailures([first, `redis://${down}`, ...others])).toMatchObject([
      { node: down, reason: expect.stringMatching(/nothing is listening/) },
    ]);
    await cluster.stop();
    const { host } = new URL(locked.urls[0]);
    expect(await findRedisFailures([at(locked, 'redis', ':s3cret@'), at(locked, 'redis')])).toMatchObject([
      { node: host, reason: 'it is not part of a cluster' },
      { node: host, reason: 'it is not part of a cluster' },
    ]);
  });

  test('is logged once per outage, with the server', async () => {
    const server = await startRedis();
    const { host } = new URL(server.urls[0]);
    const app = await startApp({ REDIS_URL: server.urls[0] });
    const reasons = () => app.logged.filter((line) => line.includes(`Redis at ${host}: nothing is listening`));
    for (const outages of [1, 2]) {
      await server.kill();
      await expect.poll(reasons).toHaveLength(outages);
      await server.restart();
      await expect.poll(() => app.app.services.health.check()).toMatchObject({ store: true });
    }
    expect(reasons()).toHaveLength(2);
    await app.close();
    await server.stop();
  });

  test('is logged without the password, which it may quote', async () => {
    const app = await startApp({ REDIS_URL: at(locked, 'redis', ':a-wrong-password@') });
    const { host } = new URL(locked.urls[0]);
    await expect
      .poll(() => app.logged.some((line) => line.includes(`Redis at ${host}: wrong user or password`)))
      .toBe(true);
    expect(app.logged.join()).not.toContain('a-wrong-password');
    await app.close();
  });
});

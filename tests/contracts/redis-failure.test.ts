import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { findRedisFailures } from '../../src/infra/store/redis-failure.ts';
import type { RedisServers } from '../../src/infra/store/redis-servers.ts';
import { startApp } from '../support/app.ts';
import { createAuthority } from '../support/certificates.ts';
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
  const single = (url: string): RedisServers => ({ kind: 'single', urls: [url] });

  test('is said in words, with a remedy', async () => {
    const failures: [string, RegExp, RegExp][] = [
      [at(locked, 'redis', ':wrong@'), /wrong user or password/, /percent-encoded/],
      [at(locked, 'redis', 'nobody:wrong@'), /wrong user or password/, /REDIS_URL/],
      [at(locked, 'redis'), /requires a password/, /redis:\/\/:password@/],
      [at(secure, 'rediss'), /authority that is unknown/, /NODE_EXTRA_CA_CERTS/],
      [at(secure, 'redis'), /closed the connection/, /write rediss/],
      [at(open, 'rediss'), /TLS handshake|closed/, /write redis/],
      [`${open.urls[0]}/99`, /no database of this number/, /REDIS_URL/],
      [`redis://127.0.0.1:${await freePort()}`, /nothing is listening/, /host and port/],
      ['redis://nowhere.invalid', /host not found/, /host/],
    ];
    for (const [url, reason, remedy] of failures)
      expect(await findRedisFailures(single(url)), url).toEqual([
        { node: new URL(url).host, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) },
      ]);
    expect(await findRedisFailures(single(at(locked, 'redis', ':s3cret@')))).toEqual([]);
    expect(await findRedisFailures(secure.servers, secure.ca)).toEqual([]);
    open.pause();
    const [hung] = await findRedisFailures(open.servers);
    open.resume();
    expect(hung).toMatchObject({ reason: 'it does not respond' });
  });

  test('names the nodes of a cluster that fail, and what is not a cluster', async () => {
    const cluster = await startRedisCluster();
    expect(await findRedisFailures(cluster.servers)).toEqual([]);
    const down = `127.0.0.1:${await freePort()}`;
    const [first, ...others] = cluster.urls;
    expect(await findRedisFailures({ kind: 'cluster', urls: [first, `redis://${down}`, ...others] })).toMatchObject([
      { node: down, reason: expect.stringMatching(/nothing is listening/) },
    ]);
    await cluster.stop();
    const { host } = new URL(locked.urls[0]);
    const notACluster: RedisServers = { kind: 'cluster', urls: [at(locked, 'redis', ':s3cret@'), at(locked, 'redis')] };
    expect(await findRedisFailures(notACluster)).toMatchObject([{ node: host, reason: 'it is not part of a cluster' }]);
  });

  test('a certificate of an unknown authority: requests are served, and the log names the reason (F32)', async () => {
    const { host } = new URL(secure.urls[0]);
    const app = await startApp({ REDIS_URL: secure.urls[0] });
    await expect
      .poll(() => app.logged.join('\n'))
      .toMatch(new RegExp(`Redis at ${host}: its certificate is signed by an authority that is unknown here; start`));
    const { health } = await app.client().request(HealthDocument);
    expect(health).toMatchObject({ status: 'UP', store: 'DOWN' });
    await app.close();
  });

  test('a certificate for another host is explained (F32)', async () => {
    const authority = createAuthority();
    const ca = readFileSync(authority.file, 'utf8');
    const certificate = { ...authority.sign('redis.example', ['DNS:redis.example']), ca };
    const elsewhere = await startRedis({ tls: true, certificate });
    expect(await findRedisFailures(elsewhere.servers, ca)).toMatchObject([
      { reason: 'its certificate is for another host', remedy: expect.stringMatching(/name in the certificate/) },
    ]);
    await elsewhere.stop();
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

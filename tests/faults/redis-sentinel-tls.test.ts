import { afterAll, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { apiClient } from '../support/client.ts';
import { dataDirectory } from '../support/databases.ts';
import { type RunningService, startService } from '../support/program.ts';
import type { RedisNode } from '../support/redis.ts';
import { type RedisWithSentinels, startRedisWithSentinels } from '../support/redis-sentinel.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../support/sessions.ts';

describeServers('Sentinel with TLS, names and users', ['own redis with tls'], () => {
  let redis: RedisWithSentinels;
  const services: RunningService[] = [];
  beforeAll(async () => {
    redis = await startRedisWithSentinels({ isSecured: true });
  });
  afterAll(async () => {
    await Promise.all(services.map(({ stop }) => stop('SIGKILL')));
    await redis?.stop();
  });

  /** As docs/operation.md says. */
  async function serve(env: Record<string, string>): Promise<RunningService> {
    const settings = { ...WITHOUT_VERIFICATION, DATA_DIR: await dataDirectory(), REDIS_URL: redis.url };
    const service = await startService({ ...settings, ...env });
    services.push(service);
    return service;
  }
  const readStore = async ({ url }: RunningService) => (await apiClient(url).request(HealthDocument)).health.store;

  /** Waits until the service writes to this server. */
  const expectUse = (service: RunningService, server: RedisNode) =>
    eventually(async () => {
      expect(await readStore(service)).toBe('UP');
      await server.commands(['FLUSHALL']);
      await registerUser(apiClient(service.url));
      expect((await server.commands(['KEYS', 'latchkey:*']))[0]).toContain('budget');
    }, 60_000);

  test('a service that trusts the authority uses the master, and after a failover the next one (F32)', async () => {
    const service = await serve({ NODE_EXTRA_CA_CERTS: String(redis.caFile) });
    const [master, replica] = await Promise.all([redis.master(), redis.replica()]);
    await expectUse(service, master);
    master.process().signal('SIGKILL');
    await redis.waitForFailover(master);
    await expectUse(service, replica);
    master.start();
  });

  test('one that does not trust it uses the database, and the log names each server and what to do', async () => {
    const service = await serve({});
    expect(await readStore(service)).toBe('DOWN');
    await registerUser(apiClient(service.url));
    const named = () => service.output().match(/"node":"localhost:\d+","msg":"[^"]* NODE_EXTRA_CA_CERTS/g) ?? [];
    await expect.poll(() => named().length).toBe(redis.sentinels.length);
  });
});

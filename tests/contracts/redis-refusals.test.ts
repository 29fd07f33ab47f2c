import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRedis, type Redis } from '../../src/infra/store/redis-client.ts';
import { COUNT } from '../../src/infra/store/redis-commands.ts';
import { explainOutage, findRedisFailures } from '../../src/infra/store/redis-failure.ts';
import type { RedisServers } from '../../src/infra/store/redis-servers.ts';
import { startApp } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { type RedisServer, startRedis, startRedisCluster } from '../support/redis.ts';
import { MASTER, type RedisWithSentinels, startRedisWithSentinels } from '../support/redis-sentinel.ts';
import { describeServers } from '../support/servers.ts';

/** A Redis that responds to PING but refuses the commands of the service. */
describeServers('a Redis that refuses commands', ['own redis'], () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    await server.commands(['ACL', 'SETUSER', 'latchkey', 'on', '>pw', 'allkeys', 'allchannels', '+@all']);
    redis = await openRedis({ servers: asUser(server) });
  });
  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });

  const asUser = ({ urls }: Pick<RedisServer, 'urls'>): RedisServers => ({
    kind: 'single',
    urls: [urls[0].replace('://', '://latchkey:pw@')],
  });
  const setUser = (...rules: string[]) => server.commands(['ACL', 'SETUSER', 'latchkey', ...rules]);
  const configure = (name: string, value: string) => server.commands(['CONFIG', 'SET', name, value]);
  const OURS = '~latchkey:* &latchkey:* +eval +get +set +incrby +pttl +del +publish +subscribe +ping'.split(' ');

  const refusals: Record<
    string,
    { refuse(): Promise<unknown>; allow(): Promise<unknown>; reason: RegExp; remedy: RegExp }
  > = {
    'a user without EVAL': {
      refuse: () => setUser('-eval'),
      allow: () => setUser('+eval'),
      reason: /may not run EVAL/,
      remedy: /ACL SETUSER <user> ~latchkey:\* &latchkey:\* \+eval/,
    },
    'a user without a command in the script': {
      refuse: () => setUser('-incrby'),
      allow: () => setUser('+incrby'),
      reason: /may not run INCRBY|lacks a right/, // Redis 7.2 and later name it.
      remedy: /\+incrby/,
    },
    'a user without our keys': {
      refuse: () => setUser('resetkeys', '~other:*'),
      allow: () => setUser('~latchkey:*'),
      reason: /may not use the keys latchkey:\*/,
      remedy: /~latchkey:\*/,
    },
    'a user without our channel': {
      refuse: () => setUser('resetchannels', '&other:*'),
      allow: () => setUser('&latchkey:*'),
      reason: /may not use the channels latchkey:\*/,
      remedy: /&latchkey:\*/,
    },
    'a replica': {
      refuse: () => server.commands(['REPLICAOF', '127.0.0.1', '1']),
      allow: () => server.commands(['REPLICAOF', 'NO', 'ONE']),
      reason: /it is a replica/,
      remedy: /redis\+sentinel:/,
    },
    'a full memory': {
      refuse: () => configure('maxmemory', '1'),
      allow: () => configure('maxmemory', '0'),
      reason: /memory is full/,
      remedy: /maxmemory/,
    },
    'a disk that cannot be written to': {
      async refuse() {
        await configure('save', '3600 1');
        mkdirSync(join(server.directory, 'dump.rdb', 'full'), { recursive: true });
        await server.commands(['BGSAVE']);
        await expect
          .poll(() => server.commands(['INFO', 'persistence']).then(String))
          .toMatch(/rdb_bgsave_in_progress:0[\s\S]*rdb_last_bgsave_status:err/);
      },
      allow: () => configure('stop-writes-on-bgsave-error', 'no'),
      reason: /cannot save its data to disk/,
      remedy: /free disk space/,
    },
    'too few replicas': {
      refuse: () => configure('min-replicas-to-write', '1'),
      allow: () => configure('min-replicas-to-write', '0'),
      reason: /too few replicas/,
      remedy: /start its replicas/,
    },
  };
  for (const [problem, { refuse, allow, reason, remedy }] of Object.entries(refusals)) {
    test(`${problem} is noticed while nothing is counted, is explained, and Redis is used again when it is solved (F32)`, async () => {
      await expect.poll(redis.isUp).toBe(true);
      try {
        await refuse();
        await expect.poll(redis.isUp).toBe(false);
        const explanation = [{ reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) }];
        expect(await findRedisFailures(asUser(server))).toMatchObject(explanation);
        expect(await explainOutage(asUser(server), redis)).toMatchObject(explanation);
      } finally {
        await allow();
      }
      expect(await findRedisFailures(asUser(server))).toEqual([]);
    });
  }

  test('the rights that the remedy names are sufficient (F32)', async () => {
    await setUser('reset', 'on', '>pw', ...OURS);
    expect(await findRedisFailures(asUser(server))).toEqual([]);
    await expect.poll(redis.isUp).toBe(true);
    await setUser('+@all', 'allkeys', 'allchannels');
  });

  test('a refused command is not sent again and again: the next ones go to the database at once', async () => {
    await expect.poll(redis.isUp).toBe(true);
    await configure('maxmemory', '1');
    await expect(redis.eval(COUNT, { keys: ['latchkey:budget:x'], arguments: ['1', '60'] })).rejects.toThrow();
    expect(redis.isUp()).toBe(false);
    await configure('maxmemory', '0');
  });

  test('a refusal that the checks miss does not take Redis in and out of use several times a second', async () => {
    await setUser('resetkeys', '~latchkey:budget:check:*');
    await expect.poll(redis.isUp).toBe(true);
    const count = () => redis.eval(COUNT, { keys: ['latchkey:budget:x'], arguments: ['1', '60'] });
    await expect(count()).rejects.toThrow();
    await expect.poll(redis.isUp).toBe(true);
    await expect(count()).rejects.toThrow();
    for (const _ of Array.from({ length: 10 })) {
      await pause(100);
      expect(redis.isUp()).toBe(false);
    }
    expect(await explainOutage(asUser(server), redis)).toMatchObject([
      { reason: 'the user may not use the keys latchkey:*' },
    ]);
    await setUser('allkeys');
    await expect.poll(redis.isUp).toBe(true);
  });

  test('the log of the service and the doctor name the reason and the remedy (F32)', async () => {
    await setUser('-eval');
    const REDIS_URL = asUser(server).urls[0];
    const { host } = new URL(REDIS_URL);
    const app = await startApp({ REDIS_URL });
    await expect
      .poll(() => app.logged.join('\n'))
      .toMatch(new RegExp(`Redis at ${host}: the user may not run EVAL; give it these rights`));
    await app.close();
    const { code, stdout } = await runCommand(['doctor'], { env: { REDIS_URL } });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ redis +it cannot be used/);
    expect(stdout).toMatch(/✗ redis +127\.0\.0\.1:\d+: the user may not run EVAL\n.*→ give it these rights/);
    await setUser('+eval');
  });

  test('a node of a cluster that is used like a single server is explained (F32)', async () => {
    const cluster = await startRedisCluster();
    const servers: RedisServers = { kind: 'single', urls: [cluster.urls[1] ?? ''] };
    const alone = await openRedis({ servers });
    expect(alone.isUp()).toBe(false);
    expect(await findRedisFailures(servers)).toMatchObject([
      { reason: 'it is a node of a cluster', remedy: expect.stringMatching(/redis\+cluster:/) },
    ]);
    await alone.close();
    await cluster.stop();
  });
});

describeServers('what is wrong with Sentinel', ['own redis'], () => {
  let redis: RedisWithSentinels;
  beforeAll(async () => {
    redis = await startRedisWithSentinels();
  });
  afterAll(() => redis?.stop());

  const change = (changed: Partial<Extract<RedisServers, { kind: 'sentinel' }>>): RedisServers => {
    if (redis.servers.kind !== 'sentinel') throw new Error('not sentinels');
    return { ...redis.servers, ...changed };
  };

  test('is said in words, with a remedy (F32)', async () => {
    expect(await findRedisFailures(redis.servers)).toEqual([]);
    const hosts = redis.servers.urls.map((url) => new URL(url).host);
    const without = hosts.map((host) => `redis://${host}`) as [string, ...string[]];
    const reasons = async (servers: RedisServers) =>
      (await findRedisFailures(servers)).map(({ reason, remedy }) => `${reason}; ${remedy}`);
    for (const reason of await reasons(change({ urls: without })))
      expect(reason).toMatch(/requires a password; .*\?sentinel_password=/);
    expect(await reasons(change({ master: 'other' }))).toEqual(
      hosts.map(() => expect.stringMatching(/knows no master with the name other; check the name/)),
    );
    expect(await reasons(change({ node: 'redis://master' }))).toEqual([
      expect.stringMatching(/requires a password; .*redis\+sentinel:\/\/:password@/),
    ]);
    const master = await redis.master();
    expect(await reasons(change({ urls: [master.url] }))).toEqual([expect.stringMatching(/it is not a sentinel/)]);
    expect(await reasons({ kind: 'single', urls: [redis.servers.urls[0]] })).toEqual([
      expect.stringMatching(/redis\+sentinel:/),
    ]);
  });

  test('the doctor says which master is used, and which sentinel does not respond (F32)', async () => {
    const port = new URL((await redis.master()).url).port;
    const { stdout } = await runCommand(['doctor'], { env: { REDIS_URL: redis.url } });
    expect(stdout).toMatch(new RegExp(`✓ redis +the master of ${MASTER} works: 127\\.0\\.0\\.1:${port}\\n`));
    const [sentinel] = redis.sentinels;
    sentinel?.process().signal('SIGKILL');
    await sentinel?.process().ended;
    const one = await runCommand(['doctor'], { env: { REDIS_URL: redis.url } });
    expect(one.stdout).toMatch(new RegExp(`✓ redis +the master of ${MASTER} works`));
    expect(one.stdout).toMatch(/! redis +127\.0\.0\.1:\d+: nothing is listening/);
  });
});

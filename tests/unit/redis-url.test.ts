import { describe, expect, test } from 'vitest';
import { showRedis } from '../../src/config/redis-url.ts';
import type { RedisServers } from '../../src/infra/store/redis-servers.ts';
import { loadErrors, loadValid } from '../support/settings.ts';

const read = (REDIS_URL: string): RedisServers => {
  const { store } = loadValid({ REDIS_URL });
  if (store.kind !== 'redis') throw new Error('Redis is not used');
  return store.servers;
};

describe('REDIS_URL', () => {
  test('with one host is one server', () => {
    expect(read('redis://user:p%2Fw@[::1]:6380/2')).toEqual({
      kind: 'single',
      urls: ['redis://user:p%2Fw@[::1]:6380/2'],
    });
  });

  test('with several hosts is a cluster whose hosts share the credentials', () => {
    expect(read('rediss://:secret@a:6379, b:6380,rediss://:other@c')).toEqual({
      kind: 'cluster',
      urls: ['rediss://:secret@a:6379', 'rediss://:secret@b:6380', 'rediss://:other@c'],
    });
  });

  test('with +cluster or cluster:// is a cluster, even with one host', () => {
    const cluster = (...urls: [string, ...string[]]) => ({ kind: 'cluster', urls });
    expect(read('redis+cluster://:pw@a:6379')).toEqual(cluster('redis://:pw@a:6379'));
    expect(read('cluster://a:6379')).toEqual(cluster('redis://a:6379'));
    expect(read('rediss+cluster://:pw@a,b:7000')).toEqual(cluster('rediss://:pw@a', 'rediss://:pw@b:7000'));
    expect(read('cluster://a,cluster://b')).toEqual(cluster('redis://a', 'redis://b'));
  });

  test('with +sentinel lists sentinels; the credentials before them are for the master', () => {
    expect(read('redis+sentinel://user:p%2Fw@s1:26380, s2,[::1]:26379/my%20master/3')).toEqual({
      kind: 'sentinel',
      urls: ['redis://s1:26380', 'redis://s2:26379', 'redis://[::1]:26379'],
      master: 'my master',
      node: 'redis://user:p%2Fw@master/3',
    });
    expect(read('rediss+sentinel://s1/m')).toEqual({
      kind: 'sentinel',
      urls: ['rediss://s1:26379'],
      master: 'm',
      node: 'rediss://master/',
    });
  });

  test('sentinel_username and sentinel_password are for the sentinels, and + in them means +', () => {
    const url = 'redis+sentinel://:data@s1,s2:1/m?sentinel_username=ops&sentinel_password=a+b%26%2550%40';
    expect(read(url)).toMatchObject({
      urls: ['redis://ops:a%2Bb%26%2550%40@s1:26379', 'redis://ops:a%2Bb%26%2550%40@s2:1'],
      node: 'redis://:data@master/',
    });
  });

  test.each([
    'redis+sentinel://s1:26379',
    'redis+sentinel://s1:26379/',
    'redis+sentinel:///mymaster',
    'redis+sentinel://s1:x/mymaster',
    'redis+sentinel://s1,,s2/mymaster',
    'redis+sentinel://s1/mymaster/db',
    'redis+sentinel://:pa/ss@s1/mymaster',
    'redis+sentinel://:50%@s1/mymaster',
    'redis+sentinel://s1/mymaster?password=x',
    'redis+sentinel://s1/mymaster?sentinel_password=50%',
    'redis+sentinel://s1/mymaster?sentinel_password=a&sentinel_password=b',
    'sentinel://s1/mymaster',
    'redis+cluster://',
    'redis+cluster://a/1',
    'redis://a,b/1',
    'redis+cluster://a,rediss+cluster://b',
    'clusters://a',
  ])('%s is refused, with the forms that are accepted', (url) => {
    expect(loadErrors({ REDIS_URL: url })).toEqual([
      expect.stringMatching(/^REDIS_URL must be .*redis\+sentinel:\/\/.*redis\+cluster:\/\/.*percent-encoded/),
    ]);
  });

  test.each([
    ['redis://u:p@h:6379/1', 'redis://h:6379/1'],
    ['cluster://:p@h:6379', 'redis+cluster://h:6379'],
    ['rediss://:p@h:1,h:2', 'rediss://h:1,rediss://h:2'],
    ['redis+sentinel://u:p@a,b:1/m?sentinel_password=p', 'redis+sentinel://a:26379,b:1/m'],
    ['rediss+sentinel://u:p@a/m/2', 'rediss+sentinel://a:26379/m/2'],
  ])('%s is shown without credentials', (url, shown) => {
    expect(showRedis(read(url))).toBe(shown);
  });
});

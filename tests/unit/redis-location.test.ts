import { describe, expect, test } from 'vitest';
import { chooseMaster } from '../../src/infra/store/redis-location.ts';
import { moveUrl } from '../../src/infra/store/redis-servers.ts';
import { slotOf } from '../../src/infra/store/redis-slots.ts';

describe('the master that sentinels name', () => {
  const [a, b] = ['redis://a:1', 'redis://b:1'] as const;

  test('is what most of them say', () => {
    expect(chooseMaster([a, b, b], a, true)).toBe(b);
    expect(chooseMaster([b, b, a], b, false)).toBe(b);
  });

  test('stays while it works and as many name it, and changes if it does not work', () => {
    expect(chooseMaster([b, a], a, true)).toBe(a);
    expect(chooseMaster([a, b], a, false)).toBe(b);
    expect(chooseMaster([a], a, false)).toBe(a);
  });

  test('is unknown while none responds', () => {
    expect(chooseMaster([], a, true)).toBeUndefined();
  });

  test('gets the credentials, the database and the TLS of the URL', () => {
    expect(moveUrl('rediss://u:p%2F@master/2', { host: '10.0.0.1', port: 7 })).toBe('rediss://u:p%2F@10.0.0.1:7/2');
    expect(moveUrl('redis://master', { host: 'fd00::1', port: 7 })).toBe('redis://[fd00::1]:7');
  });
});

test('the slot of a key is as in the specification of Redis Cluster', () => {
  expect(slotOf('123456789')).toBe(0x31c3);
});

import { expect, test } from 'vitest';
import { networkKey } from '../../src/features/rate-limits/limits.ts';

test('an IPv4 address is one network in every spelling', () => {
  expect(networkKey('192.0.2.1')).toBe('192.0.2.1');
  expect(networkKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkKey('::ffff:c000:201')).toBe('192.0.2.1');
  expect(networkKey('192.0.2.2')).not.toBe(networkKey('192.0.2.1'));
});

test('the addresses of one IPv6 customer are one network', () => {
  const network = networkKey('2001:db8:1:2::1');
  expect(network).toBe('2001:db8:1:2::/64');
  for (const same of ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002::abcd', '2001:DB8:1:2::'])
    expect(networkKey(same)).toBe(network);
  for (const other of ['2001:db8:1:3::1', '2001:db8:2:2::1', '::1']) expect(networkKey(other)).not.toBe(network);
});

test('an invalid address counts as its own network', () => {
  expect(networkKey('unknown')).toBe('unknown');
});

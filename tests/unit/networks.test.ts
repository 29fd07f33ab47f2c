import { expect, test } from 'vitest';
import { networksOf } from '../../src/core/networks.ts';

const rangesOf = (ip: string) => networksOf(ip).map(({ range }) => range);

test('an IPv4 address is one network in every spelling', () => {
  for (const same of ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201'])
    expect(rangesOf(same)).toEqual(['192.0.2.1']);
  expect(rangesOf('192.0.2.2')).toEqual(['192.0.2.2']);
});

test('an IPv4 address in an IPv6 address is counted as such (T102)', () => {
  for (const same of ['64:ff9b::c000:201', '2002:c000:201:7::1', '2002:c000:201::'])
    expect(rangesOf(same)).toEqual(['192.0.2.1']);
});

test('an IPv6 address is in a /64, a /56 and a /48, with rising limits (T102)', () => {
  expect(networksOf('2001:db8:1:203:ffff::1')).toEqual([
    { range: '2001:db8:1:203::/64', scale: 1 },
    { range: '2001:db8:1:200::/56', scale: 4 },
    { range: '2001:db8:1::/48', scale: 16 },
  ]);
});

test('the addresses of one IPv6 customer are one network', () => {
  const [network] = rangesOf('2001:db8:1:2::1');
  for (const same of ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002::abcd', '2001:DB8:1:2::'])
    expect(rangesOf(same)[0]).toBe(network);
  for (const other of ['2001:db8:1:3::1', '2001:db8:2:2::1', '::1']) expect(rangesOf(other)[0]).not.toBe(network);
});

test('an invalid address counts as its own network', () => {
  expect(rangesOf('unknown')).toEqual(['unknown']);
});

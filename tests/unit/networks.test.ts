import { expect, test } from 'vitest';
import { customerRange, listNetworks, widestNetwork } from '../../src/core/networks.ts';

const listRanges = (ip: string) => listNetworks(ip).map(({ range }) => range);

test('an IPv4 address is one network in every spelling', () => {
  for (const same of ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201'])
    expect(listRanges(same)).toEqual(['192.0.2.1']);
  expect(listRanges('192.0.2.2')).toEqual(['192.0.2.2']);
});

test('an IPv4 address in an IPv6 address is counted as such (T102)', () => {
  for (const same of ['64:ff9b::c000:201', '2002:c000:201:7::1', '2002:c000:201::'])
    expect(listRanges(same)).toEqual(['192.0.2.1']);
});

test('an IPv6 address is in a /64, a /56 and a /48, with rising limits (T102)', () => {
  expect(listNetworks('2001:db8:1:203:ffff::1')).toEqual([
    { range: '2001:db8:1:203::/64', scale: 1 },
    { range: '2001:db8:1:200::/56', scale: 4 },
    { range: '2001:db8:1::/48', scale: 16 },
  ]);
});

test('the addresses of one IPv6 customer are one network', () => {
  const [network] = listRanges('2001:db8:1:2::1');
  for (const same of ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002::abcd', '2001:DB8:1:2::'])
    expect(listRanges(same)[0]).toBe(network);
  for (const other of ['2001:db8:1:3::1', '2001:db8:2:2::1', '::1']) expect(listRanges(other)[0]).not.toBe(network);
});

test('an invalid address counts as its own network', () => {
  expect(listRanges('unknown')).toEqual(['unknown']);
});

test('only the prefixes of NAT64 and 6to4 contain an IPv4 address (T102)', () => {
  expect(listRanges('64:ff9b::192.0.2.33')).toEqual(['192.0.2.33']);
  expect(listRanges('2002:c000:221:ffff:ffff:ffff:ffff:ffff')).toEqual(['192.0.2.33']);
  for (const other of ['64:ff9c::c000:221', '64:ff9b:0:0:0:1:c000:221', '2003:c000:221::1', '2001:c000:221::1'])
    expect(listRanges(other)).toHaveLength(3);
});

test('each network of an IPv6 address ends at its prefix (T102)', () => {
  const [network, household, site] = listRanges('2001:db8:1:203::1');
  expect(listRanges('2001:db8:1:202::1')).toEqual(['2001:db8:1:202::/64', household, site]);
  expect(listRanges('2001:db8:1:303::1')).toEqual(['2001:db8:1:303::/64', '2001:db8:1:300::/56', site]);
  expect(listRanges('2001:db8:0:203::1')).toEqual(['2001:db8:0:203::/64', '2001:db8:0:200::/56', '2001:db8::/48']);
  expect(listRanges('2001:db8:1:203:8000::1')).toEqual([network, household, site]);
});

test('a customer is a /64, a party that floods a /48, and an IPv4 address in any spelling is itself (T102)', () => {
  expect(customerRange('2001:db8:1:203:ffff::1')).toBe('2001:db8:1:203::/64');
  expect(widestNetwork('2001:db8:1:203:ffff::1')).toBe('2001:db8:1::/48');
  // As sessions store it.
  for (const ip of ['192.0.2.1', '64:ff9b::c000:201', '2002:c000:201::1']) {
    expect(customerRange(ip)).toBe(ip);
    expect(widestNetwork(ip)).toBe('192.0.2.1');
  }
  expect(customerRange('unknown')).toBeUndefined();
  expect(widestNetwork('unknown')).toBe('unknown');
});

import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { createPublicLookup, isPublic, PrivateAddress } from '../../src/infra/web/public-lookup.ts';

const PRIVATE = [
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '168.63.129.16', '192.0.2.1', '198.18.0.1', '224.0.0.1'],
  ...['240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1'],
  ...['fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b::a00:1'],
  ...['64:ff9b:1::a00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', '::ffff:0:7f00:1', '100::1', 'example.org', ''],
  ...['::7f00:1', '::a9fe:a9fe', '100:0:0:1::1', '4000::1', '64:ff9b::a83f:8110'],
];
const PUBLIC = ['93.184.215.14', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101'];

test.each(PRIVATE)('the address %j is not one of the public internet (T111)', (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(PUBLIC)('the address %j is one of the public internet', (address) => {
  expect(isPublic(address)).toBe(true);
});

const HOSTS: Record<string, string[]> = {
  'good.example': ['93.184.215.14', '2606:4700::1111'],
  'local.example': ['127.0.0.1'],
  'mixed.example': ['93.184.215.14', '169.254.169.254'],
  'inside.example': ['10.1.2.3'],
};

function lookUp(host: string, privateHosts: readonly string[], all = true): Promise<unknown> {
  const resolve = async (name: string): Promise<LookupAddress[]> =>
    (HOSTS[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const { lookup } = createPublicLookup(privateHosts, resolve);
  return new Promise((done, fail) => {
    lookup(host, { all }, (error, address) => (error ? fail(error) : done(address)));
  });
}

test('a name is connected to only if all of its addresses are public (T111)', async () => {
  await expect(lookUp('local.example', [])).rejects.toThrow(PrivateAddress);
  await expect(lookUp('mixed.example', [])).rejects.toThrow(PrivateAddress);
  await expect(lookUp('mixed.example', [], false)).rejects.toThrow(PrivateAddress);
  expect(await lookUp('good.example', [])).toHaveLength(2);
  expect(await lookUp('good.example', [], false)).toBe('93.184.215.14');
  await expect(lookUp('unknown.example', [], false)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('a listed name may have any address, and a listed network any name', async () => {
  expect(await lookUp('local.example', ['local.example'])).toHaveLength(1);
  expect(await lookUp('inside.example', ['10.0.0.0/8'])).toHaveLength(1);
  await expect(lookUp('inside.example', ['10.0.0.0/16', 'local.example'])).rejects.toThrow(PrivateAddress);
  await expect(lookUp('mixed.example', ['10.0.0.0/8'])).rejects.toThrow(PrivateAddress);
});

test('a host that is an address is checked without a look-up (T111)', () => {
  const { check } = createPublicLookup(['10.0.0.0/8', 'fd00::/64']);
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:169.254.169.254]', '192.168.0.1'])
    expect(() => check(host), host).toThrow(PrivateAddress);
  for (const host of ['10.9.9.9', '[fd00::1]', '1.1.1.1', 'name.example']) expect(() => check(host)).not.toThrow();
});

test('parallel requests to one host share a look-up, and a failed one is not remembered', async () => {
  let lookUps = 0;
  let fails = true;
  const { lookup } = createPublicLookup([], async () => {
    lookUps += 1;
    if (fails) throw new Error('no answer');
    return [{ address: '1.1.1.1', family: 4 }];
  });
  const find = () =>
    new Promise<string>((done) => lookup('a.example', { all: true }, (error) => done(error ? 'failed' : 'found')));
  expect(await Promise.all([find(), find(), find()])).toEqual(['failed', 'failed', 'failed']);
  expect(lookUps).toBe(1);
  fails = false;
  expect(await Promise.all([find(), find(), find()])).toEqual(['found', 'found', 'found']);
  expect(lookUps).toBe(2);
});

import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { monotonic, SECOND } from '../../core/clock.ts';

/** The host has a private address that is not listed. Its name is never resolved again for the connection. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
  constructor() {
    super('the host has a private address that WEBHOOK_PRIVATE_HOSTS does not list');
  }
}

/** Finds the addresses of hosts, and refuses private ones: server-side request forgery. */
export interface PublicLookup {
  /** Throws PrivateAddress if the host is an address that is refused: such a host is not looked up. */
  check(host: string): void;
  /**
   * For node:net, which connects to exactly these addresses. Fails with PrivateAddress if any of them is refused: a name
   * with a public and a private address is an attack, or a mistake.
   */
  lookup: LookupFunction;
}

/**
 * Milliseconds that the addresses of a host are remembered. Look-ups run on the threads that also hash passwords, so a
 * burst of requests to one host must not start one each.
 */
const REMEMBERED = 5 * SECOND;

/** Public addresses of clouds at which machines reach services of their own. */
const INTERNAL = ['168.63.129.16'];

/** All IPv6 addresses of the public internet (RFC 4291). The others are reserved; ::7f00:1 is an old form of 127.0.0.1. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** NAT64 (RFC 6052): the IPv4 address is in the last 32 bits. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** @param privateHosts host names, which may have any address, and networks (CIDR) */
export function createPublicLookup(privateHosts: readonly string[], resolve = resolveAll): PublicLookup {
  const networks = privateHosts.filter((entry) => ipaddr.isValidCIDR(entry)).map((entry) => ipaddr.parseCIDR(entry));
  const names = new Set(privateHosts.filter((entry) => !ipaddr.isValidCIDR(entry)));
  const found = new Map<string, { addresses: Promise<LookupAddress[]>; until: number }>();

  const isAllowed = (address: string): boolean => isPublic(address) || networks.some((each) => isWithin(address, each));

  function find(host: string): Promise<LookupAddress[]> {
    const known = found.get(host);
    if (known && known.until > monotonic()) return known.addresses;
    const addresses = resolve(host);
    found.set(host, { addresses, until: monotonic() + REMEMBERED });
    addresses.catch(() => found.delete(host));
    return addresses;
  }

  async function findAllowed(host: string): Promise<LookupAddress[]> {
    const addresses = await find(host);
    if (!names.has(host) && !addresses.every(({ address }) => isAllowed(address))) throw new PrivateAddress();
    return addresses;
  }

  return {
    check(host) {
      const address = host.replace(/^\[(.*)\]$/, '$1');
      if (isIP(address) && !isAllowed(address)) throw new PrivateAddress();
    },
    lookup(host, { all }, callback) {
      findAllowed(host).then(
        (addresses) => {
          const [first] = addresses;
          if (all) callback(null, addresses);
          else if (first) callback(null, first.address, first.family);
          else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
        },
        (error) => callback(error, []),
      );
    },
  };
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}

/** Whether the address is one on the public internet. IPv4 addresses inside IPv6 ones count as IPv4 addresses. */
export function isPublic(text: string): boolean {
  const [plain = ''] = text.split('%'); // A zone: fe80::1%eth0.
  if (!ipaddr.isValid(plain)) return false;
  const address = ipaddr.process(plain);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast' && !INTERNAL.includes(address.toString());
  if (address.match(NAT64)) return isPublic(new ipaddr.IPv4(address.toByteArray().slice(12)).toString());
  return address.range() === 'unicast' && address.match(GLOBAL_IPV6);
}

function isWithin(text: string, [range, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  const [plain = ''] = text.split('%');
  if (!ipaddr.isValid(plain)) return false;
  const address = ipaddr.process(plain);
  return address.kind() === range.kind() && address.match(range, bits);
}

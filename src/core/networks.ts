import ipaddr from 'ipaddr.js';

/** How much larger the limit of a network is than the limit of the narrowest one. */
export const NETWORK_SCALES = [1, 4, 16] as const;
export type NetworkScale = (typeof NETWORK_SCALES)[number];

/** A network that one party may control. */
export interface Network {
  range: string;
  scale: NetworkScale;
}

/** Customers get a /64, a /56 or a /48 (RFC 6177, RIPE-690). Households share a /48 at some providers. */
const IPV6_PREFIXES = { 1: 64, 4: 56, 16: 48 } as const satisfies Record<NetworkScale, number>;

/**
 * The networks that an address belongs to, narrowest first. An IPv4 address is one network, also if it arrives as an
 * IPv6 address: mapped, through NAT64 (RFC 6052) or 6to4 (RFC 3056). Text that is no address is its own network.
 */
export function listNetworks(ip: string): Network[] {
  const address = parse(ip);
  if (!(address instanceof ipaddr.IPv6)) return [{ range: address?.toString() ?? ip, scale: 1 }];
  return NETWORK_SCALES.map((scale) => ({ range: formatRange(address, IPV6_PREFIXES[scale]), scale }));
}

/** The widest network of an address: a party with a whole /48 counts as one. */
export const widestNetwork = (ip: string): string => listNetworks(ip).at(-1)?.range ?? ip;

/**
 * The addresses of the same customer, as they are stored: an IPv6 /64, or one address if it is or contains an IPv4
 * address. Undefined if the text is no address.
 */
export function customerRange(ip: string): string | undefined {
  if (!ipaddr.isValid(ip)) return undefined;
  const address = parse(ip);
  return address instanceof ipaddr.IPv6 ? formatRange(address, IPV6_PREFIXES[1]) : ip;
}

const formatRange = (address: ipaddr.IPv6, prefix: number): string =>
  `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix}`)}/${prefix}`;

function parse(ip: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!ipaddr.isValid(ip)) return undefined;
  const address = ipaddr.process(ip);
  if (!(address instanceof ipaddr.IPv6)) return address;
  const bytes = address.toByteArray();
  if (address.range() === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12));
  return address.range() === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : address;
}

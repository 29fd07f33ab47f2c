import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

declare module 'fastify' {
  interface FastifyRequest {
    /** The client's, as far as trusted proxies report it, in a form that PostgreSQL's inet accepts. */
    readonly clientAddress: string;
    /** `clientAddress` once it has been read: services and the access log need it, too. */
    knownClientAddress: string | undefined;
  }
}

/** Addresses of which it is remembered whether they are proxies. */
const REMEMBERED = 1_000;

export function readClientAddresses(app: FastifyInstance, trusted: readonly string[]): void {
  const clientAddress = createClientAddress(trusted);
  app.decorateRequest('knownClientAddress', undefined);
  app.decorateRequest('clientAddress', {
    getter() {
      this.knownClientAddress ??= clientAddress(this);
      return this.knownClientAddress;
    },
  });
}

/** The address of the client that sent a request. */
type ClientAddress = (request: Pick<FastifyRequest, 'headers' | 'socket'>) => string;

/**
 * The peer's address, or the one that trusted proxies report. Proxies append to the right, so entries are read from
 * there, and only for as long as the one that wrote them is trusted: what a client sends itself is never reached.
 *
 * X-Forwarded-For wins, and Forwarded (RFC 7239) is read only without it. Nearly all proxies write the former and pass
 * the latter on as the client sent it. A proxy that writes only Forwarded must remove X-Forwarded-For.
 * @param trusted addresses and networks (CIDR) of proxies
 */
function createClientAddress(trusted: readonly string[]): ClientAddress {
  const isProxy = createMatcher(trusted);
  return ({ headers, socket }) => {
    let address = plain(socket.remoteAddress ?? '::');
    if (trusted.length === 0 || !isProxy(address)) return address;
    for (const hop of reportedHops(headers).reverse()) {
      const reported = readAddress(hop);
      if (reported === undefined) return address; // Whatever is to the left of it was written before.
      address = reported;
      if (!isProxy(address)) return address;
    }
    return address;
  };
}

/** Remembers results: a look-up in a BlockList creates native objects, and most requests come through the same proxy. */
function createMatcher(networks: readonly string[]): (address: string) => boolean {
  const list = createList(networks);
  const known = new LRUCache<string, boolean>({ max: REMEMBERED });
  return (address) => {
    const remembered = known.get(address);
    if (remembered !== undefined) return remembered;
    const isListed = list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
    known.set(address, isListed);
    return isListed;
  };
}

function createList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

/** From the client to the last proxy. Repeated headers are one list, in order (RFC 9110 section 5.3). */
function reportedHops(headers: FastifyRequest['headers']): string[] {
  const forwardedFor = join(headers['x-forwarded-for']);
  if (forwardedFor !== '') return split(forwardedFor, ',');
  // No address contains a comma, so a quote that a client leaves open cannot swallow what a proxy appends.
  return split(join(headers.forwarded), ',').map(readForwarded);
}

const join = (header: string | string[] = ''): string => (typeof header === 'string' ? header : header.join(','));

/** Empty elements are ignored (RFC 9110 section 5.6.1.2). */
const split = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

/** The `for` parameter of an element of Forwarded; empty if there is not exactly one. */
function readForwarded(element: string): string {
  const values = split(element, ';').flatMap((pair) => /^for\s*=\s*(.*)$/i.exec(pair)?.[1] ?? []);
  return values.length === 1 ? (values[0] ?? '') : '';
}

/**
 * An address as proxies write it: with a port, in brackets, in quotes, mapped to IPv6 or with a zone. Undefined for
 * `unknown`, obfuscated names (RFC 7239 section 6) and nonsense.
 */
function readAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const bare = text
    .replace(/^"(.*)"$/, '$1')
    .replaceAll('\\', '')
    .trim();
  const bracketed = /^\[([^\]]+)\](?::\w*)?$/.exec(bare)?.[1];
  const candidates = [
    bracketed ?? bare,
    /^([\d.]+):\d*$/.exec(bare)?.[1],
    /^((?:[\da-f]+:){7}[\da-f]+):\d+$/i.exec(bare)?.[1],
  ];
  return candidates.flatMap((candidate) => (candidate ? [plain(candidate)] : [])).find((candidate) => isIP(candidate));
}

const MAPPED = /^(?:::|(?:0+:){5})ffff:/i;

/** In a form that PostgreSQL's inet accepts: without a zone, and IPv4-mapped addresses as IPv4, also ::ffff:102:304. */
function plain(address: string): string {
  if (isIPv4(address)) return address;
  const bare = address.replace(/%.*$/, '');
  const mapped = bare.replace(MAPPED, '');
  if (mapped === bare || isIP(mapped)) return mapped;
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
}

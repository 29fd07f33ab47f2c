import { isIP } from 'node:net';

/** Whether a host name or address is this machine. IPv6 addresses with or without brackets. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  // Only addresses: 127.example.com is a name, and it may point anywhere.
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

/** The same, or a name below localhost: browsers resolve these to this machine (RFC 6761 section 6.3). */
export const isLocalName = (host: string): boolean => isLoopback(host) || host.endsWith('.localhost');

/** Whether a request to the URL cannot be intercepted: https, or plain http to this machine. */
export function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}

/** Whether an origin is that of a page on this machine, exactly as browsers write it. */
export function isLocalOrigin(origin: string): boolean {
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin && isLocalName(url.hostname);
}

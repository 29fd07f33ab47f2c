import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { parseEmail } from '../core/identifiers.ts';
import { fine, must, type Parsed, type Parser } from './parsed.ts';

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const isWeb = (url: URL | undefined): url is URL => url?.protocol === 'http:' || url?.protocol === 'https:';

/** Scheme, host and port, as browsers write an Origin header (RFC 6454 section 6.2). */
export const origin: Parser<string> = (text) => {
  const url = parseUrl(text);
  return isWeb(url) && url.origin === text
    ? fine(text)
    : must('be an origin exactly as browsers send it, such as https://app.example.com');
};

/** An origin, with or without the trailing slash. A path is refused: the routes of this server stand at the root. */
export const baseUrl: Parser<string> = (text) => {
  const url = parseUrl(text);
  return isWeb(url) && url.href === `${url.origin}/` && !/[?#]/.test(text)
    ? fine(url.origin)
    : must('be http(s)://host[:port] without a path, such as https://auth.example.com');
};

/** A page of the frontend. */
export const pageUrl: Parser<string> = (text) => {
  const url = parseUrl(text);
  return isWeb(url) && !url.username && !url.password && !text.includes('#')
    ? fine(url.href)
    : must('be an http(s) address without credentials and fragment');
};

/** An address or name to listen on. IPv6 with or without brackets. */
export const listenHost: Parser<string> = (text) => {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) || /^[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i.test(host)
    ? fine(host)
    : must('be an IP address or a host name');
};

/** A network, or one address. Whole address families are refused: that would believe everybody. */
export const network: Parser<string> = (text) => {
  const cidr = ipaddr.isValid(text) ? `${text}/${isIP(text) === 6 ? 128 : 32}` : text;
  return ipaddr.isValidCIDR(cidr) && ipaddr.parseCIDR(cidr)[1] > 0
    ? fine(cidr)
    : must('be an address or network such as 10.0.0.0/8, and not all of them');
};

export interface PostgresAddress {
  url: string;
  preparedStatements: boolean;
}

/** Our own parameter, as Prisma's users know it: the driver would send it on as a start-up parameter. */
const POOLED = /(?<=[?&])pgbouncer=(\w*)(?:&|$)/;

export const postgresUrl: Parser<PostgresAddress> = (text) => {
  const behindPooler = POOLED.exec(text)?.[1] === 'true';
  const url = text.replace(POOLED, '').replace(/[?&]$/, '');
  // Several hosts (h1:5432,h2:5432) are the driver's to try in turn, and more than URL can read.
  const single = url.replace(/^([^/]*\/\/(?:[^/@]*@)?[^/,]*)(?:,[^/]*)?/, '$1');
  return /^postgres(?:ql)?:\/\//.test(url) && URL.canParse(single)
    ? fine({ url, preparedStatements: !behindPooler })
    : must('be postgres://user:password@host:5432/database');
};

export type RedisUrls = readonly [string, ...string[]];

/** One server, or the comma-separated seeds of a cluster. A later seed may leave out scheme and credentials. */
export const redisUrls: Parser<RedisUrls> = (text): Parsed<RedisUrls> => {
  const problem = must('be redis://host:6379 or rediss://host:6379; several, comma-separated, are a cluster');
  const [first = '', ...rest] = text.split(',').map((part) => part.trim());
  const prefix = /^rediss?:\/\/(?:[^@/]*@)?/.exec(first)?.[0];
  if (prefix === undefined) return problem;
  const urls: RedisUrls = [first, ...rest.map((seed) => (seed.includes('://') ? seed : prefix + seed))];
  const scheme = parseUrl(first)?.protocol;
  const usable = urls.map(parseUrl).every((url) => url?.hostname && url.protocol === scheme);
  return usable ? fine(urls) : problem;
};

export const smtpUrl: Parser<string> = (text) => {
  const url = parseUrl(text);
  return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname
    ? fine(text)
    : must('be smtp://user:password@host:587 or smtps://user:password@host:465');
};

/** An address, with or without a name: no-reply@example.com, Example <no-reply@example.com>. */
export const mailbox: Parser<string> = (text) => {
  const [, name = '', address = text] = /^([^<>\p{Cc}]*)<([^<>]+)>$/u.exec(text) ?? [];
  return parseEmail(address) && !/["\\]/.test(name)
    ? fine(text)
    : must('be an email address, or a name and an address: Example <no-reply@example.com>');
};

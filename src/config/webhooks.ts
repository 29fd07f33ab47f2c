import ipaddr from 'ipaddr.js';
import { isLoopback } from '../core/hosts.ts';
import type { Settings } from './settings.ts';
import type { WebhookConfig } from './types.ts';

const MOST_ENDPOINTS = 10;

/** Undefined: no webhooks are sent. */
export function buildWebhooks(settings: Settings): WebhookConfig | undefined {
  const { WEBHOOK_URL: urls, WEBHOOK_SECRET: secrets, WEBHOOK_EVENTS: types } = settings;
  if (urls.length === 0 || !secrets) return undefined;
  return {
    endpoints: urls.map((url) => ({ name: endpointName(url), url })),
    secrets,
    types: new Set(types.flat()),
    privateHosts: settings.WEBHOOK_PRIVATE_HOSTS,
  };
}

/** The URL as administrators see it. */
function endpointName(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}

export function findWebhookErrors({ NODE_ENV, ...settings }: Settings): string[] {
  const { WEBHOOK_URL: urls, WEBHOOK_SECRET: secrets, WEBHOOK_PRIVATE_HOSTS: listed } = settings;
  const names = urls.map(endpointName);
  const isPlain = (url: string) => url.startsWith('http:') && !isListed(url, listed);
  const check = (wrong: boolean, problem: string) => (wrong ? [problem] : []);
  return [
    ...check(urls.length > 0 && !secrets, 'WEBHOOK_SECRET is required with WEBHOOK_URL'),
    ...check(urls.length > MOST_ENDPOINTS, `WEBHOOK_URL must have at most ${MOST_ENDPOINTS} entries`),
    ...check(
      new Set(names).size < names.length,
      'WEBHOOK_URL must not have two entries that differ only in credentials or query',
    ),
    ...check(
      urls.some((url) => isPrivateByName(url) && !isListed(url, listed)),
      'WEBHOOK_URL has a private address: name its host in WEBHOOK_PRIVATE_HOSTS as well',
    ),
    ...check(
      NODE_ENV === 'production' && urls.some(isPlain),
      'WEBHOOK_URL must be https in production, unless WEBHOOK_PRIVATE_HOSTS names its host',
    ),
  ];
}

export const findWebhookWarnings = (settings: Settings): string[] =>
  settings.WEBHOOK_SECRET && settings.WEBHOOK_URL.length === 0
    ? ['WEBHOOK_SECRET is set, but WEBHOOK_URL is not: no webhook is sent']
    : [];

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');

/** Whether the URL itself says so. Names are resolved when a webhook is sent. */
function isPrivateByName(url: string): boolean {
  const host = hostOf(url);
  return isLoopback(host) || (ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast');
}

function isListed(url: string, listed: readonly string[]): boolean {
  const host = hostOf(url);
  const address = ipaddr.isValid(host) ? ipaddr.process(host) : undefined;
  return listed.some((entry) => {
    if (!ipaddr.isValidCIDR(entry)) return entry === host;
    const [range, bits] = ipaddr.parseCIDR(entry);
    return address?.kind() === range.kind() && address.match(range, bits);
  });
}

import { isIP } from 'node:net';
import { getPublicSuffix } from 'tldts';
import { parsed } from '../core/settings/text.ts';
import { isHttpUrl, parseUrl } from '../core/settings/urls.ts';

/** Schemes of app shells and browser extensions have a host of their own: capacitor://localhost, chrome-extension://<id>. */
const APP_ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/[A-Za-z0-9._-]+(?::\d{1,5})?$/;
/** Pages of these schemes have no origin, or are not pages. */
const NOT_APPS = new Set(['http', 'https', 'ws', 'wss', 'ftp', 'file', 'data', 'blob', 'javascript', 'about']);

const WILDCARD = '://*.';

/**
 * Scheme, host and port, as browsers write an Origin header (RFC 6454 section 6.2). `*.` in place of the first label of
 * the host stands for any one label.
 */
export const origin = parsed(
  'be an origin exactly as browsers send it, such as https://app.example.com or capacitor://localhost: in lower case, without path, final slash and default port, other scripts as xn--…; one leading *. is allowed, as in https://*.example.com',
  (text) => {
    if (text.includes('*')) return isWildcard(text) ? text : undefined;
    const url = parseUrl(text);
    if (isHttpUrl(url)) return url.origin === text ? text : undefined;
    const scheme = APP_ORIGIN.exec(text)?.[1];
    return scheme !== undefined && !NOT_APPS.has(scheme) ? text : undefined;
  },
);

/** Only below a name of at least two labels, or localhost. */
function isWildcard(text: string): boolean {
  const concrete = text.replace(WILDCARD, '://label.');
  const url = parseUrl(concrete);
  if (concrete.includes('*') || !isHttpUrl(url) || url.origin !== concrete) return false;
  const base = withoutRoot(url.hostname).replace(/^label\./, '');
  return base === 'localhost' || (base.includes('.') && !isIP(base));
}

/** example.com. is the same host as example.com, but another origin. */
const withoutRoot = (hostname: string): string => hostname.replace(/\.$/, '');

/** Whether anyone can have such an origin: a wildcard directly below a public suffix, such as vercel.app. */
export function isOpenToAnyone(text: string): boolean {
  if (!text.includes(WILDCARD)) return false;
  const hostname = withoutRoot(new URL(text.replace(WILDCARD, '://')).hostname);
  return getPublicSuffix(hostname, { allowPrivateDomains: true }) === hostname && hostname !== 'localhost';
}

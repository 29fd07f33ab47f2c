import { isIP } from 'node:net';
import { getPublicSuffix } from 'tldts';
import { isLocalName } from '../core/hosts.ts';
import { parsed } from '../core/settings/text.ts';
import { isHttpUrl, parseUrl } from '../core/settings/urls.ts';
import { origin } from './origins.ts';

/** An Android app reports the SHA-256 fingerprint of its signing certificate in base64url. */
const ANDROID_ORIGIN = /^android:apk-key-hash:[A-Za-z0-9_-]{43}$/;

export const toAndroidOrigin = (fingerprint: Buffer): string =>
  `android:apk-key-hash:${fingerprint.toString('base64url')}`;

/** An origin of a page or of an app, as it appears in a response of an authenticator. No wildcards. */
export const passkeyOrigin = parsed(
  'be an origin such as https://app.example.com, http only for localhost and without *, or android:apk-key-hash:… with 43 characters',
  (text) => {
    if (ANDROID_ORIGIN.test(text)) return text;
    if (text.includes('*') || !origin.safeParse(text).success) return undefined;
    const url = parseUrl(text);
    return url?.protocol === 'http:' && !isLocalName(url.hostname) ? undefined : text;
  },
);

/** The host of a page that can use passkeys; undefined for apps, addresses and plain http. */
export function passkeyHost(text: string): string | undefined {
  const url = text.includes('*') ? undefined : parseUrl(text);
  if (!isHttpUrl(url) || isIP(url.hostname.replace(/^\[(.*)\]$/, '$1'))) return undefined;
  return url.protocol === 'https:' || isLocalName(url.hostname) ? url.hostname : undefined;
}

/** Whether browsers accept the RP ID on pages of the host: WebAuthn Level 3 section 5.1.3 step 9. */
export const isRpIdOf = (rpId: string, host: string): boolean =>
  host === rpId || (host.endsWith(`.${rpId}`) && getPublicSuffix(rpId, { allowPrivateDomains: true }) !== rpId);

import { z } from 'zod';
import { isLoopback } from '../core/hosts.ts';
import { parsed } from '../core/settings/text.ts';

/** The private-use scheme of an app: a reversed domain name (RFC 8252 section 7.1). */
const APP_SCHEME = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:$/;

/** URIs are compared exactly (RFC 9700 section 2.1): any page that matched a wildcard could take over sign-ins. */
const withoutWildcard = z
  .string()
  .refine((text) => !text.includes('*'), 'must not contain *: list every URI exactly as your app sends it');

/** A URI that providers may redirect browsers to. Other schemes are rejected: javascript: and data: URLs run as code. */
export const redirectUri = withoutWildcard.pipe(
  parsed('be https://…, http://localhost…, or an app’s com.example.app:/…, without a fragment', (text) => {
    if (!URL.canParse(text) || /[#\\\s\p{Cc}]/u.test(text)) return undefined;
    const { protocol, hostname, username, password } = new URL(text);
    if (username || password) return undefined;
    const isLocal = protocol === 'http:' && isLoopback(hostname);
    return protocol === 'https:' || isLocal || APP_SCHEME.test(protocol) ? text : undefined;
  }),
);

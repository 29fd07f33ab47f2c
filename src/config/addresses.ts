import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { parseSender } from '../core/sender.ts';
import { parsed } from '../core/settings/text.ts';
import { parseUrl } from '../core/settings/urls.ts';
import { readListenHost } from './listen-address.ts';
import { ENCODING, isEncoded } from './url-credentials.ts';

/** An address or name to listen on. IPv6 with or without brackets. */
export const listenHost = parsed('be an IP address or a host name', readListenHost);

/** A host name without scheme and port. */
export const domain = parsed('be a host name such as app.example.com, without https://', (text) => {
  const url = parseUrl(`https://${text}`);
  return url?.origin === `https://${text.toLowerCase()}` && !isIP(text) && url.port === '' ? url.hostname : undefined;
});

/** A network or a single address. A whole address family is refused: every client could then forge its address. */
export const network = parsed('be an address or a network such as 10.0.0.0/8, not a whole address family', (text) => {
  const cidr = ipaddr.isValid(text) ? `${text}/${isIP(text) === 6 ? 128 : 32}` : text;
  return ipaddr.isValidCIDR(cidr) && ipaddr.parseCIDR(cidr)[1] > 0 ? cidr : undefined;
});

export const smtpUrl = parsed(
  `be smtp://user:password@host:587 or smtps://user:password@host:465${ENCODING}`,
  (text) => {
    const url = text.includes('#') ? undefined : parseUrl(text);
    return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname && isEncoded(url)
      ? text
      : undefined;
  },
);

/** An email address, with or without a name. */
export const mailbox = parsed(
  'be an email address, or a name and an address: Example <no-reply@example.com>, or "Example, Inc." <no-reply@example.com>',
  (text) => {
    return parseSender(text) ? text : undefined;
  },
);

import { list, parsed } from '../core/settings/text.ts';
import { isHttpUrl, parseUrl } from '../core/settings/urls.ts';
import { selectWebhookTypes } from '../core/webhook-types.ts';
import { domain, network } from './addresses.ts';

/** Bytes of a key: Standard Webhooks, "Signature scheme". */
const KEY_BYTES = { least: 24, most: 64 };
/** A key of 24 random bytes has fewer than 12 different ones once in 10^15 times. */
const LEAST_DIFFERENT_BYTES = 12;

/** Characters. Lists of deliveries show it. */
const URL_MAX = 1_000;

export const webhookUrl = parsed(`be an http(s) URL without a fragment, of at most ${URL_MAX} characters`, (text) => {
  const url = text.includes('#') ? undefined : parseUrl(text);
  return isHttpUrl(url) && url.href.length <= URL_MAX ? url.href : undefined;
});

/** One key, or during a rotation two. */
export const webhookSecrets = parsed(
  `be whsec_ and ${KEY_BYTES.least} to ${KEY_BYTES.most} random bytes in base64, or two of these with a space between them; make one with: echo whsec_$(openssl rand -base64 32)`,
  (text): readonly string[] | undefined => {
    const secrets = text.split(/[\s,]+/);
    return secrets.length <= 2 && secrets.every(isSecret) ? secrets : undefined;
  },
);

function isSecret(text: string): boolean {
  const [, encoded = ''] = /^whsec_((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? [];
  const key = Buffer.from(encoded, 'base64');
  return key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most && new Set(key).size >= LEAST_DIFFERENT_BYTES;
}

export const webhookTypes = parsed(
  'be a type of webhook from docs/webhooks.md, or a pattern such as user.*',
  (text) => {
    const types = selectWebhookTypes(text);
    return types.length > 0 ? types : undefined;
  },
);

/** A host name, an address or a network. */
export const privateHost = parsed('be a host name, an address, or a network such as 10.0.0.0/8', (text) => {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  const range = network.safeParse(address);
  return range.success ? range.data : domain.safeParse(text).data;
});

export const privateHosts = list(privateHost);

import { createClient } from 'redis';
import { forUnknownAuthority } from '../certificate-errors.ts';

/** Why Redis cannot be used, for the operator. */
export interface RedisFailure {
  reason: string;
  remedy: string;
}

/** Milliseconds. */
const TIMEOUT = 1_500;

const UNKNOWN_AUTHORITY: RedisFailure = {
  reason: 'its certificate is signed by an authority that is unknown here',
  remedy: 'start Latchkey with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, the certificate of that authority',
};
const NO_TLS: RedisFailure = {
  reason: 'the TLS handshake failed',
  remedy: 'if the server does not use TLS, write redis:// in REDIS_URL in place of rediss://',
};

/** By the beginning of a reply or by an error code. */
const FAILURES: Record<string, RedisFailure> = {
  WRONGPASS: {
    reason: 'wrong user or password',
    remedy: 'check them in REDIS_URL; / ? # [ ] @ : and % in them must be percent-encoded',
  },
  NOAUTH: { reason: 'it requires a password', remedy: 'write REDIS_URL as redis://:password@host:6379' },
  'ERR AUTH': { reason: 'it has no password, or refuses this one', remedy: 'check user and password in REDIS_URL' },
  NOPERM: {
    reason: 'the user lacks a right',
    remedy: 'allow it the commands of Redis on keys and channels latchkey:*',
  },
  DENIED: { reason: 'it is in protected mode', remedy: 'set a password there, and in REDIS_URL' },
  ECONNREFUSED: { reason: 'nothing is listening at that address', remedy: 'check host and port in REDIS_URL' },
  ENOTFOUND: { reason: 'host not found', remedy: 'check the host in REDIS_URL' },
  ...forUnknownAuthority(UNKNOWN_AUTHORITY),
  CERT_HAS_EXPIRED: { reason: 'its certificate has expired', remedy: 'renew it there' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'its certificate is for another host',
    remedy: 'use the name in the certificate as host in REDIS_URL',
  },
  EPROTO: NO_TLS,
  ERR_SSL: NO_TLS,
};

/** Connects once, to find out why Redis does not respond. Undefined if that remains unknown. */
export async function findRedisFailure(url: string): Promise<RedisFailure | undefined> {
  const client = createClient({
    url,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy: false, connectTimeout: TIMEOUT, socketTimeout: TIMEOUT },
  });
  let first: unknown;
  client.on('error', (error: unknown) => {
    first ??= error;
  });
  try {
    await client.connect();
    await client.ping();
    return undefined;
  } catch (error) {
    return explain(first ?? error, url);
  } finally {
    client.destroy();
  }
}

function explain(error: unknown, url: string): RedisFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = `${'code' in error ? String(error.code) : ''} ${error.message}`;
  const known = Object.entries(FAILURES).find(([name]) => text.includes(name))?.[1];
  if (known) return known;
  // Before a server with TLS, a connection without it is closed; before one without TLS, a handshake gets no response.
  if (url.startsWith('rediss:')) return NO_TLS;
  return /closed|ECONNRESET/i.test(text)
    ? {
        reason: 'it closed the connection',
        remedy: 'if it uses TLS, write rediss:// in REDIS_URL in place of redis://',
      }
    : undefined;
}

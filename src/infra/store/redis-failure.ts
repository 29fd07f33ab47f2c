import { createClient } from 'redis';
import { forUnknownAuthority } from '../certificate-errors.ts';

/** Why Redis cannot be used, for the operator. */
interface Explanation {
  reason: string;
  remedy: string;
}

export interface RedisFailure extends Explanation {
  /** Host and port. */
  node: string;
}

/** Milliseconds. */
const TIMEOUT = 1_500;

const UNKNOWN_AUTHORITY: Explanation = {
  reason: 'its certificate is signed by an authority that is unknown here',
  remedy: 'start Latchkey with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, the certificate of that authority',
};
const NO_TLS: Explanation = {
  reason: 'the TLS handshake failed',
  remedy: 'if the server does not use TLS, write redis:// in REDIS_URL in place of rediss://',
};

/** What CLUSTER INFO says of a cluster that serves only a part of the keys. */
const INCOMPLETE = 'cluster_state:fail';

/** By the beginning of a reply or by an error code. */
const FAILURES: Record<string, Explanation> = {
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
  'cluster support disabled': {
    reason: 'it is not part of a cluster',
    remedy: 'REDIS_URL has either one server or the nodes of one cluster',
  },
  [INCOMPLETE]: { reason: 'its cluster is not complete', remedy: 'see CLUSTER INFO and CLUSTER NODES there' },
};

const SILENT: Explanation = {
  reason: 'it does not respond',
  remedy: 'check host, port and redis:// or rediss:// (TLS) in REDIS_URL, and that the server runs',
};

/**
 * Connects once to each server, to find out which of them cannot be used, and why.
 * @param urls as in REDIS_URL: one server, or several nodes of a cluster
 * @param ca PEM of a certificate authority to trust in addition to Node's
 */
export async function findRedisFailures(urls: readonly [string, ...string[]], ca?: string): Promise<RedisFailure[]> {
  const isCluster = urls.length > 1;
  const failures = urls.map(async (url) => {
    const explanation = await probe(withCredentials(url, urls[0]), isCluster, ca);
    return explanation ? [{ node: new URL(url).host, ...explanation }] : [];
  });
  return (await Promise.all(failures)).flat();
}

/** The nodes of a cluster share the credentials of the first URL. */
function withCredentials(url: string, first: string): string {
  const [own, { username, password }] = [new URL(url), new URL(first)];
  if (own.username || own.password) return url;
  return Object.assign(own, { username, password }).href;
}

async function probe(url: string, isCluster: boolean, ca: string | undefined): Promise<Explanation | undefined> {
  const tls = url.startsWith('rediss:') ? { tls: true as const, ...(ca ? { ca } : {}) } : {};
  const client = createClient({
    url,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { ...tls, reconnectStrategy: false, connectTimeout: TIMEOUT, socketTimeout: TIMEOUT },
  });
  let first: unknown;
  client.on('error', (error: unknown) => {
    first ??= error;
  });
  try {
    await client.connect();
    await client.ping();
    if (isCluster && (await client.clusterInfo()).includes(INCOMPLETE)) throw new Error(INCOMPLETE);
    return undefined;
  } catch (error) {
    return explain(first ?? error, url);
  } finally {
    client.destroy();
  }
}

function explain(error: unknown, url: string): Explanation {
  if (!(error instanceof Error)) return SILENT;
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
    : SILENT;
}

import { forUnknownAuthority } from '../certificate-errors.ts';
import type { Explanation } from '../explanation.ts';
import { CLUSTER_RIGHTS, RIGHTS } from './redis-commands.ts';
import { TimedOut } from './redis-connection.ts';

/** 'master': a server that the sentinels name. */
export type Role = 'server' | 'cluster node' | 'sentinel' | 'master';

const UNKNOWN_AUTHORITY: Explanation = {
  reason: 'its certificate is signed by an authority that is unknown here',
  remedy: 'start Latchkey with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, the certificate of that authority',
};
const NO_TLS: Explanation = {
  reason: 'the TLS handshake failed',
  remedy: 'if the server does not use TLS, write redis in REDIS_URL in place of rediss',
};
const INCOMPLETE: Explanation = {
  reason: 'its cluster is not complete',
  remedy: 'see CLUSTER INFO and CLUSTER NODES there',
};

/** By what the connection fails with. */
const CONNECTION: Record<string, Explanation> = {
  WRONGPASS: {
    reason: 'wrong user or password',
    remedy: 'check them in REDIS_URL; / ? # [ ] @ : and % in them must be percent-encoded',
  },
  NOAUTH: { reason: 'it requires a password', remedy: 'write REDIS_URL as redis://:password@host:6379' },
  'ERR AUTH': { reason: 'it has no password, or refuses this one', remedy: 'check user and password in REDIS_URL' },
  DENIED: { reason: 'it is in protected mode', remedy: 'set a password there, and in REDIS_URL' },
  'max number of clients': { reason: 'it accepts no more connections', remedy: 'raise maxclients there' },
  'DB index is out of range': { reason: 'it has no database of this number', remedy: 'check /number in REDIS_URL' },
  'SELECT is not allowed in cluster mode': {
    reason: 'a cluster has only database 0',
    remedy: 'remove /number from REDIS_URL',
  },
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

/** By what a server replies to a command of the service. Inside scripts, older versions put their own text before it. */
const REFUSALS: Record<string, Explanation> = {
  'READONLY ': {
    reason: 'it is a replica, which accepts no writes',
    remedy: 'write the address of the master in REDIS_URL, or redis+sentinel:// to follow it',
  },
  MASTERDOWN: { reason: 'it is a replica without its master', remedy: 'write the address of the master in REDIS_URL' },
  MISCONF: {
    reason: 'it refuses writes, because it cannot save its data to disk',
    remedy: 'see its log, and free disk space there',
  },
  'OOM command': {
    reason: 'its memory is full',
    remedy: 'raise maxmemory there, or set maxmemory-policy volatile-ttl: all keys of Latchkey expire',
  },
  NOREPLICAS: {
    reason: 'it refuses writes, because too few replicas are connected to it (min-replicas-to-write)',
    remedy: 'start its replicas',
  },
  LOADING: { reason: 'it is loading its data', remedy: 'wait until it has' },
  'BUSY ': { reason: 'a script of another program blocks it', remedy: 'end it there with SCRIPT KILL' },
  'MOVED ': {
    reason: 'it is a node of a cluster',
    remedy: 'write redis+cluster:// in REDIS_URL in place of redis://, or rediss+cluster:// in place of rediss://',
  },
  CLUSTERDOWN: INCOMPLETE,
  'cluster support disabled': {
    reason: 'it is not part of a cluster',
    remedy: 'REDIS_URL has either one server or the nodes of one cluster',
  },
  'unknown command': {
    reason: 'it lacks a command that Latchkey uses',
    remedy:
      'if it is a sentinel, write REDIS_URL as redis+sentinel://host:26379/name-of-the-master; otherwise do not rename commands there',
  },
};

const PASSWORD_OF_SENTINELS = 'write ?sentinel_password=… at the end of REDIS_URL, and &sentinel_username=… for a user';
const REACH = 'check that it runs, and that this machine can reach it by the address that the sentinels announce';

/** What differs for some roles. */
const FOR_ROLE: Partial<Record<Role, Record<string, Partial<Explanation>>>> = {
  sentinel: {
    WRONGPASS: {
      remedy: 'check sentinel_username and sentinel_password in REDIS_URL: those before the hosts are for Redis',
    },
    NOAUTH: { remedy: PASSWORD_OF_SENTINELS },
    'ERR AUTH': { remedy: 'check sentinel_password in REDIS_URL' },
    'unknown command': { reason: 'it is not a sentinel', remedy: 'list the sentinels in REDIS_URL, with their port' },
  },
  master: {
    NOAUTH: { remedy: 'write REDIS_URL as redis+sentinel://:password@host:26379/name-of-the-master' },
    ECONNREFUSED: { remedy: REACH },
    ENOTFOUND: { remedy: REACH },
    ERR_TLS_CERT_ALTNAME_INVALID: {
      remedy:
        'let the servers announce the name in the certificate: replica-announce-ip, sentinel announce-hostnames yes',
    },
    'READONLY ': {
      reason: 'the sentinels name it as master, but it is a replica',
      remedy: 'wait for the end of the failover; if it remains so, see SENTINEL CKQUORUM at the sentinels',
    },
  },
};

/** How ACLs refuse, in scripts and since Redis 6. */
const MISSING_RIGHT = /NOPERM|ACL failure in script|The user executing the script/;

/** Whether a server refuses our commands for a reason that is known. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && explainReply(error.message) !== undefined;

/** @param tls whether the connection uses TLS */
export function explainRedis(error: unknown, role: Role, tls: boolean): Explanation {
  const silent = {
    reason: 'it does not respond',
    remedy:
      role === 'master' ? REACH : 'check host, port and TLS (redis or rediss) in REDIS_URL, and that the server runs',
  };
  if (error instanceof TimedOut)
    return { reason: 'it responds too slowly', remedy: 'see SLOWLOG and LATENCY there, and the network in between' };
  if (!(error instanceof Error)) return silent;
  const text = `${'code' in error ? String(error.code) : ''} ${error.message}`;
  const known = explainReply(text, role) ?? find(CONNECTION, text, role);
  if (known) return known;
  // Before a server with TLS, a connection without it is closed; before one without TLS, a handshake gets no response.
  if (tls) return NO_TLS;
  if (/closed|ECONNRESET/i.test(text))
    return {
      reason: 'it closed the connection',
      remedy: 'if it uses TLS, write rediss in REDIS_URL in place of redis',
    };
  const code = /^[A-Z]+\b/.exec(error.message)?.[0];
  return code ? { reason: `it refuses a command (${code})`, remedy: 'see its log' } : silent;
}

const explainReply = (text: string, role?: Role): Explanation | undefined =>
  MISSING_RIGHT.test(text) ? explainMissingRight(text, role) : find(REFUSALS, text, role);

function find(explanations: Record<string, Explanation>, text: string, role?: Role): Explanation | undefined {
  const [name, explanation] = Object.entries(explanations).find(([part]) => text.includes(part)) ?? [];
  return name && explanation ? { ...explanation, ...(role && FOR_ROLE[role]?.[name]) } : undefined;
}

function explainMissingRight(text: string, role?: Role): Explanation {
  const command = /'([\w|-]+)' command/.exec(text)?.[1]?.toUpperCase().replace('|', ' ');
  const object = ['channel', 'key'].find((word) => text.includes(word));
  const reason = command
    ? `the user may not run ${command}`
    : `the user ${object ? `may not use the ${object}s latchkey:*` : 'lacks a right'}`;
  return { reason, remedy: `give it these rights there: ACL SETUSER <user> ${rightsOf(role)}` };
}

function rightsOf(role: Role | undefined): string {
  if (role === 'sentinel') return '+sentinel|get-master-addr-by-name';
  return role === 'cluster node' ? `${RIGHTS} ${CLUSTER_RIGHTS}` : RIGHTS;
}

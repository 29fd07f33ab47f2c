import { forUnknownAuthority } from '../certificate-errors.ts';
import type { Explanation } from '../explanation.ts';
import { explainByMessage, NO_CONNECTIONS, POOLER } from './explain-message.ts';

const URL = 'DATABASE_URL';
const UNKNOWN_AUTHORITY: Explanation = {
  reason: 'the certificate of the server is signed by an authority that is unknown here',
  remedy: `add the certificate of the authority to ${URL}: sslrootcert=/path/to/ca.pem`,
};
const FOREIGN_TABLES: Explanation = {
  reason: 'the tables are not those of this version',
  remedy: 'run latchkey migrate; if another program has tables of the same names there, set DATABASE_SCHEMA',
};

const NOT_POSTGRES: Explanation = {
  reason: 'the server does not support a statement of ours',
  remedy: 'use PostgreSQL itself: databases that resemble it, such as CockroachDB and Redshift, are not sufficient',
};

export const READ_ONLY_SERVER: Explanation = {
  reason: 'the server is read-only or a standby, and the service writes',
  remedy: `use the host of the primary in ${URL}, or list all hosts and add target_session_attrs=read-write`,
};
const DAMAGED: Explanation = {
  reason: 'files of the database are damaged',
  remedy: 'restore a backup: see docs/backup.md',
};
export const DISK_FULL: Explanation = { reason: 'the disk of the database is full', remedy: 'make space there' };

/** By codes of operating systems, of Node.js, of the driver, and by SQLSTATE. */
const EXPLANATIONS: Record<string, Explanation> = {
  ECONNREFUSED: {
    reason: 'connection refused: nothing is listening at that address',
    remedy: `check host and port in ${URL}, and that the server runs`,
  },
  ECONNRESET: { reason: 'the connection was closed by the other side', remedy: `check the port in ${URL}` },
  CONNECTION_CLOSED: { reason: 'the server closed the connection', remedy: `check host and port in ${URL}` },
  ENOTFOUND: {
    reason: 'host not found',
    remedy: `check the host in ${URL}, and percent-encode / ? # [ ] @ : and % in user and password`,
  },
  EAI_AGAIN: { reason: 'the host name cannot be resolved right now', remedy: 'check DNS' },
  ENOENT: {
    reason: 'there is no socket in that directory',
    remedy: `check host=/… in ${URL}, and that the server runs`,
  },
  EACCES: { reason: 'this user may not open the socket', remedy: 'check the permissions of the socket' },
  ETIMEDOUT: { reason: 'no response in time', remedy: `check host and port in ${URL}, and firewalls` },
  CONNECT_TIMEOUT: {
    reason: 'no response in time',
    remedy: `check host and port in ${URL}, and firewalls; a server that starts on demand needs connect_timeout=15`,
  },
  EHOSTUNREACH: { reason: 'the network does not reach that host', remedy: `check the host in ${URL}` },
  ENETUNREACH: {
    reason: 'this machine has no route to that host',
    remedy: 'if it has only IPv6 addresses, use a host with IPv4: at Supabase, the session pooler',
  },
  TLS_REFUSED: {
    reason: 'the server does not use TLS, which sslmode requires',
    remedy: `turn it on there (ssl = on); or, in a network that you trust, set sslmode=disable in ${URL}`,
  },
  DIRECT_TLS_REFUSED: {
    reason: 'the server does not begin with TLS',
    remedy: `remove sslnegotiation=direct from ${URL}: it needs PostgreSQL 17`,
  },
  TLS_FAILED: { reason: 'the server does not follow the protocol', remedy: `check host and port in ${URL}` },
  ...forUnknownAuthority(UNKNOWN_AUTHORITY),
  CERT_HAS_EXPIRED: { reason: 'the certificate of the server has expired', remedy: 'renew it there' },
  CERT_NOT_YET_VALID: { reason: 'the certificate of the server is not valid yet', remedy: 'check the clocks' },
  CERT_REVOKED: { reason: 'the certificate of the server is revoked', remedy: 'renew it there' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'the certificate of the server is for another host',
    remedy: `use the name in the certificate as host in ${URL}, or sslmode=verify-ca`,
  },
  SASL_SIGNATURE_MISMATCH: {
    reason: 'the server does not know the password: it may be another one that pretends to be yours',
    remedy: `check the host in ${URL}, and use sslmode=verify-full`,
  },
  NO_PRIMARY: {
    reason: 'every server that responds is read-only or a standby, and the service writes',
    remedy: `start or promote a primary, and add its host to ${URL} if it is missing there`,
  },
  '08P01': { reason: 'the server does not follow the protocol', remedy: `check host and port in ${URL}` },
  '22023': { reason: 'the server refuses a value', remedy: `check options in ${URL}` },
  '25006': READ_ONLY_SERVER,
  '26000': POOLER,
  '42P05': POOLER,
  '28P01': {
    reason: 'wrong password',
    remedy: `check user and password in ${URL}; / ? # [ ] @ : and % in them must be percent-encoded`,
  },
  '28000': {
    reason: 'the server rejects this user',
    remedy: `check the user in ${URL}, and that pg_hba.conf lets it connect from this machine`,
  },
  '3D000': { reason: 'the database does not exist: create it first', remedy: `or correct its name in ${URL}` },
  '3F000': { reason: 'the schema does not exist', remedy: 'run latchkey migrate, or correct DATABASE_SCHEMA' },
  '42501': {
    reason: 'the role of DATABASE_URL lacks a right',
    remedy: 'make it the owner of the schema and of its tables, or run latchkey migrate with the role that owns them',
  },
  '42704': {
    reason: 'the server does not know a setting',
    remedy: `check options in ${URL}`,
  },
  '0A000': NOT_POSTGRES,
  '42883': NOT_POSTGRES,
  '42P01': FOREIGN_TABLES,
  '42P07': FOREIGN_TABLES,
  '42701': FOREIGN_TABLES,
  '42703': FOREIGN_TABLES,
  '42710': FOREIGN_TABLES,
  '53100': DISK_FULL,
  '53300': NO_CONNECTIONS,
  XX001: DAMAGED,
  XX002: DAMAGED,
  '57P03': { reason: 'the server is starting up or shutting down', remedy: 'try again later' },
};

/** By the class of an SQLSTATE (PostgreSQL manual, appendix A). */
const CLASSES: Record<string, Explanation> = {
  '08': { reason: 'the connection failed', remedy: `check host and port in ${URL}` },
  '22': { reason: 'the database refuses a value', remedy: 'see the log of the database' },
  '23': { reason: 'a row contradicts a constraint', remedy: 'see the log of the database' },
  '28': { reason: 'the server rejects this user', remedy: `check user and password in ${URL}` },
  '40': { reason: 'another transaction was in the way', remedy: 'try again' },
  '42': { reason: 'the database refuses a statement', remedy: 'see the log of the database' },
  '53': { reason: 'the server is out of a resource', remedy: 'see the log of the database' },
  '55': { reason: 'something is in use', remedy: 'try again later' },
  '57': { reason: 'the server was stopped or cancelled the statement', remedy: 'try again later' },
  '58': { reason: 'the server has a problem with its files', remedy: 'see the log of the database' },
  XX: { reason: 'the server has an internal error', remedy: 'see the log of the database' },
};

/** In a running service, the cause of these is a setting or the disk, not the statement. */
const OPERATORS_CODES = ['26000', '42P05', 'XX001', 'XX002'];

/** What the operator must do about an error of a statement; undefined if it may be a bug, which the stack explains. */
export function findRemedy(error: Error): string | undefined {
  if (!('code' in error && OPERATORS_CODES.includes(String(error.code)))) return undefined;
  const explained = explainDatabaseError(error);
  return explained && `${explained.reason}: ${explained.remedy}`;
}

/**
 * What an error of the driver means and what to do. Undefined if it has no code. The message of the server is read only
 * to tell apart what has the same code, and is not shown: it may quote values.
 */
export function explainDatabaseError(error: Error): Explanation | undefined {
  const code = 'code' in error ? String(error.code) : '';
  const explained = explainByMessage(code, error.message) ?? EXPLANATIONS[code];
  if (explained) return explained;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return {
      reason: 'the TLS handshake failed',
      remedy: `check that the port in ${URL} is PostgreSQL's; sslcert and sslkey if the server asks for a certificate`,
    };
  if (/^[0-9A-Z]{5}$/.test(code))
    return (
      CLASSES[code.slice(0, 2)] ?? { reason: 'the database reports an error', remedy: 'see the log of the database' }
    );
  return undefined;
}

import type { ConnectionOptions } from 'node:tls';

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

export interface PostgresHost {
  /** A name, an address without brackets, or the directory of a Unix socket, which begins with a slash. */
  name: string;
  /** Where to connect, if this differs from the name in the certificate. */
  address: string | undefined;
  port: number;
}

export interface TlsSettings {
  mode: SslMode;
  /** TLS from the first byte (sslnegotiation=direct), without asking the server. */
  direct: boolean;
  /** Whether the name of the host is sent in the handshake. */
  sni: boolean;
  options: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'crl' | 'minVersion' | 'maxVersion'>;
}

/** What DATABASE_URL says, with the meaning that libpq gives it. */
export interface PostgresTarget {
  /** At least one, in the order in which they are tried. */
  hosts: readonly PostgresHost[];
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  tls: TlsSettings;
  /** Standbys and read-only servers are passed over. */
  needsPrimary: boolean;
  /** Tries the hosts in a random order. */
  isBalanced: boolean;
  /** Milliseconds for each host. */
  connectTimeout: number;
  /** Seconds of silence before the first TCP keepalive; 0: none. */
  keepAlive: number;
  /** Sent to the server when a connection starts. */
  startup: Readonly<Record<string, string>>;
}

/** A DATABASE_URL that can be used. */
export interface PostgresUrl {
  target: PostgresTarget;
  /** False behind PgBouncer in transaction mode (?pgbouncer=true). */
  preparedStatements: boolean;
  /** The schema that search_path names. */
  schema: string | undefined;
  /** What has no effect, in one line each. */
  warnings: string[];
}

/** Why a DATABASE_URL cannot be used. The message follows the name of the variable and never quotes the value. */
export class UrlProblem extends Error {
  override readonly name = 'UrlProblem';
}

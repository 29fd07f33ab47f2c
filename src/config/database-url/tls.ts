import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Parameters } from './parameters.ts';
import { SSL_MODES, type SslMode, type TlsSettings, UrlProblem } from './target.ts';

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/**
 * The TLS settings of a URL, as libpq reads them. Differences: without sslrootcert, verify-ca and verify-full use the
 * authorities that Node.js knows; files in ~/.postgresql are not read.
 */
export function readTls(parameters: Parameters): TlsSettings {
  const rootCert = parameters.take('sslrootcert');
  const isSystem = rootCert === 'system';
  const mode = readMode(parameters, rootCert);
  const direct = parameters.oneOf('sslnegotiation', ['postgres', 'direct']) === 'direct';
  if (direct && !isStrict(mode))
    throw new UrlProblem('must have sslmode=require or stronger with sslnegotiation=direct');
  const sni = parameters.oneOf('sslsni', ['0', '1']) !== '0';
  const options: TlsSettings['options'] = {
    ...readVersions(parameters),
    ...readClientCertificate(parameters),
    ...(rootCert && !isSystem ? { ca: readCertificate('sslrootcert', rootCert) } : {}),
    ...readRevocations(parameters),
  };
  checkTogether(options);
  return { mode, direct, sni, options };
}

const isStrict = (mode: SslMode): boolean => !['disable', 'allow', 'prefer'].includes(mode);

function readMode(parameters: Parameters, rootCert: string | undefined): SslMode {
  const requires = parameters.take('requiressl') === '1'; // Before PostgreSQL 9.5.
  const ssl = parameters.take('ssl'); // JDBC's; libpq reads it, too. Some clients have modes as its value.
  const written = parameters.take('sslmode') ?? fromSsl(ssl) ?? (requires ? 'require' : undefined);
  if (rootCert === 'system' && written !== undefined && written !== 'verify-full')
    throw new UrlProblem('must have sslmode=verify-full with sslrootcert=system');
  if (rootCert === 'system') return 'verify-full';
  // As in libpq, `require` verifies if there is a root certificate. To name one without sslmode asks for the same.
  if (written === 'require' || written === undefined) {
    if (rootCert !== undefined) return 'verify-ca';
    return written ?? 'prefer';
  }
  if (written === 'no-verify') return 'require'; // node-postgres
  const mode = SSL_MODES.find((known) => known === written);
  if (!mode) throw new UrlProblem(`must have an sslmode that exists: ${SSL_MODES.join(', ')}`);
  return mode;
}

function fromSsl(ssl: string | undefined): string | undefined {
  if (ssl === undefined) return undefined;
  if (/^(?:true|1|on|yes)$/i.test(ssl)) return 'require';
  return /^(?:false|0|off|no)$/i.test(ssl) ? 'disable' : ssl;
}

function readVersions(parameters: Parameters): TlsSettings['options'] {
  const minVersion = parameters.oneOf('ssl_min_protocol_version', VERSIONS);
  const maxVersion = parameters.oneOf('ssl_max_protocol_version', VERSIONS);
  return { ...(minVersion ? { minVersion } : {}), ...(maxVersion ? { maxVersion } : {}) };
}

function readClientCertificate(parameters: Parameters): TlsSettings['options'] {
  const [cert, key, passphrase] = ['sslcert', 'sslkey', 'sslpassword'].map((name) => parameters.take(name));
  const isSent = parameters.take('sslcertmode') !== 'disable';
  if (Boolean(cert) !== Boolean(key))
    throw new UrlProblem(
      'must have both sslcert and sslkey, or neither; sslrootcert is the certificate of the authority',
    );
  if (!cert || !key || !isSent) return {};
  return {
    cert: readCertificate('sslcert', cert),
    key: readPath('sslkey', key),
    ...(passphrase ? { passphrase } : {}),
  };
}

function readRevocations(parameters: Parameters): TlsSettings['options'] {
  const file = parameters.take('sslcrl');
  return file ? { crl: readPath('sslcrl', file) } : {};
}

function readPath(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UrlProblem(`names a file in ${name} that cannot be read (${code})`);
  }
}

function readCertificate(name: string, file: string): Buffer {
  const pem = readPath(name, file);
  try {
    new X509Certificate(pem);
  } catch {
    throw new UrlProblem(`names a file in ${name} that contains no certificate in PEM format`);
  }
  return pem;
}

function checkTogether(options: TlsSettings['options']): void {
  try {
    createSecureContext(options);
  } catch {
    throw new UrlProblem(
      'names files in sslcert, sslkey or sslcrl that do not fit together: check that the key belongs to the certificate, and sslpassword',
    );
  }
}

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './server-process.ts';

export interface Certificate {
  cert: string;
  key: string;
  /** Paths of the same. */
  certFile: string;
  keyFile: string;
}

/** A private authority that signs certificates for tests. */
export interface Authority {
  /** The path of its own certificate. */
  file: string;
  /** @param names such as DNS:localhost or IP:127.0.0.1 */
  sign(commonName: string, names?: readonly string[]): Certificate;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export function createAuthority(): Authority {
  const directory = temporaryDirectory('authority');
  const file = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const ca = ['-keyout', file('ca.key'), '-out', file('ca.pem')];
  openssl('req', '-x509', ...EC, '-days', '2', '-subj', '/CN=Private authority', ...ca);
  let serial = 0;
  return {
    file: file('ca.pem'),
    sign(commonName, names = []) {
      serial += 1;
      const [request, keyFile, certFile, extensions] = ['csr', 'key', 'pem', 'ext'].map((end) =>
        file(`${serial}.${end}`),
      );
      if (!request || !keyFile || !certFile || !extensions) throw new Error('a file has no name');
      openssl('req', ...EC, '-subj', `/CN=${commonName}`, '-keyout', keyFile, '-out', request);
      writeFileSync(extensions, names.length > 0 ? `subjectAltName=${names.join(',')}\n` : '');
      const by = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-set_serial', String(serial)];
      openssl('x509', '-req', '-in', request, ...by, '-days', '2', '-extfile', extensions, '-out', certFile);
      return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8'), certFile, keyFile };
    },
  };
}

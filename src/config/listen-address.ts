import { isIP } from 'node:net';
import { type Environment, readText } from './environment.ts';
import { readSecretFiles } from './secret-files.ts';

// Health checks load this every few seconds: without zod and the other settings.

/** The defaults of HOST and PORT. */
const DEFAULT = { host: '127.0.0.1', port: 4000 };

/** An IP address, IPv6 with or without brackets, or a host name. Undefined if it is neither. */
export function readListenHost(text: string): string | undefined {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) || /^[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i.test(host) ? host : undefined;
}

/** Where a service with these variables listens, or what is wrong with them. */
export function readListenAddress(given: Environment): { host: string; port: number } | { errors: string[] } {
  const { env, errors } = readSecretFiles(given, (name) => name === 'HOST' || name === 'PORT');
  const host = readListenHost(readText(env, 'HOST') ?? DEFAULT.host);
  const port = readText(env, 'PORT') ?? String(DEFAULT.port);
  const isPort = /^\d{1,9}$/.test(port) && Number(port) <= 65_535;
  if (host === undefined) errors.push('HOST must be an IP address or a host name');
  if (!isPort) errors.push('PORT must be a whole number from 0 to 65535');
  return errors.length > 0 || host === undefined ? { errors } : { host, port: Number(port) };
}

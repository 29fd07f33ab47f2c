import { isIPv6 } from 'node:net';
import { type PostgresHost, UrlProblem } from './target.ts';

const DEFAULT_PORT = 5432;
const LARGEST_PORT = 65_535;

export const FORMAT = 'must be postgres://user:password@host:5432/database';
/** A password with such a character ends in the wrong place, so no part of the URL means what it says. */
export const ENCODING = `${FORMAT}, with / ? # [ ] @ : and % in user and password percent-encoded (/ is %2F, # is %23)`;

/** Decodes only %XX, as libpq does: a plus sign is a plus sign. */
export function decode(text: string): string {
  if (text.includes('%00')) throw new UrlProblem('must not contain %00');
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UrlProblem(ENCODING);
  }
}

/** user:password, before the last @ of the authority. */
export function readCredentials(text: string): { user: string | undefined; password: string | undefined } {
  const [, user = '', password = ''] = /^([^:]*)(?::([\s\S]*))?$/.exec(text) ?? [];
  return { user: decode(user) || undefined, password: decode(password) || undefined };
}

export interface HostLists {
  /** host:port,host:port from the authority. */
  authority: string;
  /** The parameters of the same names, which take precedence. */
  host: string | undefined;
  hostaddr: string | undefined;
  port: string | undefined;
}

/** The hosts in libpq's forms: several, IPv6 in brackets, and directories of Unix sockets. */
export function readHosts({ authority, host, hostaddr, port }: HostLists): PostgresHost[] {
  const written = authority.split(',').map(splitPort);
  const names = host === undefined ? written.map(({ name }) => name) : host.split(',');
  const addresses = hostaddr?.split(',') ?? [];
  const ports = port === undefined ? written.map((entry) => entry.port) : port.split(',').map(readPort);
  const count = Math.max(names.length === 1 && names[0] === '' ? 1 : names.length, addresses.length);
  if (ports.length > 1 && ports.length !== count) throw new UrlProblem('must have one port, or one for each host');
  if (addresses.length > 0 && addresses.length !== count)
    throw new UrlProblem('must have as many addresses in hostaddr as hosts');
  return Array.from({ length: count }, (_, index) => {
    const address = addresses[index]?.trim() || undefined;
    const name = names[index]?.trim() || address || 'localhost';
    return readHost(name, address, (ports.length > 1 ? ports[index] : ports[0]) ?? DEFAULT_PORT);
  });
}

function readHost(name: string, address: string | undefined, port: number): PostgresHost {
  if (name.startsWith('/')) return { ...readSocket(name, port), address: undefined };
  if (name.startsWith('@')) throw new UrlProblem('must not have an abstract Unix socket as its host');
  if (name === '[]') throw new UrlProblem('must have a host in the brackets');
  const bare = name.replace(/^\[(.*)\]$/, '$1').replace('%25', '%'); // A zone (RFC 6874): [fe80::1%25eth0].
  if (bare.includes(':') && !isIPv6(bare)) throw new UrlProblem('must have every IPv6 address in brackets: [::1]');
  if (/[\s/\\?#@[\]]/.test(bare)) throw new UrlProblem(ENCODING);
  return { name: bare, address, port };
}

/** Some programs write the socket itself instead of its directory. */
function readSocket(name: string, port: number): Pick<PostgresHost, 'name' | 'port'> {
  const [, directory, ownPort] = /^(.*)\/\.s\.PGSQL\.(\d+)$/.exec(name) ?? [];
  return directory ? { name: directory, port: readPort(ownPort ?? '') ?? port } : { name, port };
}

function splitPort(text: string): { name: string; port: number | undefined } {
  const [, address, addressPort = ''] = /^(\[[^\]]*\])(?::(.*))?$/.exec(text) ?? [];
  if (address) return { name: address, port: readPort(addressPort) };
  const [, name = '', port = '', more] = /^([^:]*)(?::([^:]*))?(:.*)?$/.exec(text) ?? [];
  if (more !== undefined && /^%2f/i.test(text))
    throw new UrlProblem('must have the directory of a socket percent-encoded, with : as %3A; or use ?host=/directory');
  if (more !== undefined)
    throw new UrlProblem('must have every IPv6 address in brackets: postgres://user@[::1]/database');
  return { name: decode(name), port: readPort(port) };
}

/** A port that is no number is usually the rest of a password. */
function readPort(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  if (port < 1 || port > LARGEST_PORT) throw new UrlProblem(ENCODING);
  return port;
}

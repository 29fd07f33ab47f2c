import { SECOND } from '../../core/clock.ts';
import { decode, ENCODING, readCredentials, readHosts } from './authority.ts';
import { checkFilled, describeOtherForm } from './form.ts';
import { createParameters, type Parameters } from './parameters.ts';
import { firstSchema, searchPathIn, withoutSearchPath } from './search-path.ts';
import { type PostgresHost, type PostgresTarget, type PostgresUrl, UrlProblem } from './target.ts';
import { readTls } from './tls.ts';

const DEFAULT_CONNECT_TIMEOUT = 3 * SECOND;
/** As in libpq, which raises shorter ones to it. */
const SHORTEST_CONNECT_TIMEOUT = 2 * SECOND;
/** Seconds. */
const DEFAULT_KEEP_ALIVE = 60;

/** What to use for parameters of other clients. */
const INSTEAD: Record<string, string> = {
  schema: 'use DATABASE_SCHEMA',
  currentSchema: 'use DATABASE_SCHEMA',
  connection_limit: 'use DATABASE_POOL_SIZE',
  pool_size: 'use DATABASE_POOL_SIZE',
  'ssl-mode': 'use sslmode',
  sslaccept: 'use sslmode',
  targetServerType: 'use target_session_attrs',
  prepareThreshold: 'behind PgBouncer, use pgbouncer=true',
  prepared_statements: 'behind PgBouncer, use pgbouncer=true',
  statement_cache_size: 'behind PgBouncer, use pgbouncer=true',
};

/**
 * Reads a connection URI (PostgreSQL manual, 32.1.1.2) as libpq does. Parameters of other clients are ignored with a
 * warning. Throws UrlProblem.
 */
export function parsePostgresUrl(text: string): PostgresUrl {
  const { credentials, authority, path, query } = splitUrl(text);
  const parameters = createParameters(query);
  const isPooled = parameters.oneOf('pgbouncer', ['true', 'false']) === 'true';
  const { user, password } = readCredentials(credentials);
  const hosts = readHosts({
    authority,
    host: parameters.take('host'),
    hostaddr: parameters.take('hostaddr'),
    port: parameters.take('port'),
  });
  const options = parameters.take('options')?.replaceAll('+', ' '); // As many programs encode a space.
  const searchPath = parameters.take('search_path') ?? (options && searchPathIn(options));
  // PgBouncer refuses search_path in options. The role sets it instead.
  const sentOptions = options && isPooled ? withoutSearchPath(options) : options;
  const tls = readTls(parameters);
  const [applicationName, fallbackName] = ['application_name', 'fallback_application_name'].map(parameters.take);
  const target: PostgresTarget = {
    hosts,
    user: parameters.take('user') ?? user,
    password: parameters.take('password') ?? password,
    database: (parameters.take('dbname') ?? decode(path)) || undefined,
    tls,
    needsPrimary: readNeedsPrimary(parameters, hosts),
    isBalanced: parameters.oneOf('load_balance_hosts', ['disable', 'random']) === 'random',
    connectTimeout: readConnectTimeout(parameters),
    keepAlive: readKeepAlive(parameters),
    startup: {
      application_name: applicationName ?? fallbackName ?? 'latchkey',
      ...(sentOptions ? { options: sentOptions } : {}),
    },
  };
  checkFilled('the user', target.user);
  checkFilled('the password', target.password);
  for (const { name } of hosts) checkFilled('the host', name);
  const warnings = [...unenforced(parameters, tls.mode), ...ignored(parameters.rest())];
  return { target, preparedStatements: !isPooled, schema: searchPath && firstSchema(searchPath), warnings };
}

function splitUrl(text: string) {
  const [, rest] = /^postgres(?:ql)?:\/\/([\s\S]*)$/i.exec(text) ?? [];
  if (rest === undefined) throw new UrlProblem(describeOtherForm(text));
  if (/\p{Cc}/u.test(text)) throw new UrlProblem('must be one line, without control characters');
  const [, whole = '', path = '', query = ''] = /^([^/?]*)(?:\/([^?]*))?(?:\?([\s\S]*))?$/.exec(rest) ?? [];
  if (whole.endsWith('@') && path.includes('/'))
    throw new UrlProblem(
      'must have the directory of a socket in host: postgres://user:password@/database?host=/cloudsql/project:region:instance',
    );
  if (rest.includes('#') || path.includes('@') || path.includes('/')) throw new UrlProblem(ENCODING);
  const at = whole.lastIndexOf('@');
  return { credentials: whole.slice(0, Math.max(at, 0)), authority: whole.slice(at + 1), path, query };
}

/**
 * The service writes, so it needs a primary. One host is used without asking; of several, the primary is looked for,
 * although libpq would take any by default.
 */
function readNeedsPrimary(parameters: Parameters, hosts: readonly PostgresHost[]): boolean {
  const wanted = parameters.take('target_session_attrs');
  if (wanted !== undefined && !['any', 'read-write', 'primary'].includes(wanted))
    throw new UrlProblem('must have target_session_attrs=read-write or primary: the service writes');
  return hosts.length > 1 || (wanted !== undefined && wanted !== 'any');
}

/** 0 and negative numbers mean no limit in libpq. Here an hour: a server that is gone must be noticed. */
function readConnectTimeout(parameters: Parameters): number {
  const seconds = parameters.seconds('connect_timeout');
  if (seconds === undefined) return DEFAULT_CONNECT_TIMEOUT;
  return seconds <= 0 ? 3600 * SECOND : Math.max(seconds * SECOND, SHORTEST_CONNECT_TIMEOUT);
}

function readKeepAlive(parameters: Parameters): number {
  const isOff = parameters.oneOf('keepalives', ['0', '1']) === '0';
  const idle = parameters.seconds('keepalives_idle') ?? 0;
  return isOff ? 0 : Math.max(idle, 0) || DEFAULT_KEEP_ALIVE;
}

/** libpq's parameters about what the driver cannot do. */
function unenforced(parameters: Parameters, mode: string): string[] {
  if (parameters.oneOf('gssencmode', ['disable', 'prefer', 'require']) === 'require')
    throw new UrlProblem('must not have gssencmode=require: use TLS (sslmode)');
  const isBound = parameters.oneOf('channel_binding', ['disable', 'prefer', 'require']) === 'require';
  return isBound && mode !== 'verify-full'
    ? [
        'DATABASE_URL: channel_binding=require has no effect; sslmode=verify-full protects from the same attack, a server that pretends to be yours',
      ]
    : [];
}

function ignored(names: readonly string[]): string[] {
  const list = names.map((name) => (INSTEAD[name] ? `${name} (${INSTEAD[name]})` : name)).join(', ');
  return names.length > 0 ? [`DATABASE_URL: parameters of other clients are ignored: ${list}`] : [];
}

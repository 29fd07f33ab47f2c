import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Environment, loadConfig } from '../../src/config.ts';
import { temporaryDirectory } from '../support/server-process.ts';

const SECRET_KEY = 'iWTPjuqAUDRXZSP3kNhDQ5yyOL2Cs3cYl1N1VbH9cYU=';
const load = (env: Environment) => loadConfig({ SECRET_KEY, ...env });

function read(DATABASE_URL: string, more: Environment = {}) {
  const loaded = load({ DATABASE_URL, ...more });
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  const { database } = loaded.config;
  if (database.kind !== 'postgres') throw new Error('not PostgreSQL');
  return { ...database, warnings: loaded.warnings };
}

function loadError(DATABASE_URL: string, more: Environment = {}): string {
  const loaded = load({ DATABASE_URL, ...more });
  return 'errors' in loaded ? loaded.errors.join('\n') : 'none';
}

const host = (name: string, port = 5432, address?: string) => ({ name, port, address });

describe('hosts', () => {
  test.each([
    ['postgres://user:pw@[::1]:5432/db', [host('::1')]],
    ['postgres://user:pw@/db?host=/var/run/postgresql', [host('/var/run/postgresql')]],
    ['postgres://user:pw@%2Fvar%2Frun%2Fpostgresql/db', [host('/var/run/postgresql')]],
    ['postgres://u:p@%2Fcloudsql%2Fproject%3Aeu%3Ainstance/db', [host('/cloudsql/project:eu:instance')]],
    ['postgres://u:p@localhost/db?host=/cloudsql/project:eu:instance', [host('/cloudsql/project:eu:instance')]],
    ['postgres://u@/db?host=/tmp/.s.PGSQL.6000', [host('/tmp', 6000)]],
    ['postgresql://u@h1:5432,h2,[2001:db8::2]:6000/db', [host('h1'), host('h2'), host('2001:db8::2', 6000)]],
    ['postgres://u@/db?host=h1,h2&port=1,2', [host('h1', 1), host('h2', 2)]],
    ['postgres://u@/db?host=h1,h2&port=7', [host('h1', 7), host('h2', 7)]],
    ['postgres://u@name/db?hostaddr=10.0.0.1', [host('name', 5432, '10.0.0.1')]],
    ['postgres:///db', [host('localhost')]],
    ['postgres://', [host('localhost')]],
    ['POSTGRES://H/db', [host('H')]],
  ])('%s', (url, hosts) => {
    expect(read(url).target.hosts).toEqual(hosts);
  });

  test.each([
    ['postgres://u@::1:5432/db', /brackets/],
    ['postgres://u@/db?host=@abstract', /abstract/],
    ['postgres://u@/db?host=a,b&port=1,2,3', /one port/],
    ['postgres://u@h:0/db', /percent-encoded/],
    ['postgres://u@h:70000/db', /percent-encoded/],
    ['mysql://u@h/db', /must be postgres:/],
    ['host=h dbname=db', /must be postgres:/],
    ['jdbc:postgresql://h/db', /must be postgres:/],
  ])('%s is refused', (url, words) => {
    expect(loadError(url)).toMatch(words);
  });
});

describe('a password that is not percent-encoded', () => {
  test.each([
    'postgres://user:p@ss/w#rd@127.0.0.1:5432/db',
    'postgres://user:pa/ss@host/db',
    'postgres://user:1/ss@host/db',
    'postgres://user:pa#ss@host/db',
    'postgres://user:pa?ss@host/db',
    'postgres://user:12?3@host/db',
    'postgres://user:p@s?s=1@host/db',
    'postgres://user:100%@host/db',
    'postgres://user:%zz@host/db',
    'postgres://user:/@host/db',
    'postgres://us/er:canary@host/db',
    'postgres://user:a:b/c@host/db',
  ])('%s is explained without quoting it', (url) => {
    const error = loadError(url);
    expect(error).toMatch(/^DATABASE_URL must be .* percent-encoded/);
    expect(error).not.toMatch(/canary|ss@|127/);
  });

  test('is understood where that is possible', () => {
    expect(read('postgres://user:p@ss:[w]rd@host/db').target).toMatchObject({ user: 'user', password: 'p@ss:[w]rd' });
    expect(read('postgres://user:a+b%2Fc%23@host/db').target).toMatchObject({ password: 'a+b/c#' });
    expect(read('postgres://u%40server:p@host/db').target).toMatchObject({ user: 'u@server' });
  });
});

describe('parameters', () => {
  test('of other clients are named in one warning', () => {
    const parameters =
      'sslmode=require&schema=auth&connection_limit=5&pool_timeout=2&supa=base-pooler.x&statusColor=f0';
    const { warnings, target } = read(`postgres://u:p@h/db?${parameters}`);
    expect(warnings.filter((line) => line.startsWith('DATABASE_URL'))).toEqual([
      'DATABASE_URL: parameters of other clients are ignored: schema (use DATABASE_SCHEMA), ' +
        'connection_limit (use DATABASE_POOL_SIZE), pool_timeout, supa, statusColor',
    ]);
    expect(target.startup).toEqual({ application_name: 'latchkey' });
  });

  test('of libpq have its meaning', () => {
    const parameters = 'connect_timeout=10&application_name=auth&keepalives=0&options=-c%20geqo%3Doff&dbname=other';
    expect(read(`postgres://u:p@h/db?${parameters}`)).toMatchObject({
      warnings: [],
      target: {
        connectTimeout: 10_000,
        keepAlive: 0,
        database: 'other',
        startup: { application_name: 'auth', options: '-c geqo=off' },
        tls: { mode: 'prefer' },
      },
    });
    expect(read('postgres://h?connect_timeout=1&keepalives_idle=20').target).toMatchObject({
      connectTimeout: 2_000,
      keepAlive: 20,
    });
    const quiet = 'client_encoding=UTF8&tcp_user_timeout=1&krbsrvname=x&sslcompression=0&gssencmode=disable&sslmode=';
    expect(read(`postgres://h?${quiet}`).warnings).toEqual([]);
  });

  test.each([
    ['sslmode=canary', /sslmode.*verify-full/],
    ['sslmode=require&sslrootcert=/nowhere/ca.pem', /sslrootcert that cannot be read \(ENOENT\)/],
    ['sslmode=verify-full&sslrootcert=TEXT', /sslrootcert that contains no certificate/],
    ['sslmode=require&sslrootcert=system', /verify-full with sslrootcert=system/],
    ['sslcert=/nowhere/client.pem', /both sslcert and sslkey/],
    ['sslmode=prefer&sslnegotiation=direct', /sslmode=require or stronger/],
    ['channel_binding=yes', /channel_binding: disable, prefer, require/],
    ['gssencmode=require', /gssencmode/],
    ['target_session_attrs=standby', /read-write or primary: the service writes/],
    ['target_session_attrs=canary', /read-write or primary/],
    ['service=prod', /service, which is not supported/],
    ['passfile=/root/.pgpass', /DATABASE_URL_FILE/],
    ['require_auth=scram-sha-256', /require_auth/],
    ['connect_timeout=soon', /whole number of seconds for connect_timeout/],
    ['pgbouncer=yes', /pgbouncer: true, false/],
    ['search_path=$user', /name of a schema/],
  ])('?%s is refused in words', (parameters, words) => {
    const file = join(temporaryDirectory('pem'), 'text.pem');
    writeFileSync(file, 'canary');
    const error = loadError(`postgres://u:p@h/db?${parameters.replace('TEXT', file)}`);
    expect(error).toMatch(/^DATABASE_URL /);
    expect(error).toMatch(words);
    expect(error).not.toContain('canary');
  });

  test('channel binding that is not enforced is a warning, unless the certificate is checked', () => {
    const neon = 'postgresql://user:pw@ep-x-1.eu.aws.neon.example/db?sslmode=require&channel_binding=require';
    expect(read(neon).warnings).toEqual([
      expect.stringMatching(/channel_binding=require has no effect; .*verify-full/),
    ]);
    expect(read(neon.replace('=require&', '=verify-full&')).warnings).toEqual([]);
    expect(read(neon.replace('binding=require', 'binding=prefer')).warnings).toEqual([]);
  });
});

describe('the schema', () => {
  test.each([
    ['', 'public'],
    ['?search_path=auth2', 'auth2'],
    ['?search_path=Auth2,public', 'auth2'],
    ['?search_path=%22Auth2%22', 'Auth2'],
    ['?search_path=%22$user%22,auth2', 'auth2'],
    ['?options=-csearch_path%3Dauth2', 'auth2'],
    ['?options=-c%20search_path%3Dauth2%20-c%20geqo%3Doff', 'auth2'],
    ['?options=-c+search_path%3Dauth2', 'auth2'],
    ['?options=--search_path%3Dauth2', 'auth2'],
    ['?options=-c%20search_path%3Dauth2,%5C%20public', 'auth2'],
    ['?options=-c%20geqo%3Doff', 'public'],
  ])('of %s is %s', (parameters, schema) => {
    expect(read(`postgres://h/db${parameters}`).schema).toBe(schema);
  });

  test('is that of DATABASE_SCHEMA, which search_path may not contradict', () => {
    expect(read('postgres://h/db', { DATABASE_SCHEMA: 'Auth 2' }).schema).toBe('Auth 2');
    expect(read('postgres://h/db?search_path=auth2', { DATABASE_SCHEMA: 'auth2' }).schema).toBe('auth2');
    expect(loadError('postgres://h/db?search_path=auth2', { DATABASE_SCHEMA: 'auth3' })).toMatch(
      /^DATABASE_SCHEMA must/,
    );
    for (const name of ['pg_auth', 'information_schema', 'x'.repeat(64), 'a\u0007'])
      expect(loadError('postgres://h/db', { DATABASE_SCHEMA: name })).toMatch(/^DATABASE_SCHEMA must/);
  });
});

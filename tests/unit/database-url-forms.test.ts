import { describe, expect, test } from 'vitest';
import { loadErrors, loadOrFail } from '../support/settings.ts';

function read(DATABASE_URL: string) {
  const { config, warnings } = loadOrFail({ DATABASE_URL });
  if (config.database.kind !== 'postgres') throw new Error('not PostgreSQL');
  return { ...config.database, warnings };
}

/** As their consoles and documentation show them, with other names. */
describe('the URL of a provider', () => {
  test.each([
    ['Neon', 'u:p@ep-x-1-pooler.c-2.eu.aws.neon.tech/db?sslmode=require&channel_binding=require', 'require'],
    ['Neon without SNI', 'u:p@ep-x-1.eu.aws.neon.tech/db?options=endpoint%3Dep-x-1&sslmode=require', 'require'],
    ['Supabase, pooled', 'postgres.abc:p@aws-0-eu.pooler.supabase.com:6543/postgres?pgbouncer=true', 'prefer'],
    ['Supabase, session', 'postgres.abc:p@aws-0-eu.pooler.supabase.com:5432/postgres', 'prefer'],
    ['Supabase, direct over IPv6', 'postgres:p@[2a05:d014:1c06::1]:5432/postgres', 'prefer'],
    ['Amazon RDS', 'u:p@db.x.eu-central-1.rds.amazonaws.com:5432/app?sslmode=verify-full', 'verify-full'],
    ['Heroku', 'u7:pff@ec2-54-1-2-3.compute-1.amazonaws.com:5432/d9', 'prefer'],
    ['Azure, single server', 'admin@server:p@server.postgres.database.azure.com:5432/db?sslmode=require', 'require'],
    ['Azure, encoded', 'admin%40server:p@server.postgres.database.azure.com/db?sslmode=require', 'require'],
    ['Render, internal', 'u:p@dpg-abc-a/db', 'prefer'],
    ['Railway', 'postgres:p@roundhouse.proxy.rlwy.net:34567/railway', 'prefer'],
    ['Fly', 'app:p@app-db.flycast:5432/app?sslmode=disable', 'disable'],
    [
      'CockroachDB Cloud',
      'u:p@x.cockroachlabs.cloud:26257/db?sslmode=verify-full&options=--cluster%3Da-1',
      'verify-full',
    ],
    ['Prisma Postgres', 'abc:sk_x@db.prisma.io:5432/postgres?sslmode=require', 'require'],
    ['Aiven', 'avnadmin:AVNS_x@pg-1.a.aivencloud.com:23323/defaultdb?sslmode=require', 'require'],
    ['Timescale', 'tsdbadmin:p@a.b.tsdb.cloud.timescale.com:33445/tsdb?sslmode=require', 'require'],
    ['DigitalOcean', 'doadmin:p@db-1-do-user-1-0.b.db.ondigitalocean.com:25060/defaultdb?sslmode=require', 'require'],
    ['Cloud SQL', 'u:p@/db?host=/cloudsql/project:region:instance', 'prefer'],
    ['Cloud SQL with IAM', 'sa%40project.iam@localhost/db?host=/cloudsql/project:region:instance', 'prefer'],
  ])('%s can be used as it is', (_, rest, mode) => {
    expect(read(`postgresql://${rest}`).target.tls.mode).toBe(mode);
    expect(read(`postgres://${rest}`).target.hosts).toHaveLength(1);
  });

  test.each([
    ['ssl-mode=REQUIRED', 'ssl-mode (use sslmode)'],
    ['sslaccept=strict', 'sslaccept (use sslmode)'],
    ['statement_cache_size=0', 'statement_cache_size (behind PgBouncer, use pgbouncer=true)'],
    ['prepared_statements=false', 'prepared_statements (behind PgBouncer, use pgbouncer=true)'],
    ['prepareThreshold=0', 'prepareThreshold (behind PgBouncer, use pgbouncer=true)'],
    ['uselibpqcompat=true', 'uselibpqcompat'],
    ['targetServerType=primary', 'targetServerType (use target_session_attrs)'],
  ])('with %s of another client is used, and the warning says what to write', (parameter, words) => {
    expect(read(`postgres://u:p@h/db?${parameter}`).warnings.filter((line) => line.startsWith('DATABASE_URL'))).toEqual(
      [`DATABASE_URL: parameters of other clients are ignored: ${words}`],
    );
  });

  test('behind PgBouncer, a search_path in options is not sent, because the pooler would refuse it', () => {
    const { schema, target } = read('postgres://u@h/db?pgbouncer=true&options=-csearch_path%3Dauth');
    expect([schema, target.startup]).toEqual(['auth', { application_name: 'latchkey' }]);
    expect(read('postgres://u@h/db?pgbouncer=true&options=endpoint%3Dep-1').target.startup).toMatchObject({
      options: 'endpoint=ep-1',
    });
  });

  test('a link-local address may have a zone, percent-encoded (RFC 6874)', () => {
    expect(read('postgres://u@[fe80::1%25eth0]:5433/db').target.hosts).toEqual([{ name: 'fe80::1%eth0', port: 5433 }]);
  });
});

describe('what is not a URL of PostgreSQL', () => {
  test.each([
    ['"postgresql://u:canary@h/db"', /without quotes/],
    ["'postgresql://u:canary@h/db'", /without quotes/],
    ["psql 'postgresql://u:canary@h/db?sslmode=require'", /only the URL, without psql/],
    ['psql postgresql://u:canary@h/db', /only the URL, without psql/],
    ['DATABASE_URL=postgres://u:canary@h/db', /only the URL, without DATABASE_URL=/],
    ['prisma+postgres://accelerate.prisma-data.net/?api_key=canary', /Prisma Accelerate.*direct URL/],
    ['prisma://accelerate.prisma-data.net/?api_key=canary', /Prisma Accelerate.*direct URL/],
    ['postgresql+psycopg2://u:canary@h/db', /postgres:\/\/ in place of/],
    ['postgresql+asyncpg://u:canary@h/db', /postgres:\/\/ in place of/],
    ['postgis://u:canary@h/db', /postgres:\/\/ in place of/],
    ['jdbc:postgresql://h/db?user=u&password=canary', /^DATABASE_URL must be postgres:\/\/user:password@host/],
    ['Host=h;Username=u;Password=canary;Database=db', /^DATABASE_URL must be postgres:\/\/user:password@host/],
    ['postgres:/u:canary@h/db', /^DATABASE_URL must be postgres:\/\/user:password@host/],
    ['mysql://u:canary@h/db', /^DATABASE_URL must be postgres:\/\/user:password@host/],
    ['postgres://u:canary@h/db\npostgres://u:canary@h2/db', /one line/],
    ['postgres://u:canary\n@h/db', /one line/],
    ['postgres://u:canary@<host>/db', /placeholder/],
    ['postgres://u:canary@$DB_HOST:5432/db', /placeholder/],
    [`postgres://u:canary@$\{DB_HOST}:5432/db`, /placeholder/],
    [`postgres://$\{DB_USER}:canary@h/db`, /placeholder/],
    ['postgres://{{user}}:canary@h/db', /placeholder/],
    ['postgresql://postgres:[YOUR-PASSWORD]@db.abc.supabase.co:5432/postgres', /placeholder/],
    ['postgres://user:<password>@h/db', /placeholder/],
    ['postgres://u:canary@[]/db', /host in the brackets/],
    ['postgres://u:canary@%2Fcloudsql%2Fp:r:i/db', /socket.*: as %3A/],
    ['postgres://u:canary@/cloudsql/p:r:i/db', /host=\/cloudsql/],
    ['postgres://a%00b:canary@h/db', /%00/],
    ['postgres://u:canary@h%00/db', /%00/],
    ['postgres://u:canary@h/d%00', /%00/],
    ['postgres://u:canary@h/db?application_name=a%00b', /%00/],
    ['postgres://u:canary@h/db?sslcert=/ca.pem&sslidentity=/c.p12', /sslrootcert is the certificate of the authority/],
  ])('%j is refused in words', (DATABASE_URL, words) => {
    const errors = loadErrors({ DATABASE_URL });
    expect(errors).toEqual([expect.stringMatching(words)]);
    expect(errors[0]).toMatch(/^DATABASE_URL /);
    expect(errors[0]).not.toContain('canary');
  });

  test('passwords that only look unusual are accepted', () => {
    for (const password of ['$2b$10', 'a<b>c', '%24%7BX', '[x]', 'pass{word'])
      expect(read(`postgres://u:${password}@h/db`).target.password).toBe(decodeURIComponent(password));
  });
});

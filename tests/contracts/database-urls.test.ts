import { createServer } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/infra/db/client.ts';
import { connect, plain } from '../support/connections.ts';
import { settingsFor } from '../support/databases.ts';
import { freePort } from '../support/ports.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { describeServers } from '../support/servers.ts';

describeServers('a server without TLS', ['own postgres'], () => {
  let server: PostgresServer;
  let port: number;
  let unused: number;

  beforeAll(async () => {
    server = await startPostgres({ everywhere: true });
    port = Number(new URL(server.url).port);
    unused = await freePort();
  });
  afterAll(() => server.stop());

  test.each(['', 'sslmode=disable', 'sslmode=allow', 'sslmode=prefer'])('is used without: ?%s', async (parameters) => {
    expect(await connect(`${server.url}?${parameters}`)).toEqual(plain);
  });

  test.each(['require', 'verify-ca', 'verify-full'])('is refused by sslmode=%s', async (mode) => {
    expect(await connect(`${server.url}?sslmode=${mode}`)).toMatch(/does not use TLS.*sslmode=disable/);
  });

  const at = (address: string | null) => expect.objectContaining({ address });
  test('is reached through every form of a host', async () => {
    const socket = encodeURIComponent(server.home);
    const urls: [string, unknown][] = [
      [`postgres://postgres@[::1]:${port}/postgres`, at('::1')],
      [`postgres://postgres@[0:0:0:0:0:0:0:1]:${port}/postgres?sslmode=prefer`, at('::1')],
      [`postgres://postgres@/postgres?host=::1&port=${port}`, at('::1')],
      [`postgres://postgres@/postgres?host=${server.home}&port=${port}`, at(null)],
      [`postgres://postgres@/postgres?host=${socket}&port=${port}&sslmode=require`, at(null)],
      [`postgres://postgres@localhost/postgres?host=${server.home}&port=${port}`, at(null)],
      [`postgres://postgres@${socket}:${port}/postgres`, at(null)],
      [`postgres://postgres@/postgres?host=${server.home}/.s.PGSQL.${port}`, at(null)],
      [`postgresql://postgres@nowhere.invalid:${port}/postgres?hostaddr=127.0.0.1`, at('127.0.0.1')],
      [`postgres://postgres@127.0.0.1:${unused},127.0.0.1:${port}/postgres`, at('127.0.0.1')],
      [`postgres://postgres@127.0.0.1:${unused},[::1]:${port}/postgres`, at('::1')],
      [`postgres://postgres@nowhere.invalid,[::1]:${port}/postgres`, expect.anything()],
      [`postgres://postgres@127.0.0.1,[::1],127.0.0.1/postgres?port=${unused},${port},${port}`, at('::1')],
      [`postgres:///?host=/nowhere,127.0.0.1&port=${port}&user=postgres&dbname=postgres`, at('127.0.0.1')],
      [`postgres://postgres@127.0.0.1:${port}/postgres?load_balance_hosts=random`, at('127.0.0.1')],
    ];
    for (const [url, result] of urls) expect(await connect(url), url).toEqual(result);
  });

  test('load_balance_hosts=random spreads connections over the hosts; without it the first is used', async () => {
    const url = `postgres://postgres@127.0.0.1:${port},[::1]:${port}/postgres`;
    const addresses = async (parameters: string) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => connect(`${url}${parameters}`)));
      return new Set(answers.map((answer) => (typeof answer === 'string' ? answer : answer.address)));
    };
    expect(await addresses('?load_balance_hosts=random')).toEqual(new Set(['127.0.0.1', '::1']));
    expect(await addresses('?load_balance_hosts=disable')).toEqual(new Set(['127.0.0.1']));
    expect(await addresses('')).toEqual(new Set(['127.0.0.1']));
  });

  test('fails in words, whatever is wrong', async () => {
    const failures: [string, RegExp][] = [
      [`postgres://postgres@127.0.0.1:${unused}/postgres`, /nothing is listening.*ECONNREFUSED.*check host and port/],
      [`postgres://postgres@127.0.0.1:${unused},[::1]:${unused}/postgres`, /nothing is listening/],
      [`postgres://postgres@nowhere.invalid/postgres`, /host not found \(ENOTFOUND\)|cannot be resolved/],
      [`postgres://postgres@/postgres?host=/nowhere`, /no socket in that directory.*host=/],
      [
        `postgres://postgres@127.0.0.1:${port}/nowhere`,
        /database does not exist: create it first \(3D000\); or correct/,
      ],
      [`postgres://nobody@127.0.0.1:${port}/postgres`, /rejects this user|wrong password/],
      [`postgres://postgres@127.0.0.1:${port}/postgres?options=-c%20no_such_setting%3D1`, /\(42704\); check options/],
      [`postgres://postgres@127.0.0.1:${port}/postgres?options=-c%20work_mem%3Dmany`, /\(22023\); check options/],
    ];
    for (const [url, words] of failures) expect(await connect(url), url).toMatch(words);
  });

  test('gets the parameters of libpq, and not those of other clients', async () => {
    const others =
      'schema=public&connection_limit=5&pool_timeout=10&supa=base-pooler.x&sslaccept=strict&statusColor=686B6F';
    expect(await connect(`${server.url}?application_name=auth%20api&${others}`)).toMatchObject({ name: 'auth api' });
    const { db, close } = await openDatabase(settingsFor(`${server.url}?options=-c%20work_mem%3D7MB&${others}`));
    const [row] = await db.select({ value: sql`current_setting('work_mem')` }).from(sql`(select 1) as one`);
    expect(row).toEqual({ value: '7MB' });
    await close();
  });
});

describeServers('a primary and a standby', ['own postgres'], () => {
  test('the primary is found, wherever it is in the list', async () => {
    const [primary, standby] = await Promise.all([
      startPostgres({ settings: { application_name: 'primary' } }),
      startPostgres({ settings: { default_transaction_read_only: 'on' } }),
    ]);
    const [first, second] = [standby, primary].map(({ url }) => new URL(url).host);
    for (const attributes of ['', '?target_session_attrs=read-write', '?target_session_attrs=primary'])
      for (const hosts of [`${first},${second}`, `${second},${first}`]) {
        const { db, close } = await openDatabase(settingsFor(`postgres://postgres@${hosts}/postgres${attributes}`, 2));
        await db.execute(sql`create table if not exists written (id int)`);
        const together = Array.from({ length: 10 }, () =>
          db.transaction((tx) => tx.execute(sql`insert into written values (1)`)),
        );
        await Promise.all(together);
        await close();
      }
    const only = `${standby.url}?target_session_attrs=read-write`;
    expect(await connect(only)).toMatch(/every server that responds is read-only.*promote a primary/);
    await Promise.all([primary.stop(), standby.stop()]);
  });
});

describe('a pooler or a provider that refuses the connection', () => {
  /** What the operator reads if the server answers the startup message with this error. */
  async function refused(code: string, message: string, parameters = ''): Promise<unknown> {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        if (bytes.length < 8) return; // the end of the session
        if (bytes.readInt32BE(4) === 80877103) return void socket.write('N');
        const fields = `SFATAL\0C${code}\0M${message}\0\0`;
        const head = Buffer.alloc(5);
        head.write('E');
        head.writeInt32BE(Buffer.byteLength(fields) + 4, 1);
        socket.end(Buffer.concat([head, Buffer.from(fields)]));
      });
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const answer = await connect(`postgres://u@127.0.0.1:${port}/db${parameters}`);
    server.close();
    return answer;
  }

  test.each([
    // PgBouncer
    ['08P01', 'unsupported startup parameter: search_path', '', /pooler.*pgbouncer=true/],
    ['08P01', 'unsupported startup parameter in options: geqo', '?pgbouncer=true', /pooler.*remove options from/],
    ['08P01', 'unsupported startup parameter: options', '?pgbouncer=true', /pooler.*remove options from/],
    ['08P01', 'no such database: db', '', /pooler does not know this database.*check/],
    ['08P01', 'server login has been failing, try again later (server_login_retry)', '', /pooler cannot reach.*try/],
    ['53300', 'no more connections allowed (max_client_conn)', '', /no free connections.*DATABASE_POOL_SIZE/],
    // Supabase
    ['XX000', 'Tenant or user not found', '', /pooler does not know this user.*postgres\.<project>/],
    ['XX000', '(ENOTFOUND) tenant/user postgres.abc not found', '', /pooler does not know this user.*the host/],
    ['XX000', '(EMAXCONNSESSION) max clients reached in session mode', '', /no free connections.*POOL_SIZE/],
    ['XX000', 'Max client connections reached', '', /no free connections.*POOL_SIZE/],
    // Neon
    ['XX000', 'connection is insecure (try using `sslmode=require`)', '', /wants TLS.*add sslmode=require/],
    ['08P01', 'Endpoint ID is not specified. Either upgrade', '', /does not know which database.*options=endpoint/],
    // Azure, Render, Heroku
    ['28000', 'SSL connection is required. Please specify SSL options and retry.', '', /wants TLS/],
    ['XX000', 'SSL/TLS required', '', /wants TLS/],
    ['28000', 'no pg_hba.conf entry for host "1.2.3.4", user "u", database "db", no encryption', '', /wants TLS/],
    // Servers that resemble PostgreSQL
    ['0A000', 'unimplemented: this syntax', '', /does not support.*PostgreSQL itself/],
    ['42883', 'unknown function: pg_advisory_xact_lock()', '', /does not support.*PostgreSQL itself/],
    ['99999', 'canary', '', /reports an error.*see the log/],
  ])('%s %s %s is explained', async (code, message, parameters, words) => {
    const answer = await refused(code, message, parameters);
    expect(answer).toMatch(words);
    expect(answer).not.toMatch(/canary|1\.2\.3\.4|abc/);
  });
});

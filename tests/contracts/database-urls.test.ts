import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeFailure } from '../../src/cli/exit.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { createAuthority } from '../support/certificates.ts';
import { settingsFor } from '../support/databases.ts';
import { freePort } from '../support/ports.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { describeServers } from '../support/servers.ts';

interface Answer {
  isEncrypted: boolean;
  name: string;
  address: string | null;
}

/** What a service with this DATABASE_URL is connected to, or why it is not. */
async function connect(url: string): Promise<Answer | string> {
  const { db, close } = await openDatabase(settingsFor(url));
  try {
    const [row] = await db
      .select({
        isEncrypted: sql<boolean>`coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)`,
        name: sql<string>`current_setting('application_name')`,
        address: sql<string | null>`host(inet_server_addr())`,
      })
      .from(sql`(select 1) as one`);
    return row ?? 'no row';
  } catch (error) {
    const { text, remedy } = describeFailure(error);
    return `${text}; ${remedy}`;
  } finally {
    await close();
  }
}

const encrypted = expect.objectContaining({ isEncrypted: true });
const plain = expect.objectContaining({ isEncrypted: false });

describeServers('TLS to a server with a private authority', ['own postgres', 'own redis with tls'], () => {
  const authority = createAuthority();
  const stranger = createAuthority();
  const client = authority.sign('certified');
  let server: PostgresServer;
  let port: string;
  /** @param rest after user@127.0.0.1:port */
  const urlOf = (user: string, parameters: string, host = '127.0.0.1') =>
    `postgres://${user}@${host}:${port}/postgres${parameters && `?${parameters}`}`;

  beforeAll(async () => {
    const { cert, key } = authority.sign('localhost', ['DNS:localhost']);
    server = await startPostgres({
      certificate: { cert, key, ca: readFileSync(authority.file, 'utf8') },
      hba: [
        'host all postgres 127.0.0.1/32 trust',
        'hostssl all secure 127.0.0.1/32 trust',
        'hostnossl all bare 127.0.0.1/32 trust',
        'hostssl all certified 127.0.0.1/32 cert',
        'host all sworn 127.0.0.1/32 scram-sha-256',
      ],
    });
    port = new URL(server.url).port;
    const superuser = postgres(server.url, { max: 1 });
    for (const role of ['secure', 'bare', 'certified']) await superuser.unsafe(`create role ${role} login`);
    await superuser.unsafe(`create role sworn login password 'p@ss/w#rd?[1]%'`);
    await superuser.end();
  });
  afterAll(() => server.stop());

  test.each([
    ['', encrypted],
    ['sslmode=disable', plain],
    ['sslmode=allow', encrypted],
    ['sslmode=prefer', encrypted],
    ['sslmode=require', encrypted],
    ['ssl=true', encrypted],
    ['sslmode=no-verify', encrypted],
    ['sslmode=require&sslcert=CERT&sslkey=KEY', encrypted],
    ['sslmode=verify-ca&sslrootcert=CA', encrypted],
    ['sslmode=require&sslrootcert=CA', encrypted],
    ['sslrootcert=CA', encrypted],
    ['sslmode=require&sslrootcert=STRANGER', expect.stringMatching(/authority that is unknown.*sslrootcert=/)],
    ['sslmode=verify-ca', expect.stringMatching(/authority that is unknown.*sslrootcert=/)],
    ['sslmode=verify-full', expect.stringMatching(/authority that is unknown.*sslrootcert=/)],
    ['sslrootcert=system', expect.stringMatching(/authority that is unknown.*sslrootcert=/)],
    ['sslmode=verify-full&sslrootcert=CA', expect.stringMatching(/for another host.*sslmode=verify-ca/)],
    ['sslmode=require&ssl_min_protocol_version=TLSv1.3', encrypted],
    ['sslmode=require&channel_binding=require', encrypted],
    ['sslmode=require&channel_binding=prefer&gssencmode=prefer&keepalives=1&keepalives_idle=30', encrypted],
  ])('?%s', async (parameters, result) => {
    const filled = parameters
      .replace('CERT', client.certFile)
      .replace('KEY', client.keyFile)
      .replace('CA', authority.file)
      .replace('STRANGER', stranger.file);
    expect(await connect(urlOf('postgres', filled))).toEqual(result);
  });

  test('verify-full accepts the name in the certificate, also with an address in hostaddr', async () => {
    const full = `sslmode=verify-full&sslrootcert=${authority.file}`;
    expect(await connect(urlOf('postgres', full, 'localhost'))).toEqual(encrypted);
    expect(await connect(urlOf('postgres', `${full}&hostaddr=127.0.0.1`, 'localhost'))).toEqual(encrypted);
    expect(await connect(urlOf('postgres', `${full}&sslsni=0`, 'localhost'))).toEqual(encrypted);
    const other = await connect(urlOf('postgres', `${full}&hostaddr=127.0.0.1`, 'db.example.com'));
    expect(other).toMatch(/for another host/);
  });

  test('a server that lets a user in only with TLS is used with TLS, or says so', async () => {
    expect(await connect(urlOf('secure', ''))).toEqual(encrypted);
    expect(await connect(urlOf('secure', 'sslmode=disable'))).toMatch(/wants TLS \(28000\); add sslmode=require/);
  });

  test('a server that lets a user in only without TLS says so', async () => {
    expect(await connect(urlOf('bare', 'sslmode=disable'))).toEqual(plain);
    expect(await connect(urlOf('bare', ''))).toMatch(/no entry .* with TLS \(28000\); .*sslmode=disable/);
  });

  test('a client certificate signs in, and its absence is explained', async () => {
    const certificate = `sslcert=${client.certFile}&sslkey=${client.keyFile}`;
    expect(await connect(urlOf('certified', `sslmode=require&${certificate}`))).toEqual(encrypted);
    expect(await connect(urlOf('certified', 'sslmode=require'))).toMatch(/wants a client certificate .*sslcert=/);
    const off = await connect(urlOf('certified', `sslmode=require&sslcertmode=disable&${certificate}`));
    expect(off).toMatch(/wants a client certificate/);
  });

  test('a password with every special character works percent-encoded', async () => {
    const encoded = encodeURIComponent('p@ss/w#rd?[1]%');
    expect(await connect(urlOf(`sworn:${encoded}`, 'sslmode=require'))).toEqual(encrypted);
    expect(await connect(urlOf(`postgres`, `user=sworn&password=${encoded}`))).toEqual(encrypted);
    expect(await connect(urlOf('sworn:wrong', ''))).toMatch(/wrong password \(28P01\); check user and password/);
    expect(await connect(urlOf('sworn', ''))).toMatch(/wrong password|server rejects/);
  });
});

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
    expect(await connect(only)).toMatch(/every server is read-only.*add the host of the primary/);
    await Promise.all([primary.stop(), standby.stop()]);
  });
});

describe('a pooler that refuses startup parameters', () => {
  test('asks for pgbouncer=true', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        if (bytes.length < 8) return; // the end of the session
        if (bytes.readInt32BE(4) === 80877103) return void socket.write('N');
        const fields = 'SFATAL\0C08P01\0Munsupported startup parameter: search_path\0\0';
        const head = Buffer.alloc(5);
        head.write('E');
        head.writeInt32BE(fields.length + 4, 1);
        socket.end(Buffer.concat([head, Buffer.from(fields)]));
      });
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await connect(`postgres://u@127.0.0.1:${port}/db`)).toMatch(/pooler.*pgbouncer=true/);
    server.close();
  });
});

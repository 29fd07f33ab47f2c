import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuthority } from '../support/certificates.ts';
import { connect, encrypted, plain } from '../support/connections.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { describeServers } from '../support/servers.ts';
import { startTlsFront } from '../support/tls-front.ts';

describeServers('TLS to a server with a private authority', ['own postgres', 'own redis with tls'], () => {
  const authority = createAuthority();
  const stranger = createAuthority();
  const client = authority.sign('certified');
  let server: PostgresServer;
  let port: string;
  /** @param rest after user@127.0.0.1:port */
  const toUrl = (user: string, parameters: string, host = '127.0.0.1') =>
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
    expect(await connect(toUrl('postgres', filled))).toEqual(result);
  });

  test('verify-full accepts the name in the certificate, also with an address in hostaddr', async () => {
    const full = `sslmode=verify-full&sslrootcert=${authority.file}`;
    expect(await connect(toUrl('postgres', full, 'localhost'))).toEqual(encrypted);
    expect(await connect(toUrl('postgres', `${full}&hostaddr=127.0.0.1`, 'localhost'))).toEqual(encrypted);
    expect(await connect(toUrl('postgres', `${full}&sslsni=0`, 'localhost'))).toEqual(encrypted);
    const other = await connect(toUrl('postgres', `${full}&hostaddr=127.0.0.1`, 'db.example.com'));
    expect(other).toMatch(/for another host/);
  });

  test('sslnegotiation=direct begins with TLS and names the protocol postgresql (ALPN)', async () => {
    const front = await startTlsFront(authority.sign('localhost', ['DNS:localhost']), Number(port));
    const at = (parameters: string) => `postgres://bare@localhost:${front.port}/postgres?${parameters}`;
    const full = `sslmode=verify-full&sslrootcert=${authority.file}`;
    expect(await connect(at(`${full}&sslnegotiation=direct`))).toEqual(plain); // Behind the front.
    expect(front.protocols).toEqual(['postgresql']);
    expect(await connect(at(`sslmode=verify-full&sslrootcert=${stranger.file}&sslnegotiation=direct`))).toMatch(
      /authority that is unknown/,
    );
    expect(await connect(at(full))).toMatch(/\([A-Z_]+\); check/); // It does not ask for TLS.
    await front.close();
  });

  test('sslnegotiation=direct at a server that does not know it says so, and does not fall back', async () => {
    expect(await connect(toUrl('postgres', 'sslmode=require&sslnegotiation=direct'))).toMatch(
      /does not begin with TLS.*remove sslnegotiation=direct/,
    );
  });

  test('a server that lets a user in only with TLS is used with TLS, or says so', async () => {
    expect(await connect(toUrl('secure', ''))).toEqual(encrypted);
    expect(await connect(toUrl('secure', 'sslmode=disable'))).toMatch(/wants TLS \(28000\); add sslmode=require/);
  });

  test('a server that lets a user in only without TLS says so', async () => {
    expect(await connect(toUrl('bare', 'sslmode=disable'))).toEqual(plain);
    expect(await connect(toUrl('bare', ''))).toMatch(/no entry .* with TLS \(28000\); .*sslmode=disable/);
  });

  test('a client certificate signs in, and its absence is explained', async () => {
    const certificate = `sslcert=${client.certFile}&sslkey=${client.keyFile}`;
    expect(await connect(toUrl('certified', `sslmode=require&${certificate}`))).toEqual(encrypted);
    expect(await connect(toUrl('certified', 'sslmode=require'))).toMatch(/wants a client certificate .*sslcert=/);
    const off = await connect(toUrl('certified', `sslmode=require&sslcertmode=disable&${certificate}`));
    expect(off).toMatch(/wants a client certificate/);
  });

  test('a password with every special character works percent-encoded', async () => {
    const encoded = encodeURIComponent('p@ss/w#rd?[1]%');
    expect(await connect(toUrl(`sworn:${encoded}`, 'sslmode=require'))).toEqual(encrypted);
    expect(await connect(toUrl(`postgres`, `user=sworn&password=${encoded}`))).toEqual(encrypted);
    expect(await connect(toUrl('sworn:wrong', ''))).toMatch(/wrong password \(28P01\); check user and password/);
    expect(await connect(toUrl('sworn', ''))).toMatch(/wrong password|server rejects/);
  });
});

import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docsBlock, writeDocsBlocks } from '../support/docs.ts';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { describeServers } from '../support/servers.ts';

const ADDRESS = 'authenticator@127.0.0.1:5432/app';

describeServers('the PostgREST recipe', ['own postgres'], () => {
  let server: PostgresServer;
  let issuer: Issuer;
  let owner: postgres.Sql;
  let authenticator: postgres.Sql;
  let address: string;
  beforeAll(async () => {
    [server, issuer] = await Promise.all([startPostgres(), startIssuer({ ACCESS_TOKEN_CLAIMS: 'postgrest' })]);
    address = `authenticator@${new URL(server.url).host}/postgres`;
    owner = postgres(server.url, { max: 1, onnotice: () => {} });
    const directory = writeDocsBlocks('resource-server.md', ['roles.sql'], { 'https://auth.example.com': issuer.url });
    await owner.unsafe(readFileSync(join(directory, 'roles.sql'), 'utf8'));
    authenticator = postgres(`postgres://${address}`, { onnotice: () => {} });
  });
  afterAll(async () => {
    await Promise.all([owner?.end({ timeout: 1 }), authenticator?.end({ timeout: 1 })]);
    await Promise.all([server?.stop(), issuer?.close()]);
  });

  /** Runs a statement as PostgREST does: with the token's claims and role, after db-pre-request. */
  const run = (claims: Record<string, unknown> | undefined, statement: string) =>
    authenticator.begin(async (sql) => {
      const role = String(claims?.role ?? 'anon');
      await sql`select set_config('role', ${role}, true),
        set_config('request.jwt.claims', ${claims ? JSON.stringify({ ...claims, role }) : ''}, true)`;
      await sql`select api.check_token()`;
      return [...(await sql.unsafe(statement))];
    });

  async function claimsOf(changes: Record<string, unknown> = {}) {
    const { accessToken } = await issuer.signIn();
    return { ...decodeJwt(accessToken), ...changes };
  }

  test('shows users their own rows only', async () => {
    const [ada, bob] = [await claimsOf(), await claimsOf()];
    await run(ada, `insert into api.orders (title) values ('of Ada')`);
    expect(await run(ada, 'select owner, title from api.orders')).toEqual([{ owner: ada.sub, title: 'of Ada' }]);
    expect(await run(bob, 'select * from api.orders')).toEqual([]);
    await run(bob, `update api.orders set title = 'of Bob'`);
    expect(await run(ada, 'select title from api.orders')).toEqual([{ title: 'of Ada' }]);
    const forged = `insert into api.orders (owner, title) values ('${ada.sub}', 'forged')`;
    await expect(run(bob, forged)).rejects.toMatchObject({ code: '42501' });
  });

  test('has the roles of Latchkey’s staff and administrators, who are users, too', async () => {
    for (const role of ['staff', 'administrator']) {
      const user = await claimsOf({ role });
      await run(user, `insert into api.orders (title) values ('of ${role}')`);
      expect(await run(user, 'select title from api.orders')).toEqual([{ title: `of ${role}` }]);
    }
  });

  test('shows all rows to a token with the scope', async () => {
    await run(await claimsOf(), `insert into api.orders (title) values ('of Eve')`);
    const titles = async (scope: string) =>
      (await run(await claimsOf({ scope }), 'select title from api.orders')).length;
    expect(await titles('profile orders:read')).toBeGreaterThan(0);
    for (const scope of ['', 'orders', 'orders:reads', 'xorders:read'])
      expect([scope, await titles(scope)]).toEqual([scope, 0]);
  });

  test('refuses tokens that PostgREST accepts although a claim is wrong or missing', async () => {
    for (const changes of [
      { iss: 'https://other.example.com' },
      { iss: undefined },
      { aud: undefined },
      { exp: undefined },
      { sub: undefined },
    ])
      await expect(run(await claimsOf(changes), 'select * from api.orders')).rejects.toMatchObject({ code: 'PT401' });
  });

  test('shows nothing without a token, or with a token without a role', async () => {
    await expect(run(undefined, 'select * from api.orders')).rejects.toMatchObject({ code: '42501' });
    await expect(run(await claimsOf({ role: undefined }), 'select * from api.orders')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(run(await claimsOf({ role: 'postgres' }), 'select 1')).rejects.toMatchObject({ code: '42501' });
  });

  test('the configuration names the audience, the role claim, the check and the file of the script', () => {
    const settings = Object.fromEntries(
      [...docsBlock('resource-server.md', 'postgrest.conf').matchAll(/^([\w-]+) = "(.*)"$/gm)].map(
        ([, name, value]) => [name, value],
      ),
    );
    expect(settings).toMatchObject({
      'jwt-aud': AUDIENCE,
      'jwt-role-claim-key': '.role',
      'db-pre-request': 'api.check_token',
    });
    const file = /^keys=(.+)$/m.exec(docsBlock('resource-server.md', 'update-keys.sh'))?.[1];
    expect(settings['jwt-secret']).toBe(`@${file}`);
  });

  describe('the script that updates the keys', () => {
    let script: string;
    let keys: string;
    const reloads: string[] = [];
    beforeAll(async () => {
      const directory = writeDocsBlocks('resource-server.md', ['update-keys.sh'], {
        'https://auth.example.com': issuer.url,
        '/etc/postgrest': '.',
        '--max-time 10': '--max-time 300', // A busy machine is no failure.
        [ADDRESS]: address,
      });
      [script, keys] = [join(directory, 'update-keys.sh'), join(directory, 'jwks.json')];
      await owner.listen('pgrst', (payload) => void reloads.push(payload));
    });
    const update = () =>
      new Promise<{ status: unknown; stderr: string }>((resolve) =>
        execFile('sh', [script], { cwd: join(script, '..') }, (error, _, stderr) =>
          resolve({ status: error?.code ?? 0, stderr }),
        ),
      );
    const kids = () => JSON.parse(readFileSync(keys, 'utf8')).keys.map(({ kid }: { kid: string }) => kid);
    const published = async () =>
      ((await (await fetch(`${issuer.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }).keys.map(
        ({ kid }) => kid,
      );

    test('writes the key set and tells PostgREST, and does neither if nothing has changed', async () => {
      expect(await update()).toMatchObject({ status: 0, stderr: '' });
      expect(kids()).toEqual(await published());
      await expect.poll(() => reloads).toEqual(['reload config']);
      const before = statSync(keys);
      expect(await update()).toMatchObject({ status: 0, stderr: '' });
      expect(statSync(keys)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
      expect(before.mode & 0o777).toBe(0o644);
    });

    test('replaces the file in one step after a rotation, before the new key signs', async () => {
      const before = statSync(keys);
      const { key } = await issuer.app.app.services.keys.rotate();
      expect(await update()).toMatchObject({ status: 0, stderr: '' });
      expect(kids()).toContain(key.kid);
      expect(statSync(keys).ino).not.toBe(before.ino);
      await expect.poll(() => reloads).toEqual(['reload config', 'reload config']);
    });

    test('keeps the keys if they cannot be read, and says so', async () => {
      const before = readFileSync(keys, 'utf8');
      const text = readFileSync(script, 'utf8');
      for (const [path, url] of [
        ['/.well-known/jwks.json', '/healthz'],
        ['/.well-known/jwks.json', '/nowhere'],
      ] as const) {
        writeFileSync(script, text.replace(path, url));
        expect((await update()).status).not.toBe(0);
      }
      writeFileSync(script, text.replace(issuer.url, 'http://127.0.0.1:1'));
      expect(await update()).toMatchObject({ status: 7, stderr: expect.stringContaining('curl') });
      expect(readFileSync(keys, 'utf8')).toBe(before);
    });
  });
});

import { request as httpRequest } from 'node:http';
import type { Verifier } from '@latchkey/verify';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { users } from '../../../src/infra/db/tables.ts';
import type { TestApp } from '../../support/app.ts';
import { type ResourceServer, SERVERS } from '../../support/resource-servers.ts';
import { eventually } from '../../support/server-process.ts';
import { logOut, type RegisteredUser, refreshTokens, registerUser } from '../../support/sessions.ts';
import { startIssuer, verifierFor } from '../../support/verify.ts';

let app: TestApp;
let verifier: Verifier;
let user: RegisteredUser;
/** A user with the scope and the role, whose token is from after they were given. */
let manager: { accessToken: string };
beforeAll(async () => {
  app = await startIssuer();
  verifier = verifierFor(app);
  user = await registerUser(app.client());
  const promoted = await registerUser(app.client());
  const { sub } = await verifier.verify(promoted.accessToken);
  await app.app.services.db
    .update(users)
    .set({ roles: ['ADMIN'], permissions: ['orders:read', 'orders:write'] })
    .where(eq(users.id, sub));
  manager = await refreshTokens(promoted.client, promoted.refreshToken);
});
afterAll(async () => {
  verifier.close();
  await app.close();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe.each(Object.entries(SERVERS))('%s with the adapter', (_, start) => {
  let server: ResourceServer;
  let lenient: ResourceServer;
  beforeAll(async () => {
    server = await start(verifier);
    lenient = await start(verifier, { optional: true });
  });
  afterAll(async () => {
    await server.close();
    await lenient.close();
  });

  async function get(what: string, headers: Record<string, string> = {}, { url, isGraphql } = server) {
    const response = isGraphql
      ? await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query: `{ ${what} }` }),
        })
      : await fetch(`${url}/${what}`, { headers });
    const body = await response.json();
    const code = isGraphql ? body.errors?.[0]?.extensions?.code : body?.error;
    return {
      status: response.status,
      value: isGraphql ? body.data?.[what] : body,
      code,
      body,
      headers: response.headers,
    };
  }

  test('knows the user of a valid token, whatever the case of the scheme', async () => {
    const { sub } = await verifier.verify(user.accessToken);
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect(await get('whoami', { authorization: `${scheme} ${user.accessToken}` })).toMatchObject({
        status: 200,
        value: sub,
      });
  });

  test('responds 401 with WWW-Authenticate to requests without a valid token', async () => {
    const missing = await get('whoami');
    expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    for (const token of ['x', user.refreshToken, `${user.accessToken}x`]) {
      const { status, headers, body } = await get('whoami', bearer(token));
      expect([status, headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('error="invalid_token"'),
      ]);
      expect(JSON.stringify(body)).not.toContain(token.length > 1 ? token : '"token');
    }
  });

  test.each(['Bearer', 'Bearer ', 'Bearer a b', 'Bearer a, Bearer b', 'bearer\ttoken', 'Token'])(
    'responds 401 to the malformed header %j',
    async (authorization) => {
      expect((await get('whoami', { authorization })).status).toBe(401);
      expect((await get('whoami', { authorization }, lenient)).status).toBe(401);
    },
  );

  test('responds 401 to two Authorization headers, although Node keeps only the first', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port, pathname } = new URL(
        server.isGraphql ? `${server.url}?query={whoami}` : `${server.url}/whoami`,
      );
      const path = server.isGraphql ? `${pathname}?query=%7Bwhoami%7D` : pathname;
      const sent = httpRequest({ hostname, port, path, setHost: true });
      sent.setHeader('authorization', [`Bearer ${user.accessToken}`, 'Bearer other']);
      sent.setHeader('apollo-require-preflight', 'true');
      sent.on('response', (response) => resolve(response.resume().statusCode));
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(401);
  });

  test('with `optional`, lets requests without a token through, but not with a bad one', async () => {
    expect(await get('whoami', {}, lenient)).toMatchObject({ status: 200, value: null });
    expect((await get('whoami', { authorization: 'Basic dXNlcjpwYXNz' }, lenient)).status).toBe(200);
    expect((await get('whoami', bearer('a.b.c'), lenient)).status).toBe(401);
    const { status, code } = await get('orders', {}, lenient);
    expect([status, code]).toEqual(server.isGraphql ? [expect.any(Number), 'UNAUTHENTICATED'] : [401, 'missing']);
  });

  test('refuses what the scope or the role of the user does not allow', async () => {
    for (const what of ['orders', 'admin']) {
      const { status, code } = await get(what, bearer(user.accessToken));
      if (server.isGraphql) expect(code).toBe('FORBIDDEN');
      else expect([status, code]).toEqual([403, what === 'orders' ? 'insufficient-scope' : 'insufficient-role']);
      expect(await get(what, bearer(manager.accessToken))).toMatchObject({ status: 200, value: what });
    }
  });

  test('refuses the token within two seconds of the logout', async () => {
    const leaver = await registerUser(app.client());
    expect((await get('whoami', bearer(leaver.accessToken))).status).toBe(200);
    await logOut(leaver.client, leaver.refreshToken);
    await eventually(async () => {
      expect((await get('whoami', bearer(leaver.accessToken))).status).toBe(401);
    }, 2_000);
  });

  test('responds 503 if it cannot know whether the token is valid', async () => {
    const blind = verifierFor({ url: 'http://127.0.0.1:9' });
    const other = await start(blind);
    const { status, headers } = await get('whoami', bearer(user.accessToken), other);
    expect([status, headers.get('retry-after'), headers.get('www-authenticate')]).toEqual([503, '1', null]);
    await other.close();
    blind.close();
  });
});

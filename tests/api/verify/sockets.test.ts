import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { createSocketAuth, type SocketAuth } from '@latchkey/verify/graphql-ws';
import { buildSchema } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { TestApp } from '../../support/app.ts';
import { eventually } from '../../support/server-process.ts';
import { logOut, type RegisteredUser, registerUser } from '../../support/sessions.ts';
import { AUDIENCE, startIssuer, verifierFor } from '../../support/verify.ts';

/** Milliseconds. */
const CLOSED_WITHIN = 2_000;

const schema = buildSchema('type Query { ok: String } type Subscription { ticks: Int }');
const roots = {
  query: { ok: () => 'ok' },
  subscription: {
    async *ticks() {
      for (let tick = 0; ; tick += 1) {
        yield { ticks: tick };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  },
};

let app: TestApp;
let verifier: Verifier;
let auth: SocketAuth<Record<never, never>>;
let url: string;
let server: WebSocketServer;
const clients: Client[] = [];
beforeAll(async () => {
  app = await startIssuer();
  verifier = verifierFor(app);
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  auth = createSocketAuth(verifier);
  useServer({ schema, roots, ...auth, context: (context) => ({ auth: auth.auth(context) }) }, server);
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`; // Listens on TCP.
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
});
afterAll(async () => {
  server.close();
  verifier.close();
  await app.close();
});

/** A client that counts what it receives, and why it was closed. */
function subscribe(connectionParams: Record<string, unknown>, to = url) {
  const seen = { ticks: 0, closes: [] as number[] };
  const client = createClient({
    url: to,
    webSocketImpl: WebSocket,
    lazy: true,
    retryAttempts: 0,
    connectionParams,
    on: { closed: (event) => void seen.closes.push((event as CloseEvent).code) }, // The type is unknown: of any implementation.
  });
  clients.push(client);
  client.subscribe(
    { query: 'subscription { ticks }' },
    { next: () => (seen.ticks += 1), error: () => {}, complete: () => {} },
  );
  return seen;
}

const paramsOf = ({ accessToken }: Pick<RegisteredUser, 'accessToken'>) => ({ authorization: `Bearer ${accessToken}` });

describe('a socket with the graphql-ws adapter', () => {
  test('is open for a valid token, and closed with 4401 within two seconds of the logout', async () => {
    const [leaver, stayer] = [await registerUser(app.client()), await registerUser(app.client())];
    const [left, stayed] = [subscribe(paramsOf(leaver)), subscribe(paramsOf(stayer))];
    await expect.poll(() => left.ticks > 0 && stayed.ticks > 0).toBe(true);
    await logOut(leaver.client, leaver.refreshToken);
    await eventually(() => expect(left.closes).toEqual([4401]), CLOSED_WITHIN);
    const before = stayed.ticks;
    await expect.poll(() => stayed.ticks).toBeGreaterThan(before);
    expect(stayed.closes).toEqual([]);
  });

  test.each<[string, () => Record<string, unknown>]>([
    ['no token', () => ({})],
    ['a malformed header', () => ({ authorization: 'Bearer' })],
    ['a header that is no text', () => ({ authorization: { token: 'x' } })],
    ['a token that is no token', () => ({ authorization: 'Bearer a.b.c' })],
  ])('is closed with 4401 for %s', async (_, params) => {
    const seen = subscribe(params());
    await expect.poll(() => seen.closes).toEqual([4401]);
    expect(seen.ticks).toBe(0);
  });

  test('of a session that has already ended is closed with 4401', async () => {
    const leaver = await registerUser(app.client());
    await logOut(leaver.client, leaver.refreshToken);
    await expect
      .poll(async () =>
        verifier.verify(leaver.accessToken).then(
          () => 'accepted',
          ({ code }) => code,
        ),
      )
      .toBe('revoked');
    const seen = subscribe(paramsOf(leaver));
    await expect.poll(() => seen.closes).toEqual([4401]);
  });

  test('is closed with 1013 if it is unknown whether the token is valid', async () => {
    const blind = createVerifier({ issuer: 'http://127.0.0.1:9', audience: AUDIENCE });
    const other = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    useServer({ schema, roots, ...createSocketAuth(blind) }, other);
    await once(other, 'listening');
    const user = await registerUser(app.client());
    const seen = subscribe(paramsOf(user), `ws://127.0.0.1:${(other.address() as AddressInfo).port}`);
    await expect.poll(() => seen.closes).toEqual([1013]);
    other.close();
    blind.close();
  });
});

test('a socket is closed with 4403 when its token expires, so that the client connects with a new one', async () => {
  const brief = await startIssuer({ ACCESS_TOKEN_TTL: '1m' });
  const user = await registerUser(brief.client());
  const strict = verifierFor(brief);
  const { exp } = await strict.verify(user.accessToken);
  // The socket's timer follows the claims, so an earlier `exp` shows the same.
  const early: Verifier = { ...strict, verify: async (token) => ({ ...(await strict.verify(token)), exp: exp - 59 }) };
  const other = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  useServer({ schema, roots, ...createSocketAuth(early) }, other);
  await once(other, 'listening');
  const seen = subscribe(paramsOf(user), `ws://127.0.0.1:${(other.address() as AddressInfo).port}`);
  await expect.poll(() => seen.closes).toEqual([4403]);
  other.close();
  strict.close();
  await brief.close();
});

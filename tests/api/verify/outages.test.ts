import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { startProxy } from '../../support/proxy.ts';
import { logOut, registerUser } from '../../support/sessions.ts';
import { AUDIENCE, expectRevokedInTime, outcomeOf, startIssuer, verifierFor } from '../../support/verify.ts';

const opened: { close(): unknown }[] = [];
afterEach(() => void vi.useRealTimers());
// Not after each test: some run at the same time.
afterAll(async () => {
  for (const { close } of opened.reverse()) await close();
});
const closing = <Opened extends { close(): unknown }>(item: Opened): Opened => {
  opened.push(item);
  return item;
};

/** Makes performance.now() as late as if so many seconds had passed. */
function passTime(seconds: number): void {
  const now = performance.now.bind(performance);
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now() + seconds * 1_000);
  onTestFinished(() => spy.mockRestore());
}

async function startBehindNetwork(whileUnavailable: 'refuse' | 'accept') {
  const app = closing(await startIssuer());
  const network = closing(await startProxy({ host: '127.0.0.1', port: Number(new URL(app.url).port) }));
  const url = `http://127.0.0.1:${network.port}`;
  const options = { issuer: app.url, url, audience: AUDIENCE, revocations: { whileUnavailable } };
  const verifier = closing(createVerifier(options));
  const [user, leaver] = [await registerUser(app.client()), await registerUser(app.client())];
  await logOut(leaver.client, leaver.refreshToken);
  expect(await outcomeOf(verifier, user.accessToken)).toBe('accepted');
  expect(await outcomeOf(verifier, leaver.accessToken)).toBe('revoked');
  return { app, network, verifier, user, leaver };
}

test.each(['refuse', 'accept'] as const)(
  'while the feed cannot be reached, tokens are accepted for 30 seconds; then the option says `%s`',
  async (whileUnavailable) => {
    const { network, verifier, user, leaver } = await startBehindNetwork(whileUnavailable);
    network.freeze();
    expect(await outcomeOf(verifier, user.accessToken)).toBe('accepted');
    passTime(31);
    expect(await outcomeOf(verifier, user.accessToken)).toBe(
      whileUnavailable === 'refuse' ? 'unavailable' : 'accepted',
    );
    expect(await outcomeOf(verifier, leaver.accessToken)).toBe('revoked');
  },
);

test('after an outage the verifier refuses the tokens of sessions that ended meanwhile', async () => {
  const { app, network, verifier, user } = await startBehindNetwork('accept');
  network.freeze();
  network.cut();
  const leaver = await registerUser(app.client());
  await logOut(leaver.client, leaver.refreshToken);
  expect(await outcomeOf(verifier, leaver.accessToken)).toBe('accepted'); // Unknown so far.
  network.thaw();
  network.cut();
  await expect.poll(() => outcomeOf(verifier, leaver.accessToken)).toBe('revoked');
  expect(await outcomeOf(verifier, user.accessToken)).toBe('accepted');
});

test('a verifier that has never reached the feed refuses, or accepts if the option says so', async () => {
  const app = closing(await startIssuer());
  const user = await registerUser(app.client());
  const onlyKeys: typeof fetch = (url, init) =>
    String(url).includes('revocations') ? Promise.reject(new Error('no route')) : fetch(url, init);
  const start = (whileUnavailable: 'refuse' | 'accept'): Verifier =>
    closing(verifierFor(app, { revocations: { whileUnavailable }, fetch: (url, init) => onlyKeys(url, init) }));
  const [strict, lenient] = [start('refuse'), start('accept')];
  expect(await Promise.all([outcomeOf(strict, user.accessToken), outcomeOf(lenient, user.accessToken)])).toEqual([
    'unavailable',
    'accepted',
  ]);
});

test('after the key is replaced at once, the next token is accepted, and the feed goes on', async () => {
  const app = closing(await startIssuer());
  const verifier = closing(verifierFor(app));
  const user = await registerUser(app.client());
  await verifier.verify(user.accessToken);
  await app.app.services.keys.rotate({ immediately: true });
  const next = await registerUser(app.client());
  // Five seconds after the first request for keys, an unknown key causes another.
  await expect.poll(() => outcomeOf(verifier, next.accessToken)).toBe('accepted');
  expect(await outcomeOf(verifier, user.accessToken)).toBe('accepted');
  await logOut(next.client, next.refreshToken);
  await expectRevokedInTime(verifier, next.accessToken);
});

/** A service of an attacker or with a fault: it has keys, and a feed that a test chooses. */
async function startFakeIssuer(respond: (since: string) => Promise<string>) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }] };
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    requests.push(pathname);
    response.end(
      pathname.includes('jwks') ? JSON.stringify(jwks) : await respond(searchParams.get('since') ?? '').catch(() => ''),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // Listens on TCP.
  const now = () => Math.floor(Date.now() / 1_000);
  const sign = (claims: Record<string, unknown>, typ: string, key = privateKey) =>
    new SignJWT({ iss: url, iat: now(), exp: now() + 50, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ })
      .sign(key);
  const token = (claims: Record<string, unknown> = {}) =>
    sign({ aud: AUDIENCE, sub: 'user', sid: 'session', jti: 'token', client_id: 'latchkey', ...claims }, 'at+jwt');
  return { url, sign, token, now, requests };
}

type Fake = Awaited<ReturnType<typeof startFakeIssuer>>;
const empty = { sessions: [], next: '0', more: false };

// Each verifier waits five seconds for the first document that counts.
test.concurrent.each<[string, (fake: Fake, since: string) => Promise<string>]>([
  ['of another type', ({ sign }, since) => sign({ since, ...empty }, 'at+jwt')],
  [
    'of another issuer',
    ({ sign }, since) => sign({ since, ...empty, iss: 'https://other.example' }, 'revocations+jwt'),
  ],
  ['that has expired', ({ sign, now }, since) => sign({ since, ...empty, exp: now() - 10 }, 'revocations+jwt')],
  ['without an end', ({ sign }, since) => sign({ since, ...empty, exp: undefined }, 'revocations+jwt')],
  ['from the future', ({ sign, now }, since) => sign({ since, ...empty, iat: now() + 60 }, 'revocations+jwt')],
  ['for another request', ({ sign }) => sign({ since: '1', ...empty }, 'revocations+jwt')],
  ['for no request', ({ sign }) => sign(empty, 'revocations+jwt')],
  ['with a malformed list', ({ sign }, since) => sign({ since, ...empty, sessions: [{ sid: 1 }] }, 'revocations+jwt')],
  [
    'signed with another key',
    async ({ sign }, since) =>
      sign({ since, ...empty }, 'revocations+jwt', (await generateKeyPair('ES256')).privateKey),
  ],
  ['that is no JWS', async () => 'x'],
  [
    'of three megabytes',
    ({ sign }, since) => {
      const sessions = Array.from({ length: 35_000 }, (_, index) => ({ sid: `${index}`.padStart(36, '0'), exp: 1 }));
      return sign({ since, ...empty, sessions }, 'revocations+jwt');
    },
  ],
])('a document of the feed %s does not count', async (_, respond) => {
  const fake: Fake = await startFakeIssuer((since) => respond(fake, since));
  const problems: unknown[] = [];
  const verifier = closing(
    createVerifier({ issuer: fake.url, audience: AUDIENCE, onError: (error) => problems.push(error) }),
  );
  expect(await outcomeOf(verifier, await fake.token())).toBe('unavailable');
  expect(problems.length).toBeGreaterThan(0);
});

test('an older document does not replace a newer one, and no document makes a session valid again', async () => {
  let step = 0;
  const fake: Fake = await startFakeIssuer(async (since) => {
    step += 1;
    const entry = { sid: 'session', exp: fake.now() + 600 };
    const [sessions, exp] = step === 1 ? [[entry], fake.now() + 50] : [[], fake.now() + (step === 2 ? 20 : 60)];
    return fake.sign({ since, sessions, next: '0', more: false, exp }, 'revocations+jwt');
  });
  const problems: string[] = [];
  const onError = (error: unknown) => void problems.push(String(error));
  const verifier = closing(createVerifier({ issuer: fake.url, audience: AUDIENCE, onError }));
  const token = await fake.token();
  expect(await outcomeOf(verifier, token)).toBe('revoked');
  await expect.poll(() => step).toBeGreaterThan(3);
  expect(problems.filter((text) => text.includes('older'))).toHaveLength(1);
  expect(await outcomeOf(verifier, token)).toBe('revoked');
});

test('a service that answers at once and always the same is not asked all the time', async () => {
  const fake: Fake = await startFakeIssuer((since) =>
    fake.sign({ since, ...empty, exp: 4_000_000_000 }, 'revocations+jwt'),
  );
  const verifier = closing(createVerifier({ issuer: fake.url, audience: AUDIENCE }));
  await verifier.start();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  // One request every 100 ms.
  expect(fake.requests.length).toBeLessThan(15);
});

test.each([
  ['an expired token', { exp: 1 }, 'expired'],
  ['a token that is not valid yet', { nbf: 4_000_000_000 }, 'not-yet-valid'],
  ['a token without a session', { sid: undefined }, 'malformed'],
  ['a token without an end', { exp: undefined }, 'malformed'],
  ['a token without an id', { jti: undefined }, 'malformed'],
  ['roles that are no list', { roles: 'ADMIN' }, 'malformed'],
  ['a scope that is no text', { scope: ['a'] }, 'malformed'],
])('refuses %s', async (_, claims, code) => {
  const fake: Fake = await startFakeIssuer((since) => fake.sign({ since, ...empty }, 'revocations+jwt'));
  const verifier = closing(createVerifier({ issuer: fake.url, audience: AUDIENCE }));
  expect(await outcomeOf(verifier, await fake.token(claims))).toBe(code);
  expect(await outcomeOf(verifier, await fake.token({ scope: 'a b', act: { sub: 'admin' } }))).toBe('accepted');
  expect((await verifier.verify(await fake.token({ scope: 'a b' }))).scopes).toEqual(['a', 'b']);
});

test.each(['JWT', 'revocations+jwt', 'id_token'])(
  'refuses a token of type %s with the claims of an access token',
  async (typ) => {
    const fake: Fake = await startFakeIssuer((since) => fake.sign({ since, ...empty }, 'revocations+jwt'));
    const verifier = closing(createVerifier({ issuer: fake.url, audience: AUDIENCE }));
    const { iss: _, ...claims } = decodeJwt(await fake.token());
    expect(await outcomeOf(verifier, await fake.sign(claims, typ))).toBe('wrong-type');
  },
);

test('a token that was verified is refused once it has expired', async () => {
  const fake: Fake = await startFakeIssuer((since) => fake.sign({ since, ...empty }, 'revocations+jwt'));
  const verifier = closing(createVerifier({ issuer: fake.url, audience: AUDIENCE, clockTolerance: 0 }));
  const token = await fake.token({ exp: fake.now() + 3 });
  expect(await outcomeOf(verifier, token)).toBe('accepted');
  await expect.poll(() => outcomeOf(verifier, token)).toBe('expired');
});

// Compares the verifier, with the revocation feed on and 5,000 ended sessions, with jose's jwtVerify and a remote key set.
// They take turns for each token, in random order, and the median of their times counts, so that a busy machine slows down all of them.
// node bench/verify.mjs [tokens] [rounds]

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { createVerifier } from '../dist/index.js';

const TOKENS = Number(process.argv[2] ?? 1_000);
const ROUNDS = Number(process.argv[3] ?? 10);
const REVOKED = 5_000;
const AUDIENCE = 'https://api.example.com';

const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }] };
const now = Math.floor(Date.now() / 1_000);
const sign = (claims, typ) =>
  new SignJWT({ iss: issuer, iat: now, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k', typ })
    .sign(privateKey);

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname.endsWith('jwks.json')) return response.end(JSON.stringify(jwks));
  if (request.headers['if-none-match']) return void setTimeout(() => response.writeHead(304).end(), 5_000).unref();
  const sessions = Array.from({ length: REVOKED }, () => ({ sid: randomUUID(), exp: now + 600 }));
  const since = searchParams.get('since');
  response.setHeader('etag', '"tag"');
  response.end(await sign({ since, next: since, more: false, sessions }, 'revocations+jwt'));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const claims = () => ({
  aud: AUDIENCE,
  sub: randomUUID(),
  sid: randomUUID(),
  jti: randomUUID(),
  client_id: 'latchkey',
  auth_time: now,
  amr: ['pwd'],
  email: 'ada@example.com',
  email_verified: true,
  roles: ['USER'],
  scope: 'orders:read orders:write',
});
const tokens = [];
for (let count = 0; count < TOKENS; count += 1) tokens.push(await sign(claims(), 'at+jwt'));

const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
const plain = (token) => jwtVerify(token, keys, { issuer, audience: AUDIENCE, algorithms: ['ES256'], typ: 'at+jwt' });
const uncached = createVerifier({ issuer, audience: AUDIENCE, cacheSize: 0 });
const cached = createVerifier({ issuer, audience: AUDIENCE });
for (const { verify } of [uncached, cached])
  while (
    await verify(tokens[0]).then(
      () => false,
      () => true,
    )
  )
    await new Promise((resolve) => setTimeout(resolve, 100));
const contestants = {
  'jose jwtVerify': plain,
  'verifier, each token for the first time': uncached.verify,
  'verifier, tokens seen before': cached.verify,
};

const shuffle = (items) =>
  items
    .map((item) => [Math.random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = -1; round < ROUNDS; round += 1)
  for (const token of tokens)
    for (const [name, verify] of shuffle(Object.entries(contestants))) {
      const start = performance.now();
      await verify(token);
      if (round >= 0) times[name].push(performance.now() - start);
    }

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const base = median(times['jose jwtVerify']);
for (const [name, values] of Object.entries(times)) {
  const time = median(values);
  console.log(`${name}: ${Math.round(1_000 / time)} tokens/s, ${(base / time).toFixed(2)} of jose`);
}
uncached.close();
cached.close();
server.closeAllConnections();
server.close();

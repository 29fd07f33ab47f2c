import { createVerifier } from '@latchkey/verify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, onTestFinished, test, vi } from 'vitest';

const ISSUER = 'https://auth.example.com';

/** A cache that still has the keys and the feed of a service that is down, and confirms them to whoever asks. */
async function startStaleCache({ expiresIn }: { expiresIn: number }) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const now = Math.floor(Date.now() / 1_000);
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  const sign = (claims: Record<string, unknown>, typ: string) =>
    new SignJWT({ iss: ISSUER, iat: now, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ })
      .sign(privateKey);
  const document = await sign(
    {
      aud: `${ISSUER}/.well-known/revocations`,
      exp: now + expiresIn,
      sessions: [],
      since: '0',
      next: '0',
      more: false,
    },
    'revocations+jwt',
  );
  const user = { aud: 'a', exp: now + 600, sub: 'u', sid: 's', jti: 'j', client_id: 'c' };
  let confirmed = 0;
  const respond = async (url: string, init: RequestInit): Promise<Response> => {
    if (url.endsWith('/jwks.json')) return new Response(jwks);
    if (!new Headers(init.headers).has('if-none-match')) return new Response(document, { headers: { etag: '"e"' } });
    confirmed += 1;
    return new Response(null, { status: 304 });
  };
  return { respond, token: await sign(user, 'at+jwt'), confirmed: () => confirmed };
}

test('a verifier does not take the 304 of a cache for news once the signed list has expired', async () => {
  const cache = await startStaleCache({ expiresIn: -3 });
  const errors: string[] = [];
  const verifier = createVerifier({
    issuer: ISSUER,
    audience: 'a',
    fetch: cache.respond,
    onError: (error) => void errors.push(String(error)),
    revocations: { maxStaleness: 20 },
  });
  onTestFinished(() => verifier.close());
  expect(await verifier.verify(cache.token)).toMatchObject({ sid: 's' });
  await expect.poll(() => errors.join(), { timeout: 15_000 }).toContain('expired');
  // Half a minute later.
  const present = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => present() + 30_000);
  onTestFinished(() => void vi.restoreAllMocks());
  const failures = errors.length;
  await expect.poll(() => errors.length, { timeout: 15_000 }).toBeGreaterThan(failures);
  await expect(verifier.verify(cache.token)).rejects.toMatchObject({ code: 'unavailable' });
});

import { base64url, type CryptoKey, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** What is wrong with the next ID tokens. */
export type Tampering =
  | 'none'
  | 'another nonce'
  | 'another audience'
  | 'another audience besides ours'
  | 'another issuer'
  | 'a foreign signature'
  | 'no signature'
  | 'the client secret as its key'
  | 'expired'
  | 'issued an hour ago'
  | 'no subject';

export interface Signer {
  key: CryptoKey;
  kid: string;
  alg: string;
}

export const CLIENT_ID = 'latchkey-tests';
export const CLIENT_SECRET = 'what-only-the-provider-and-we-know';

const decodeParts = (token: string) => token.split('.').map((part) => Buffer.from(part, 'base64url').toString());

/** An ID token that a provider without ID tokens might send anyway. */
export function fakeIdToken({ issuer }: { issuer: string }): string {
  const payload = { iss: issuer, sub: 'another-user', aud: CLIENT_ID, exp: 4_000_000_000, iat: 1 };
  return [{ alg: 'none' }, payload]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .join('.')
    .concat('.');
}

/** Prepared in advance, because signing takes longer than the service's deadline. */
const foreignKeys = generateKeyPair('RS256');

export async function tamperWith(token: string, tampering: Tampering, signer: Signer | undefined): Promise<string> {
  const [header = '{}', text = '{}'] = decodeParts(token);
  const payload = JSON.parse(text) as JWTPayload;
  if (tampering === 'no signature') {
    return `${base64url.encode(JSON.stringify({ ...JSON.parse(header), alg: 'none' }))}.${base64url.encode(text)}.`;
  }
  if (!signer) return token;
  if (tampering === 'the client secret as its key') {
    return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT_SECRET));
  }
  if (tampering === 'a foreign signature') {
    return sign(payload, { ...signer, alg: 'RS256', key: (await foreignKeys).privateKey });
  }
  const hour = 3600;
  const now = payload.iat ?? 0;
  const changes: Partial<Record<Tampering, Record<string, unknown>>> = {
    'another nonce': { nonce: 'of-another-sign-in' },
    'another audience': { aud: 'another-client', azp: CLIENT_ID },
    'another audience besides ours': { aud: [CLIENT_ID, 'another-client'], azp: CLIENT_ID },
    'another issuer': { iss: 'https://issuer.example.com' },
    expired: { exp: now - hour, iat: now - 2 * hour },
    'issued an hour ago': { iat: now - hour, exp: now + hour },
    'no subject': { sub: undefined },
  };
  return sign({ ...payload, ...changes[tampering] }, signer);
}

export const sign = (payload: JWTPayload, { key, kid, alg }: Signer): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(key);

import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JWTPayload } from 'jose';
import { after, MINUTE } from '../../core/clock.ts';
import type { signingKeys } from '../../infra/db/tables.ts';

export const SIGNING_ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

export type SigningKey = typeof signingKeys.$inferSelect;

/** How far the clocks of services that verify tokens may be behind ours. */
const LEEWAY = MINUTE;
/** ASVS 5.0 11.2.3: 128 bits of security. */
const RSA_BITS = 3072;

/** The key that signs: the newest one whose `signsFrom` has passed. */
export const findSigningKey = <Key extends Pick<SigningKey, 'generation' | 'signsFrom'>>(
  keys: readonly Key[],
  now: Date,
): Key | undefined =>
  keys
    .filter((key) => key.signsFrom <= now)
    .reduce<Key | undefined>((newest, key) => (newest && newest.generation > key.generation ? newest : key), undefined);

/** When a later key starts to sign in its place; undefined while there is none. */
export function findSuccession(key: SigningKey, keys: readonly SigningKey[]): Date | undefined {
  const starts = keys
    .filter(({ generation }) => generation > key.generation)
    .map(({ signsFrom }) => signsFrom.getTime());
  return starts.length === 0 ? undefined : new Date(Math.min(...starts));
}

/**
 * When all tokens that the key signed have expired; undefined while there is no later key. Never after the retirement
 * of a later key, so that keys retire in order.
 */
export function retiresAt(
  key: SigningKey,
  keys: readonly SigningKey[],
  /** Milliseconds. */
  accessTtl: number,
): Date | undefined {
  const succession = findSuccession(key, keys);
  return succession && after(succession, accessTtl + LEEWAY);
}

/** Whether the next key must be published now. */
export function isDue(
  newest: SigningKey,
  { algorithm, keyRotation, keyPublishLead }: { algorithm: string; keyRotation: number; keyPublishLead: number },
  now: Date,
): boolean {
  // Not before the newest key signs. Otherwise replicas with different algorithms would rotate at every check.
  if (newest.signsFrom > now) return false;
  return newest.alg !== algorithm || after(newest.signsFrom, keyRotation - keyPublishLead) <= now;
}

/** Generates a key pair. The kid is the thumbprint (RFC 7638), which reveals nothing and is unique to the key. */
export async function generateKey(
  algorithm: SigningAlgorithm,
): Promise<{ kid: string; publicJwk: JWK; privateJwk: JWK }> {
  const pair = await generateKeyPair(algorithm, {
    extractable: true,
    ...(algorithm === 'RS256' ? { modulusLength: RSA_BITS } : {}),
  });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  return { kid: await calculateJwkThumbprint(publicJwk), publicJwk, privateJwk };
}

/** The public members of a key (RFC 7517), from an allow-list. */
export function publishedJwk({ kid, alg, publicJwk: { kty, crv, x, y, n, e } }: SigningKey): JWK {
  const members = { kty, crv, x, y, n, e, kid, alg, use: 'sig' };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export const toPublicKey = (key: SigningKey): KeyObject =>
  createPublicKey({ key: { ...publishedJwk(key) }, format: 'jwk' });

const signInPool = promisify(sign);

/** The types of what this service signs (RFC 7515 section 4.1.9). A verifier of one refuses the others. */
export type SignedType = 'at+jwt' | 'revocations+jwt';

/** Signs claims as a compact JWS. */
export type Signer = (claims: JWTPayload, typ: SignedType) => Promise<string>;

/**
 * Signs as compact JWS (RFC 7515 section 7.1). ES256 and EdDSA sign synchronously in 0.03 ms; WebCrypto takes
 * 0.14 ms and waits for password hashes in the thread pool. RS256 takes 2 ms and uses the pool.
 */
export function createSigner(kid: string, alg: string, privateJwk: JWK): Signer {
  const key = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
  const encodeHeader = (typ: SignedType) => Buffer.from(JSON.stringify({ alg, typ, kid })).toString('base64url');
  const headers = { 'at+jwt': encodeHeader('at+jwt'), 'revocations+jwt': encodeHeader('revocations+jwt') };
  const signature = (input: Buffer): Buffer | Promise<Buffer> => {
    switch (alg) {
      case 'ES256':
        return sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' });
      case 'EdDSA':
        return sign(null, input, key);
      case 'RS256':
        return signInPool('sha256', input, key);
      default:
        throw new Error(`keys of algorithm ${alg} do not sign`);
    }
  };
  return async (claims, typ) => {
    const input = `${headers[typ]}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return `${input}.${(await signature(Buffer.from(input))).toString('base64url')}`;
  };
}

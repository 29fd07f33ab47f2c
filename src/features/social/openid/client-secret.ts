import { importPKCS8, SignJWT } from 'jose';
import { type Clock, MINUTE, numericDate } from '../../../core/clock.ts';
import type { OpenIdClient } from './client.ts';

/** Apple allows half a year, but one request takes seconds. */
const LIFETIME = 5 * MINUTE;

type Client = Pick<OpenIdClient, 'clientId' | 'issuer' | 'secret'>;

/** The secret as it is, or a new JWT in its place, as Apple requires. */
export async function createClientSecret({ clientId, issuer, secret }: Client, clock: Clock): Promise<string> {
  if (secret.kind === 'shared') return secret.secret;
  const now = clock.now();
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: secret.keyId })
    .setIssuer(secret.teamId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt(numericDate(now))
    .setExpirationTime(numericDate(now) + LIFETIME / 1000)
    .sign(await importPKCS8(secret.privateKey, 'ES256'));
}

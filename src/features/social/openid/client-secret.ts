import { importPKCS8, SignJWT } from 'jose';
import type { OpenIdClient } from '../../../config.ts';
import { type Clock, MINUTE, numericDate } from '../../../core/clock.ts';

/** Apple allows half a year; the request that carries it takes seconds. */
const LIFETIME = 5 * MINUTE;

type Client = Pick<OpenIdClient, 'clientId' | 'issuer' | 'proof'>;

/** The secret as it is, or the JWT that Apple takes for one, signed anew each time. */
export async function clientSecretOf({ clientId, issuer, proof }: Client, clock: Clock): Promise<string> {
  if (proof.kind === 'shared') return proof.secret;
  const now = clock.now();
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: proof.keyId })
    .setIssuer(proof.teamId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt(numericDate(now))
    .setExpirationTime(numericDate(now) + LIFETIME / 1000)
    .sign(await importPKCS8(proof.privateKey, 'ES256'));
}

import type { AccessClaims } from '@latchkey/verify';
import { ACCESS, readCookie } from './cookies';
import { isVerificationError, verifier } from './verifier';

/**
 * The user of the access cookie. Sends nothing to the service, and never refreshes.
 * @throws VerificationError with the code `unavailable` if it is unknown which sessions have ended
 */
export async function findUser(browser: Headers): Promise<AccessClaims | undefined> {
  const token = readCookie(browser, ACCESS);
  if (token === undefined) return undefined;
  try {
    return await verifier().verify(token);
  } catch (error) {
    if (isVerificationError(error) && error.code !== 'unavailable') return undefined;
    throw error;
  }
}

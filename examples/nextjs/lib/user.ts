import type { AccessClaims } from '@latchkey/verify';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { findUser } from './access';
import { ACCESS, readCookie } from './cookies';
import { askService } from './service';
import { isVerificationError } from './verifier';

/** Verified once for each request. */
const readUser = cache(async () => findUser(await headers()));

/** For pages that everyone may see. If it is unknown whether the user is signed in, they are shown as to a visitor. */
export async function currentUser(): Promise<AccessClaims | undefined> {
  try {
    return await readUser();
  } catch (error) {
    if (isVerificationError(error)) return undefined;
    throw error;
  }
}

/**
 * For protected pages. The proxy has checked, too, but a mistake in its matcher must not open a page.
 * @throws VerificationError with the code `unavailable`
 */
export async function requireUser(path: string): Promise<AccessClaims> {
  return (await readUser()) ?? redirect(`/sign-in?to=${encodeURIComponent(path)}`);
}

interface Session {
  id: string;
  device: string;
  ipAddress: string | null;
  isCurrent: boolean;
  lastUsedAt: string;
}

/** What is not in the token is asked of the service, with the token. */
export async function listSessions(): Promise<Session[]> {
  const browser = await headers();
  const authorization = { authorization: `Bearer ${readCookie(browser, ACCESS)}` };
  const query = '{ me { sessions { id device ipAddress isCurrent lastUsedAt } } }';
  const response = await askService(browser, { query }, authorization);
  const { data } = (await response.json()) as { data?: { me: { sessions: Session[] } | null } };
  return data?.me?.sessions ?? [];
}

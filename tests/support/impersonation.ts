import { decodeJwt } from 'jose';
import { ImpersonateDocument, MeDocument, SecurityEventsDocument } from '../../schema/generated/graphql.ts';
import { type Caller, signInWithRoles, type UserWithRoles } from './admins.ts';
import type { TestApp } from './app.ts';
import { expectType } from './client.ts';

export const REASON = 'Ticket 4711';

export const impersonate = async ({ client, token }: Caller, userId: string, reason = REASON) =>
  (await client.request(ImpersonateDocument, { userId, reason }, { token })).impersonate;

/** A signed-in user, and an administrator who acts as the user. */
export async function actAsUser(app: TestApp, admin?: UserWithRoles) {
  const [ada, administrator] = [await signInWithRoles(app), admin ?? (await signInWithRoles(app, 'ADMIN'))];
  const { accessToken: token, session } = expectType(await impersonate(administrator, ada.id), 'Impersonation');
  return { ada, admin: administrator, token, sessionId: session.id };
}

export const readClaims = (token: string): Record<string, unknown> => decodeJwt(token);

export const ownSessions = async ({ client, token }: Caller) =>
  (await client.request(MeDocument, undefined, { token })).me?.sessions ?? [];

export const ownEvents = async ({ client, token }: Caller) =>
  (await client.request(SecurityEventsDocument, { first: 20 }, { token })).me?.securityEvents?.nodes ?? [];

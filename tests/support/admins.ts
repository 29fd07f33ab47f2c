import { eq } from 'drizzle-orm';
import {
  AuditEventsDocument,
  type AuditEventsQueryVariables,
  CreateUserDocument,
  type CreateUserInput,
  DeleteUserDocument,
  EndUserSessionDocument,
  EndUserSessionsDocument,
  ResetSecondFactorsDocument,
  SendPasswordResetDocument,
  UpdateUserDocument,
  type UpdateUserInput,
  UserDocument,
  UsersDocument,
  type UsersQueryVariables,
} from '../../schema/generated/graphql.ts';
import { type Role, users } from '../../src/infra/db/tables.ts';
import { insertAccount } from './accounts.ts';
import type { TestApp } from './app.ts';
import { login } from './calls.ts';
import { type ApiClient, expectType } from './client.ts';
import { PASSWORD } from './people.ts';

export type UserWithRoles = Awaited<ReturnType<typeof signInWithRoles>>;

/** Inserts an account with roles and signs in. */
export async function signInWithRoles(app: TestApp, ...roles: Role[]) {
  const account = await insertAccount(app);
  await giveRoles(app, account.id, ...roles);
  const client = app.client();
  const session = expectType(await login(client, account.email, PASSWORD), 'Authenticated');
  return { ...account, client, token: session.accessToken, accessToken: session.accessToken, session };
}

/** Writes roles to the database. */
export async function giveRoles({ app }: Pick<TestApp, 'app'>, id: string, ...roles: Role[]): Promise<void> {
  await app.services.db.update(users).set({ roles }).where(eq(users.id, id));
}

export interface Caller {
  client: ApiClient;
  token: string;
}

// Each function sends one operation and returns its result.

export const listUsers = async ({ client, token }: Caller, variables: UsersQueryVariables = {}) =>
  (await client.request(UsersDocument, variables, { token })).users;

export const showUser = async ({ client, token }: Caller, id: string) =>
  (await client.request(UserDocument, { id }, { token })).user;

export const createUser = async ({ client, token }: Caller, input: CreateUserInput, reason?: string) =>
  (await client.request(CreateUserDocument, { input, reason: reason ?? null }, { token })).createUser;

export const updateUser = async (
  { client, token }: Caller,
  id: string,
  input: UpdateUserInput,
  reason?: string,
  expectedUpdatedAt?: string,
) => {
  const variables = { id, input, reason: reason ?? null, expectedUpdatedAt: expectedUpdatedAt ?? null };
  return (await client.request(UpdateUserDocument, variables, { token })).updateUser;
};

export const endSessions = async ({ client, token }: Caller, id: string, reason?: string) =>
  (await client.request(EndUserSessionsDocument, { id, reason: reason ?? null }, { token })).endUserSessions;

export const endSession = async ({ client, token }: Caller, userId: string, sessionId: string, reason?: string) =>
  (await client.request(EndUserSessionDocument, { userId, sessionId, reason: reason ?? null }, { token }))
    .endUserSession;

export const deleteUser = async ({ client, token }: Caller, id: string, reason?: string) =>
  (await client.request(DeleteUserDocument, { id, reason: reason ?? null }, { token })).deleteUser;

export const sendReset = async ({ client, token }: Caller, userId: string, reason?: string) =>
  (await client.request(SendPasswordResetDocument, { userId, reason: reason ?? null }, { token })).sendPasswordReset;

export const resetSecondFactors = async ({ client, token }: Caller, userId: string, reason = 'Lost phone') =>
  (await client.request(ResetSecondFactorsDocument, { userId, reason }, { token })).resetSecondFactors;

export const auditEvents = async ({ client, token }: Caller, variables: AuditEventsQueryVariables = {}) =>
  (await client.request(AuditEventsDocument, variables, { token })).auditEvents;

/** The IDs on a page of users. */
export const ids = (page: { edges: readonly { node: { id: string } }[] }) => page.edges.map(({ node }) => node.id);

/** The IDs of each page of users, page by page to the end. */
export async function readAllPages(
  staff: UserWithRoles,
  variables: UsersQueryVariables,
  backward = false,
): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = null; pages.length < 50; ) {
    const place = backward ? { before: cursor } : { after: cursor };
    const page = await listUsers(staff, { ...variables, ...place });
    pages.push(ids(page));
    const { pageInfo } = page;
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return pages;
    cursor = (backward ? pageInfo.startCursor : pageInfo.endCursor) ?? null;
  }
  throw new Error('the list does not end');
}

import {
  ChangePasswordDocument,
  ConfirmEmailChangeDocument,
  DeleteAccountDocument,
  RequestEmailChangeDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  type VerifyEmailInput,
} from '../../schema/generated/graphql.ts';
import type { OutboxMessage, TestApp } from './app.ts';
import { type ApiClient, expectType } from './client.ts';
import { PASSWORD, uniqueEmail } from './people.ts';
import { tokenFromLink } from './verification.ts';

/** A user who is signed in. */
export interface SignedInUser {
  email: string;
  client: ApiClient;
  accessToken: string;
}

export const requestEmailChange = async (
  { client, accessToken: token }: SignedInUser,
  newEmail: string,
  password: string | null = PASSWORD,
) =>
  (await client.request(RequestEmailChangeDocument, { input: { newEmail, password } }, { token })).requestEmailChange;

export const confirmEmailChange = async (client: ApiClient, input: VerifyEmailInput, token?: string) =>
  (await client.request(ConfirmEmailChangeDocument, { input }, { token })).confirmEmailChange;

export const deleteAccount = async ({ client, accessToken: token }: SignedInUser, password: string | null = PASSWORD) =>
  (await client.request(DeleteAccountDocument, { input: { password } }, { token })).deleteAccount;

export const changePassword = async (
  { client, accessToken: token }: SignedInUser,
  newPassword: string,
  currentPassword: string | null = PASSWORD,
) =>
  (await client.request(ChangePasswordDocument, { input: { currentPassword, newPassword } }, { token })).changePassword;

/** Waits for the latest message of the kind. */
export async function waitForMessage(app: TestApp, email: string, kind: string): Promise<OutboxMessage> {
  for (let wanted = 1; wanted < 30; wanted++) {
    const messages = await app.mail(email, wanted);
    const found = messages.find((message) => message.kind === kind);
    if (found) return found;
    if (messages.length < wanted) break;
  }
  throw new Error(`no ${kind} message reached ${email}`);
}

/** Requests an address change; returns the code and token from the mail. */
export async function startEmailChange(app: TestApp, person: SignedInUser, newEmail = uniqueEmail('grace')) {
  const challenge = expectType(await requestEmailChange(person, newEmail), 'Challenge');
  const { code, link } = await waitForMessage(app, newEmail, 'change-email');
  return { newEmail, challengeId: challenge.id, code: code ?? '', token: tokenFromLink(link) };
}

/** Requests a reset; returns the token from the mail. */
export async function requestResetToken(app: TestApp, email: string): Promise<string> {
  await app.client().request(RequestPasswordResetDocument, { input: { identifier: email } });
  return tokenFromLink((await waitForMessage(app, email, 'reset-password')).link);
}

export const resetPasswordWithToken = async (app: TestApp, token: string, newPassword: string) =>
  (await app.client().request(ResetPasswordDocument, { input: { token, newPassword } })).resetPassword;

/** Requests a reset and sets the password by its link. */
export const resetPasswordByLink = async (app: TestApp, email: string, newPassword: string) =>
  resetPasswordWithToken(app, await requestResetToken(app, email), newPassword);

/** Presses the button on the page that a link opens. */
export const submitPage = (app: TestApp, page: string, token: string): Promise<Response> =>
  fetch(app.url + page, { method: 'POST', body: new URLSearchParams({ token }) });

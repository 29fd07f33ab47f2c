import 'reflect-metadata';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VerifyTokenDocument } from '../../../schema/generated/graphql.ts';
import { accessList } from '../../../src/http/access.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { createAuthenticator } from '../../support/authenticator.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';

// Whatever an anonymous caller may request is counted for its network before it costs anything.

/** An operation that anyone may call. */
type PublicOperation =
  /** `limit` is the name of the first limit of the network. */
  | { limit: string; input: string; variables: () => Record<string, unknown> }
  /** Why it needs no limit. */
  | { unlimited: string };

const TOKEN = 'A'.repeat(43);
const CODE = { challengeId: crypto.randomUUID(), code: '123456' };
const counted = (limit: string, input: string, variables: () => Record<string, unknown>): PublicOperation => ({
  limit,
  input,
  variables,
});

/** The response of a passkey that no account has. */
function createAuthenticatorResponse(): string {
  const authenticator = createAuthenticator();
  authenticator.create(JSON.stringify({ challenge: TOKEN, user: { id: TOKEN } }));
  return authenticator.get(JSON.stringify({ challenge: TOKEN }));
}

const OPERATIONS: Record<string, PublicOperation> = {
  login: counted('login-ip', 'LoginInput', () => ({ identifier: uniqueEmail(), password: PASSWORD })),
  registerEmail: counted('anonymous-network', 'RegisterEmailInput', () => ({ email: uniqueEmail(), password: 'weak' })),
  requestEmailVerification: counted('anonymous-network', 'RequestEmailVerificationInput', () => ({
    email: uniqueEmail(),
  })),
  verifyEmail: counted('guess-network', 'VerifyEmailInput', () => CODE),
  requestEmailOtp: counted('anonymous-network', 'RequestEmailOtpInput', () => ({ email: uniqueEmail() })),
  confirmEmailOtp: counted('guess-network', 'ConfirmEmailOtpInput', () => CODE),
  confirmEmailChange: counted('anonymous-network', 'VerifyEmailInput', () => ({ token: TOKEN })),
  requestPasswordReset: counted('anonymous-network', 'RequestPasswordResetInput', () => ({
    identifier: uniqueEmail(),
  })),
  resetPassword: counted('anonymous-network', 'ResetPasswordInput', () => ({ ...CODE, newPassword: 'weak' })),
  requestPhoneOtp: counted('anonymous-network', 'RequestPhoneOtpInput', () => ({ phone: uniquePhone() })),
  confirmPhoneOtp: counted('anonymous-network', 'ConfirmPhoneOtpInput', () => ({ ...CODE, password: 'weak' })),
  socialAuthorize: counted('social-starts', 'SocialAuthorizeInput', () => ({
    provider: 'one',
    redirectUri: 'https://app.example.com/callback',
  })),
  socialCallback: counted('social-network', 'SocialCallbackInput', () => ({
    provider: 'one',
    code: 'code',
    state: TOKEN,
    challengeId: CODE.challengeId,
  })),
  socialTokenLogin: counted('social-network', 'SocialTokenLoginInput', () => ({ provider: 'one', idToken: 'x.y.z' })),
  verifySecondFactor: counted('guess-network', 'VerifySecondFactorInput', () => ({
    challengeId: CODE.challengeId,
    totp: CODE.code,
  })),
  startPasskeyLogin: counted('passkey-starts', '', () => ({})),
  finishPasskeyLogin: counted('anonymous-network', 'FinishPasskeyLoginInput', () => ({
    challengeId: CODE.challengeId,
    response: createAuthenticatorResponse(),
  })),
  refresh: { unlimited: 'a token that we did not sign is refused without a query' },
  logout: { unlimited: 'a token that we did not sign is refused without a query; ending a session must always work' },
  verifyToken: { unlimited: 'a token that we did not sign is refused without a query; for others see below' },
  health: { unlimited: 'simultaneous checks share one query' },
  settings: { unlimited: 'settings in memory' },
  socialProviders: { unlimited: 'a list in memory' },
};

let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    OIDC_ONE_ISSUER: 'https://127.0.0.1:9',
    OIDC_ONE_CLIENT_ID: 'latchkey',
    OIDC_ONE_CLIENT_SECRET: 'a-secret-of-thirty-two-characters',
    SOCIAL_REDIRECT_URIS: 'https://app.example.com/callback',
  });
});
afterAll(() => app.close());

async function sendForOutcome(client: ApiClient, name: string, input: string, variables: Record<string, unknown>) {
  const query = input
    ? `mutation ($input: ${input}!) { outcome: ${name}(input: $input) { __typename } }`
    : `mutation { outcome: ${name} { __typename } }`;
  const result = await client.post({ query, variables: { input: variables } });
  if (result.errors.length > 0) throw new Error(JSON.stringify(result.errors));
  return (result.data as { outcome: { __typename: string } }).outcome.__typename;
}

test('every operation that anyone may call names its limit, or why it needs none (T101)', () => {
  const open = [...accessList(buildApiSchema())].filter(([, access]) => access === 'PUBLIC');
  expect(Object.keys(OPERATIONS).sort()).toEqual(open.map(([name]) => name.split(' ')[1]).sort());
});

describe('a network that has used up its limit', () => {
  test.each(
    Object.entries(OPERATIONS).flatMap(([name, operation]) => ('limit' in operation ? [{ name, ...operation }] : [])),
  )('gets no further with $name (T101)', async ({ name, limit, input, variables }) => {
    const client = app.client();
    const before = await sendForOutcome(client, name, input, variables());
    expect(before).not.toBe('RateLimited');
    const { db } = app.app.services;
    await rows(db, sql`update budgets set points = 1000000 where name = ${limit}`);
    expect(await sendForOutcome(client, name, input, variables())).toBe('RateLimited');
    await rows(db, sql`delete from budgets`);
  });
});

test('a network that has used up its limit has no refresh token checked, and others do (T101)', async () => {
  const { email } = await insertAccount(app);
  const client = app.client();
  const { accessToken, refreshToken } = expectType(await login(client, email, PASSWORD), 'Authenticated');
  const check = (token: string, from = client) => from.send(VerifyTokenDocument, { token });
  expect((await check(refreshToken ?? '')).data?.verifyToken.active).toBe(true);
  const { db } = app.app.services;
  expect(await rows(db, sql`select points from budgets where name = 'anonymous-network'`)).toEqual([{ points: 1 }]);
  await rows(db, sql`update budgets set points = 300 where name = 'anonymous-network'`);

  const refused = await check(refreshToken ?? '');
  expect([refused.data ?? null, refused.errors[0]?.extensions.code]).toEqual([null, 'RATE_LIMITED']);
  const aliases = Array.from({ length: 5 }, (_, n) => `t${n}: verifyToken(token: $token) { active }`).join(' ');
  const query = `query ($token: String!) { ${aliases} }`;
  const { errors } = await client.post({ query, variables: { token: refreshToken } });
  expect(errors[0]?.extensions.code).toBe('RATE_LIMITED');
  expect((await check(accessToken)).data?.verifyToken.active).toBe(true);
  expect((await check('not.a.token')).data?.verifyToken.active).toBe(false);
  expect((await check(refreshToken ?? '', app.client())).data?.verifyToken.active).toBe(true);
  await rows(db, sql`delete from budgets`);
});

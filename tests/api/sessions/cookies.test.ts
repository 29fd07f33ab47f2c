import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  LoginDocument,
  LogoutAllDocument,
  LogoutDocument,
  RefreshDocument,
  RegisterEmailDocument,
  VerifyEmailDocument,
} from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type ApiClient, expectType, type GraphqlResponse } from '../../support/client.ts';
import { listOperations } from '../../support/documents.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { isTokenAccepted, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const FRONTEND = 'https://app.example.com';
const SECURE =
  /^__Host-refresh=([\w-]+\.[\w-]+\.[\w-]+); Path=\/; Expires=([^;]+ GMT); HttpOnly; Secure; SameSite=Lax$/;
const CLEARED = '__Host-refresh=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax';

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));
/** Every operation that can begin a session: its field, and a document that calls it. */
const WITH_TRANSPORT = listOperations(schema).flatMap(({ name, document }): [string, string][] => {
  const field = name.replace('mutation ', '');
  const input = getNamedType(schema.getMutationType()?.getFields()[field]?.args[0]?.type);
  return isInputObjectType(input) && 'transport' in input.getFields() ? [[field, document]] : [];
});

let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    ...WITHOUT_VERIFICATION,
    PUBLIC_URL: 'https://auth.example.com',
    ALLOWED_ORIGINS: FRONTEND,
  });
});
afterAll(() => app.close());

const readCookie = ({ headers }: Pick<GraphqlResponse<unknown>, 'headers'>): string => {
  const [cookie = '', ...more] = headers.getSetCookie();
  expect(more).toEqual([]);
  return SECURE.exec(cookie)?.[1] ?? `not a refresh cookie: ${cookie}`;
};
/** A browser on the frontend's page, sending its cookies. */
const browserClient = (token: string, origin: string | undefined = FRONTEND): ApiClient =>
  app.client({ headers: { cookie: `theme=dark; __Host-refresh=${token}`, ...(origin && { origin }) } });

/** A new user whose refresh token is in a cookie. */
async function registerInBrowser() {
  const input = { email: uniqueEmail(), password: PASSWORD, transport: 'COOKIE' } as const;
  const response = await app.client({ headers: { origin: FRONTEND } }).send(RegisterEmailDocument, { input });
  if (!response.data) throw new Error('no data');
  const { accessToken } = expectType(response.data.registerEmail, 'Authenticated');
  return { email: input.email, accessToken, token: readCookie(response), response };
}
const refreshByCookie = async (client: ApiClient) => {
  const response = await client.send(RefreshDocument, { input: {} });
  if (!response.data) throw new Error('no data');
  return { response, refresh: response.data.refresh };
};

describe('the refresh cookie (T74)', () => {
  test('is set at sign-up, login and email verification for this host only, and its token is not in the body (T74)', async () => {
    const { email, response, token } = await registerInBrowser();
    const input = { identifier: email, password: PASSWORD, transport: 'COOKIE' } as const;
    const login = await app.client({ headers: { origin: FRONTEND } }).send(LoginDocument, { input });

    const verifying = await startApp({ PUBLIC_URL: 'https://auth.example.com' });
    const { challenge, code } = await beginSignUp(verifying, verifying.client());
    const submission = { challengeId: challenge.id, code, transport: 'COOKIE' } as const;
    const verified = await verifying.client().send(VerifyEmailDocument, { input: submission });
    await verifying.close();

    for (const signedIn of [response, login, verified]) {
      const cookie = readCookie(signedIn);
      expect(cookie.split('.')).toHaveLength(3);
      const body = JSON.stringify(signedIn.data);
      expect(body).toContain('"refreshToken":null');
      for (const part of cookie.split('.').slice(1)) expect(body).not.toContain(part);
    }
    const ends = SECURE.exec(response.headers.getSetCookie()[0] ?? '')?.[2] ?? '';
    const { registerEmail } = response.data ?? {};
    if (registerEmail?.__typename !== 'Authenticated') throw new Error('not signed in');
    expect(Date.parse(ends)).toBe(Math.floor(Date.parse(registerEmail.refreshTokenExpiresAt) / 1000) * 1000);
    expect(token).not.toBe('');
  });

  test('is replaced by its successor on refresh, which is not in the body (T74)', async () => {
    const { token } = await registerInBrowser();
    const { response, refresh } = await refreshByCookie(browserClient(token));
    expect(expectType(refresh, 'Authenticated').refreshToken).toBeNull();
    const next = readCookie(response);
    expect(next).not.toBe(token);
    expectType((await refreshByCookie(browserClient(next))).refresh, 'Authenticated');
  });

  test('is accepted from clients that are not browsers and from the service’s own pages (T74)', async () => {
    for (const origin of [undefined, 'https://auth.example.com']) {
      const { token } = await registerInBrowser();
      const client = app.client({ headers: { cookie: `__Host-refresh=${token}`, ...(origin && { origin }) } });
      expectType((await refreshByCookie(client)).refresh, 'Authenticated');
    }
  });

  test.each(['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null'])(
    'is neither accepted nor cleared for a page of %s, which cannot read the response (T74)',
    async (origin) => {
      const { token, accessToken } = await registerInBrowser();
      const page = browserClient(token, origin);
      const { response, refresh } = await refreshByCookie(page);
      expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'MISSING' });
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      const logout = await page.send(LogoutDocument, { input: {} });
      expect(logout.data).toMatchObject({ logout: { __typename: 'LoggedOut', sessionsEnded: 0 } });
      expect(logout.headers.getSetCookie()).toEqual([]);
      expect(await isTokenAccepted(app.client(), accessToken)).toBe(true);
      expectType((await refreshByCookie(browserClient(token))).refresh, 'Authenticated');
    },
  );

  test.each(['cross-site', 'same-site', 'same-origin', undefined])(
    'is offered to a page that is %s, unless its browser would drop it',
    async (site) => {
      const headers = { origin: FRONTEND, ...(site && { 'sec-fetch-site': site }) };
      const { email } = await registerInBrowser();
      const input = { identifier: email, password: PASSWORD, transport: 'COOKIE' } as const;
      const response = await app.client({ headers }).send(LoginDocument, { input });
      if (site === 'cross-site') {
        expect(response.data?.login).toMatchObject({ fields: [{ path: 'transport', code: 'NOT_ALLOWED' }] });
        expect(response.headers.getSetCookie()).toEqual([]);
      } else expect(response.data?.login).toMatchObject({ __typename: 'Authenticated', refreshToken: null });
      const inBody = await app.client({ headers }).send(LoginDocument, { input: { ...input, transport: 'BODY' } });
      expect(inBody.data?.login).toMatchObject({ __typename: 'Authenticated' });
    },
  );

  test.each(WITH_TRANSPORT)('is refused across sites by %s', async (name, document) => {
    const query = document
      .replace('input: {', 'input: { transport: COOKIE,')
      .replace('{ __typename }', '{ __typename ... on InvalidInput { fields { path code } } }');
    const send = async (site: string) =>
      JSON.stringify(await app.client({ headers: { origin: FRONTEND, 'sec-fetch-site': site } }).post({ query }));
    const refusal = `{"${name}":{"__typename":"InvalidInput","fields":[{"path":"transport","code":"NOT_ALLOWED"}]}}`;
    expect(await send('cross-site')).toContain(refusal);
    const sameSite = await send('same-site');
    expect(sameSite).toContain(`{"${name}":{"__typename":`);
    expect(sameSite).not.toContain('NOT_ALLOWED');
  });

  test('is cleared when its token is rejected (T74)', async () => {
    const { token } = await registerInBrowser();
    const successor = readCookie((await refreshByCookie(browserClient(token))).response);
    await refreshByCookie(browserClient(successor));
    const { response, refresh } = await refreshByCookie(browserClient(token));
    expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'REUSED' });
    expect(response.headers.getSetCookie()).toEqual([CLEARED]);
  });

  test('is ignored when the body holds a token, whose successor comes in the body (T74)', async () => {
    const { token } = await registerInBrowser();
    const other = await registerInBrowser();
    const response = await browserClient(token).send(RefreshDocument, { input: { refreshToken: other.token } });
    if (response.data?.refresh.__typename !== 'Authenticated') throw new Error('not signed in');
    expect(response.data.refresh.refreshToken).toEqual(expect.any(String));
    expect(response.headers.getSetCookie()).toEqual([]);
    expectType((await refreshByCookie(browserClient(token))).refresh, 'Authenticated');
  });

  test('is used when the token in the input is empty (T74)', async () => {
    const { token } = await registerInBrowser();
    const response = await browserClient(token).send(RefreshDocument, { input: { refreshToken: '' } });
    expect(response.data?.refresh.__typename).toBe('Authenticated');
    expect(readCookie(response)).not.toBe(token);
  });

  test('is cleared by a logout, which ends its session (T74)', async () => {
    const { token, accessToken } = await registerInBrowser();
    const response = await browserClient(token).send(LogoutDocument, { input: {} });
    expect(response.data).toMatchObject({ logout: { sessionsEnded: 1 } });
    expect(response.headers.getSetCookie()).toEqual([CLEARED]);
    expect(await isTokenAccepted(app.client(), accessToken)).toBe(false);
    expect((await refreshByCookie(browserClient(token))).refresh).toMatchObject({ reason: 'REVOKED' });
  });

  test('does not keep a logout from ending the access token’s session when it is malformed (T74)', async () => {
    const { accessToken } = await registerInBrowser();
    const response = await browserClient('a.b.c').send(LogoutDocument, { input: {} }, { token: accessToken });
    expect(response.data).toMatchObject({ logout: { sessionsEnded: 1 } });
    expect(response.headers.getSetCookie()).toEqual([CLEARED]);
    expect(await isTokenAccepted(app.client(), accessToken)).toBe(false);
  });

  test('is cleared by logoutAll, but not when the current session stays (T74)', async () => {
    const { token, accessToken } = await registerInBrowser();
    const others = await browserClient(token).send(
      LogoutAllDocument,
      { input: { exceptCurrent: true } },
      { token: accessToken },
    );
    expect(others.headers.getSetCookie()).toEqual([]);
    const all = await browserClient(token).send(LogoutAllDocument, { input: {} }, { token: accessToken });
    expect(all.headers.getSetCookie()).toEqual([CLEARED]);
  });

  test('is not read from a GET request (T74)', async () => {
    const { token } = await registerInBrowser();
    const query = encodeURIComponent('mutation { refresh { __typename } }');
    const response = await fetch(`${app.url}/graphql?query=${query}`, {
      headers: { cookie: `__Host-refresh=${token}` },
    });
    expect(response.status).toBe(405);
    expectType((await refreshByCookie(browserClient(token))).refresh, 'Authenticated');
  });
});

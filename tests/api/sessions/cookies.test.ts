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
import { type Answer, type ApiClient, expectType } from '../../support/client.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { isTokenAccepted, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const FRONTEND = 'https://app.example.com';
const SECURE =
  /^__Host-refresh=([\w-]+\.[\w-]+\.[\w-]+); Path=\/; Expires=([^;]+ GMT); HttpOnly; Secure; SameSite=Lax$/;
const TAKEN_BACK = '__Host-refresh=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    ...WITHOUT_VERIFICATION,
    PUBLIC_URL: 'https://auth.example.com',
    ALLOWED_ORIGINS: FRONTEND,
    REFRESH_GRACE: '0s',
  });
});
afterAll(() => app.close());

const cookieOf = ({ headers }: Pick<Answer<unknown>, 'headers'>): string => {
  const [cookie = '', ...more] = headers.getSetCookie();
  expect(more).toEqual([]);
  return SECURE.exec(cookie)?.[1] ?? `not a refresh cookie: ${cookie}`;
};
/** A browser on the frontend's page, with what its jar holds. */
const browser = (token: string, origin: string | undefined = FRONTEND): ApiClient =>
  app.client({ headers: { cookie: `theme=dark; __Host-refresh=${token}`, ...(origin && { origin }) } });

/** Somebody new whose refresh token travels in a cookie. */
async function inBrowser() {
  const input = { email: uniqueEmail(), password: PASSWORD, transport: 'COOKIE' } as const;
  const answer = await app.client({ headers: { origin: FRONTEND } }).send(RegisterEmailDocument, { input });
  if (!answer.data) throw new Error('no data');
  const { accessToken } = expectType(answer.data.registerEmail, 'Authenticated');
  return { email: input.email, accessToken, token: cookieOf(answer), answer };
}
const refreshed = async (client: ApiClient) => {
  const answer = await client.send(RefreshDocument, { input: {} });
  if (!answer.data) throw new Error('no data');
  return { answer, refresh: answer.data.refresh };
};

describe('a refresh token in a cookie (T74)', () => {
  test('is set at sign-up, at login and at the proof of an address, for this host alone, and is nowhere in the body (T74)', async () => {
    const { email, answer, token } = await inBrowser();
    const input = { identifier: email, password: PASSWORD, transport: 'COOKIE' } as const;
    const login = await app.client({ headers: { origin: FRONTEND } }).send(LoginDocument, { input });

    const proving = await startApp({ PUBLIC_URL: 'https://auth.example.com' });
    const { challenge, code } = await beginSignUp(proving, proving.client());
    const proof = { challengeId: challenge.id, code, transport: 'COOKIE' } as const;
    const verified = await proving.client().send(VerifyEmailDocument, { input: proof });
    await proving.close();

    for (const signedIn of [answer, login, verified]) {
      const cookie = cookieOf(signedIn);
      expect(cookie.split('.')).toHaveLength(3);
      const body = JSON.stringify(signedIn.data);
      expect(body).toContain('"refreshToken":null');
      for (const part of cookie.split('.').slice(1)) expect(body).not.toContain(part);
    }
    const ends = SECURE.exec(answer.headers.getSetCookie()[0] ?? '')?.[2] ?? '';
    const { registerEmail } = answer.data ?? {};
    if (registerEmail?.__typename !== 'Authenticated') throw new Error('not signed in');
    expect(Date.parse(ends)).toBe(Math.floor(Date.parse(registerEmail.refreshTokenExpiresAt) / 1000) * 1000);
    expect(token).not.toBe('');
  });

  test('buys its successor, which comes as a cookie and not in the body (T74)', async () => {
    const { token } = await inBrowser();
    const { answer, refresh } = await refreshed(browser(token));
    expect(expectType(refresh, 'Authenticated').refreshToken).toBeNull();
    const next = cookieOf(answer);
    expect(next).not.toBe(token);
    expectType((await refreshed(browser(next))).refresh, 'Authenticated');
  });

  test('counts for a client that is no browser, and for the service’s own pages (T74)', async () => {
    for (const origin of [undefined, 'https://auth.example.com']) {
      const { token } = await inBrowser();
      const client = app.client({ headers: { cookie: `__Host-refresh=${token}`, ...(origin && { origin }) } });
      expectType((await refreshed(client)).refresh, 'Authenticated');
    }
  });

  test.each(['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null'])(
    'is not honoured, nor taken away, nor answered readably for a page of %s (T74)',
    async (origin) => {
      const { token, accessToken } = await inBrowser();
      const page = browser(token, origin);
      const { answer, refresh } = await refreshed(page);
      expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'MISSING' });
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      const logout = await page.send(LogoutDocument, { input: {} });
      expect(logout.data).toMatchObject({ logout: { __typename: 'NotFound' } });
      expect(logout.headers.getSetCookie()).toEqual([]);
      expect(await isTokenAccepted(app.client(), accessToken)).toBe(true);
      expectType((await refreshed(browser(token))).refresh, 'Authenticated');
    },
  );

  test('is taken back when it is refused: a browser is not left with what is worth nothing (T74)', async () => {
    const { token } = await inBrowser();
    await refreshed(browser(token));
    const { answer, refresh } = await refreshed(browser(token)); // REFRESH_GRACE is 0.
    expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'REUSED' });
    expect(answer.headers.getSetCookie()).toEqual([TAKEN_BACK]);
  });

  test('yields to a token in the body, whose successor comes in the body and leaves the cookie alone (T74)', async () => {
    const { token } = await inBrowser();
    const other = await inBrowser();
    const answer = await browser(token).send(RefreshDocument, { input: { refreshToken: other.token } });
    if (answer.data?.refresh.__typename !== 'Authenticated') throw new Error('not signed in');
    expect(answer.data.refresh.refreshToken).toEqual(expect.any(String));
    expect(answer.headers.getSetCookie()).toEqual([]);
    expectType((await refreshed(browser(token))).refresh, 'Authenticated');
  });

  test('counts where the input holds an empty token (T74)', async () => {
    const { token } = await inBrowser();
    const answer = await browser(token).send(RefreshDocument, { input: { refreshToken: '' } });
    expect(answer.data?.refresh.__typename).toBe('Authenticated');
    expect(cookieOf(answer)).not.toBe(token);
  });

  test('is gone after a logout, and so is the session (T74)', async () => {
    const { token, accessToken } = await inBrowser();
    const answer = await browser(token).send(LogoutDocument, { input: {} });
    expect(answer.data).toMatchObject({ logout: { sessionsEnded: 1 } });
    expect(answer.headers.getSetCookie()).toEqual([TAKEN_BACK]);
    expect(await isTokenAccepted(app.client(), accessToken)).toBe(false);
    expect((await refreshed(browser(token))).refresh).toMatchObject({ reason: 'REVOKED' });
  });

  test('that is no token any more does not keep the access token’s session alive (T74)', async () => {
    const { accessToken } = await inBrowser();
    const answer = await browser('a.b.c').send(LogoutDocument, { input: {} }, { token: accessToken });
    expect(answer.data).toMatchObject({ logout: { sessionsEnded: 1 } });
    expect(answer.headers.getSetCookie()).toEqual([TAKEN_BACK]);
    expect(await isTokenAccepted(app.client(), accessToken)).toBe(false);
  });

  test('goes with logoutAll, and stays where the current session does (T74)', async () => {
    const { token, accessToken } = await inBrowser();
    const others = await browser(token).send(
      LogoutAllDocument,
      { input: { exceptCurrent: true } },
      { token: accessToken },
    );
    expect(others.headers.getSetCookie()).toEqual([]);
    const all = await browser(token).send(LogoutAllDocument, { input: {} }, { token: accessToken });
    expect(all.headers.getSetCookie()).toEqual([TAKEN_BACK]);
  });

  test('is not read from a GET (T74)', async () => {
    const { token } = await inBrowser();
    const query = encodeURIComponent('mutation { refresh { __typename } }');
    const answer = await fetch(`${app.url}/graphql?query=${query}`, { headers: { cookie: `__Host-refresh=${token}` } });
    expect(answer.status).toBe(405);
    expectType((await refreshed(browser(token))).refresh, 'Authenticated');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  logOut,
  logOutAll,
  refreshTokens,
  registerUser,
  WITHOUT_VERIFICATION,
} from '../../support/sessions.ts';

let app: TestApp;
let clock: TestClock;
beforeAll(async () => {
  clock = testClock();
  app = await startApp(WITHOUT_VERIFICATION, { clock });
});
afterAll(() => app.close());

const register = () => registerUser(app.client());

/** Other spellings of the same bytes: the last base64url character has unused bits. */
function respell(token: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = (text: string) => Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url').toString('hex');
  return [...alphabet]
    .map((character) => token.slice(0, -1) + character)
    .concat(`${token}=`, `${token}==`)
    .filter((other) => other !== token && bytes(other) === bytes(token));
}

describe('logout', () => {
  test('ends the session of the refresh token, not that of an access token sent along', async () => {
    const [ada, eve] = [await register(), await register()];
    expect(await logOut(ada.client, ada.refreshToken, { token: eve.accessToken })).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    expect(await getRejectionReason(ada.client, ada.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(eve.client, eve.accessToken)).toBe(true);
  });

  test('ends the session of the access token when there is no refresh token', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await logOut(client, undefined, { token: first.accessToken })).toMatchObject({ sessionsEnded: 1 });
    for (const { accessToken } of [first, second]) expect(await isTokenAccepted(client, accessToken)).toBe(false);
    expect(await getRejectionReason(client, second.refreshToken)).toBe('REVOKED');
  });

  test('accepts a refresh token that was already used', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await logOut(client, first.refreshToken)).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(client, second.accessToken)).toBe(false);
  });

  test.each([
    ['is malformed', () => 'x.y.z'],
    [
      'has expired',
      async () => {
        const { refreshToken } = await register();
        clock.advance(31 * DAY);
        return refreshToken;
      },
    ],
  ])('ends the session of the access token when the refresh token %s', async (_, worthless) => {
    const presented = await worthless();
    const { client, accessToken } = await register();
    expect(await logOut(client, presented, { token: accessToken })).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(client, accessToken)).toBe(false);
  });

  test('can be repeated without harm', async () => {
    const { client, refreshToken, accessToken } = await register();
    expect(await logOut(client, refreshToken)).toMatchObject({ sessionsEnded: 1 });
    for (let again = 0; again < 2; again++) {
      expect(await logOut(client, refreshToken)).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 0 });
      expect(await logOut(client, undefined, { token: accessToken })).toMatchObject({ sessionsEnded: 0 });
    }
    clock.advance(31 * DAY);
    expect(await logOut(client, refreshToken)).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 0 });
  });

  test('succeeds without a session, and ends none', async () => {
    const none = { __typename: 'LoggedOut', sessionsEnded: 0 };
    for (const worthless of [undefined, '', 'x', 'x.y.z'])
      expect(await logOut(app.client(), worthless)).toMatchObject(none);
    expect(await logOut(app.client(), undefined, { token: 'x' })).toMatchObject(none);
  });

  test('ends a session once when sixteen requests arrive at once, and all succeed', async () => {
    const { client, refreshToken } = await register();
    const results = await Promise.all(Array.from({ length: 16 }, () => logOut(client, refreshToken)));
    const ended = results.map((result) => expectType(result, 'LoggedOut').sessionsEnded);
    expect(ended.reduce((sum, one) => sum + one)).toBe(1);
  });

  test('leaves the user’s other sessions alone', async () => {
    const { client, email, password, refreshToken } = await register();
    const other = expectType(await login(client, email, password), 'Authenticated');
    await logOut(client, refreshToken);
    expect(await isTokenAccepted(client, other.accessToken)).toBe(true);
  });
});

test('rejects every other spelling of a revoked token (T66)', async () => {
  const { client, accessToken, refreshToken } = await register();
  const spellings = [...respell(accessToken), `${accessToken.slice(0, -1)}${accessToken.slice(-1)}`];
  expect(spellings.length).toBeGreaterThan(3);
  const accepted = [];
  for (const spelling of spellings) if (await isTokenAccepted(client, spelling)) accepted.push(spelling);
  expect(accepted).toContain(accessToken);

  await logOut(client, refreshToken);
  for (const spelling of spellings) expect(await isTokenAccepted(client, spelling)).toBe(false);
  for (const spelling of respell(refreshToken))
    expect(['REVOKED', 'INVALID']).toContain(await getRejectionReason(client, spelling));
});

test('logoutAll and revokeSession return UNAUTHENTICATED without a token and end nothing', async () => {
  const { client, accessToken } = await register();
  for (const query of ['mutation { logoutAll { __typename } }', 'mutation { revokeSession(id: "x") { __typename } }']) {
    const { errors } = await client.post({ query });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  }
  expect(await isTokenAccepted(client, accessToken)).toBe(true);
  expect(await logOutAll(client, accessToken)).toMatchObject({ sessionsEnded: 1 });
});

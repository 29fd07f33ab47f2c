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

const someone = () => registerUser(app.client());

/** Other spellings of the same bytes: the last character of a base64url text holds bits that nobody reads. */
function malleated(token: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = (text: string) => Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url').toString('hex');
  return [...alphabet]
    .map((character) => token.slice(0, -1) + character)
    .concat(`${token}=`, `${token}==`)
    .filter((other) => other !== token && bytes(other) === bytes(token));
}

describe('logout', () => {
  test('ends the session of the refresh token, whichever access token comes along', async () => {
    const [ada, eve] = [await someone(), await someone()];
    expect(await logOut(ada.client, ada.refreshToken, { token: eve.accessToken })).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    expect(await getRejectionReason(ada.client, ada.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(eve.client, eve.accessToken)).toBe(true);
  });

  test('ends the session of the access token when there is no refresh token', async () => {
    const { client, ...first } = await someone();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await logOut(client, undefined, { token: first.accessToken })).toMatchObject({ sessionsEnded: 1 });
    for (const { accessToken } of [first, second]) expect(await isTokenAccepted(client, accessToken)).toBe(false);
    expect(await getRejectionReason(client, second.refreshToken)).toBe('REVOKED');
  });

  test('works with a refresh token that has had successors: whoever asks to be out is out', async () => {
    const { client, ...first } = await someone();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await logOut(client, first.refreshToken)).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(client, second.accessToken)).toBe(false);
  });

  test.each([
    ['is none', () => 'x.y.z'],
    [
      'has expired',
      async () => {
        const { refreshToken } = await someone();
        clock.advance(31 * DAY);
        return refreshToken;
      },
    ],
  ])('with a refresh token that %s still ends the session of the access token', async (_, worthless) => {
    const presented = await worthless();
    const { client, accessToken } = await someone();
    expect(await logOut(client, presented, { token: accessToken })).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(client, accessToken)).toBe(false);
  });

  test('repeated is harmless', async () => {
    const { client, refreshToken, accessToken } = await someone();
    expect(await logOut(client, refreshToken)).toMatchObject({ sessionsEnded: 1 });
    for (let again = 0; again < 2; again++) {
      expect(await logOut(client, refreshToken)).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 0 });
      expect(await logOut(client, undefined, { token: accessToken })).toMatchObject({ __typename: 'NotFound' });
    }
    clock.advance(31 * DAY);
    expect(await logOut(client, refreshToken)).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 0 });
  });

  test('of nobody is NotFound', async () => {
    expect(await logOut(app.client())).toMatchObject({ __typename: 'NotFound' });
    expect(await logOut(app.client(), 'x')).toMatchObject({ __typename: 'NotFound' });
  });

  test('of sixteen at once one has ended the session, and all are content', async () => {
    const { client, refreshToken } = await someone();
    const answers = await Promise.all(Array.from({ length: 16 }, () => logOut(client, refreshToken)));
    const ended = answers.map((answer) => expectType(answer, 'LoggedOut').sessionsEnded);
    expect(ended.reduce((sum, one) => sum + one)).toBe(1);
  });

  test('does not touch the other devices', async () => {
    const { client, email, password, refreshToken } = await someone();
    const other = expectType(await login(client, email, password), 'Authenticated');
    await logOut(client, refreshToken);
    expect(await isTokenAccepted(client, other.accessToken)).toBe(true);
  });
});

test('after the logout no other spelling of the same tokens works (T66)', async () => {
  const { client, accessToken, refreshToken } = await someone();
  const spellings = [...malleated(accessToken), `${accessToken.slice(0, -1)}${accessToken.slice(-1)}`];
  expect(spellings.length).toBeGreaterThan(3);
  const accepted = [];
  for (const spelling of spellings) if (await isTokenAccepted(client, spelling)) accepted.push(spelling);
  expect(accepted).toContain(accessToken);

  await logOut(client, refreshToken);
  for (const spelling of spellings) expect(await isTokenAccepted(client, spelling)).toBe(false);
  for (const spelling of malleated(refreshToken))
    expect(['REVOKED', 'INVALID']).toContain(await getRejectionReason(client, spelling));
});

test('what nobody is signed in for answers UNAUTHENTICATED and ends nothing', async () => {
  const { client, accessToken } = await someone();
  for (const query of ['mutation { logoutAll { __typename } }', 'mutation { revokeSession(id: "x") { __typename } }']) {
    const { errors } = await client.post({ query });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  }
  expect(await isTokenAccepted(client, accessToken)).toBe(true);
  expect(await logOutAll(client, accessToken)).toMatchObject({ sessionsEnded: 1 });
});

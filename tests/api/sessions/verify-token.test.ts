import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { exchangeBytes } from '../../support/http.ts';
import {
  logOut,
  type RegisteredUser,
  refreshTokens,
  registerUser,
  verifyToken,
  WITHOUT_VERIFICATION,
} from '../../support/sessions.ts';

const NOTHING = { active: false, tokenType: null, userId: null, sessionId: null, expiresAt: null };
let app: TestApp;
let clock: TestClock;
let ada: RegisteredUser;

beforeAll(async () => {
  clock = testClock();
  app = await startApp(WITHOUT_VERIFICATION, { clock });
  ada = await registerUser(app.client());
});
afterAll(() => app.close());

describe('the Authorization header', () => {
  const QUERY = JSON.stringify({ query: '{ health { status } me { id } }' });
  const send = (...lines: string[]) =>
    exchangeBytes(
      Number(new URL(app.url).port),
      [
        'POST /graphql HTTP/1.1',
        'host: localhost',
        ...lines,
        'content-type: application/json',
        `content-length: ${QUERY.length}`,
        'connection: close',
        '',
        QUERY,
      ].join('\r\n'),
    );

  test('counts as no token when it is malformed, and public fields work (T67)', async () => {
    const good = `Bearer ${ada.accessToken}`;
    expect(await send(`authorization: ${good}`)).toContain(ada.user.id);
    const malformed = [
      [''],
      ['Bearer'],
      ['Bearer '],
      [`Basic ${ada.accessToken}`],
      [ada.accessToken],
      [`${good} x`],
      [`Bearer ${'a'.repeat(8_192)}`],
      ['Bearer t\u00f6k\u00e9n'],
      [good, good],
      [good, 'Bearer other'],
    ];
    for (const values of malformed) {
      const response = await send(...values.map((value) => `Authorization: ${value}`));
      expect([values, response]).toEqual([
        values,
        expect.stringMatching(/^HTTP\/1.1 (401|200) .*UNAUTHENTICATED.*"me":null/s),
      ]);
    }
  });
});

describe('verifyToken', () => {
  test('shows type, user, session and expiry of a valid token', async () => {
    const account = await registerUser(app.client());
    const ids = { userId: account.user.id, sessionId: account.session.id };
    expect(await verifyToken(app.client(), account.accessToken)).toEqual({
      active: true,
      tokenType: 'ACCESS',
      ...ids,
      expiresAt: account.accessTokenExpiresAt,
    });
    expect(await verifyToken(app.client(), account.refreshToken)).toEqual({
      active: true,
      tokenType: 'REFRESH',
      ...ids,
      expiresAt: account.refreshTokenExpiresAt,
    });
  });

  test('reveals nothing about a used refresh token', async () => {
    const account = await registerUser(app.client());
    const next = await refreshTokens(account.client, account.refreshToken);
    expect(await verifyToken(account.client, account.refreshToken)).toEqual(NOTHING);
    expect(await verifyToken(account.client, next.refreshToken)).toMatchObject({ active: true });
    expect(await verifyToken(account.client, account.accessToken)).toMatchObject({ active: true });
  });

  test.each<[string, (account: RegisteredUser) => Promise<unknown>]>([
    ['a logout', (account) => logOut(account.client, account.refreshToken)],
    ['the account’s deactivation', (account) => deactivate(app, account.user.id)],
    ['the account’s deletion', (account) => app.app.services.db.delete(users).where(eq(users.id, account.user.id))],
  ])('reveals nothing about either token after %s (T72)', async (_, end) => {
    const account = await registerUser(app.client());
    await end(account);
    expect(await verifyToken(app.client(), account.accessToken)).toEqual(NOTHING);
    expect(await verifyToken(app.client(), account.refreshToken)).toEqual(NOTHING);
  });

  test('reveals nothing about malformed and expired tokens', async () => {
    for (const token of ['', 'x', 'a.b.c', '💥', 'x'.repeat(20_000)])
      expect(await verifyToken(ada.client, token)).toEqual(NOTHING);
    const account = await registerUser(app.client());
    clock.advance(11 * MINUTE);
    expect(await verifyToken(account.client, account.accessToken)).toEqual(NOTHING);
    expect(await verifyToken(account.client, account.refreshToken)).toMatchObject({ active: true });
    clock.advance(-11 * MINUTE);
  });
});

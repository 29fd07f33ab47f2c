import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefreshDocument } from '../../../schema/generated/graphql.ts';
import { DAY, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  refreshTokens,
  registerUser,
  verifyToken,
  WITHOUT_VERIFICATION,
} from '../../support/sessions.ts';

const GRACE = 30 * SECOND;

let app: TestApp;
let clock: TestClock;
beforeAll(async () => {
  clock = testClock();
  const lifetimes = { REFRESH_TOKEN_TTL: '30d', SESSION_MAX_AGE: '90d', REFRESH_GRACE: '30s', ACCESS_TOKEN_TTL: '10m' };
  app = await startApp({ ...WITHOUT_VERIFICATION, ...lifetimes }, { clock });
});
afterAll(() => app.close());

const register = () => registerUser(app.client());

describe('refresh', () => {
  test('gives a new pair of tokens of the same session each time (T68)', async () => {
    const { client, session, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    const third = await refreshTokens(client, second.refreshToken);
    expect(new Set([first, second, third].map((pair) => pair.refreshToken)).size).toBe(3);
    expect(new Set([first, second, third].map((pair) => pair.accessToken)).size).toBe(3);
    expect([second.session.id, third.session.id]).toEqual([session.id, session.id]);
    expect(third).toMatchObject({ isNewUser: false, user: { id: first.user.id } });
    for (const { accessToken } of [first, second, third]) expect(await isTokenAccepted(client, accessToken)).toBe(true);
  });

  test('gives the same successor, byte for byte, for a token repeated within the grace period (T68)', async () => {
    const { client, refreshToken } = await register();
    const winner = await refreshTokens(client, refreshToken);
    clock.advance(GRACE / 2);
    for (let again = 0; again < 3; again++) {
      const repeated = await refreshTokens(client, refreshToken);
      expect(repeated.refreshToken).toBe(winner.refreshToken);
      expect(repeated.refreshTokenExpiresAt).toBe(winner.refreshTokenExpiresAt);
      expect(await isTokenAccepted(client, repeated.accessToken)).toBe(true);
    }
    expect((await refreshTokens(client, winner.refreshToken)).refreshToken).not.toBe(winner.refreshToken);
  });

  test('rejects a token reused after its successor was used and the grace period is over, and ends the session for thief and owner (T68)', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
    clock.advance(GRACE + SECOND);

    expect(await getRejectionReason(app.client(), first.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(client, second.refreshToken)).toBe('REVOKED');
    expect(await getRejectionReason(client, first.refreshToken)).toBe('REVOKED');
    for (const { accessToken } of [first, second]) expect(await isTokenAccepted(client, accessToken)).toBe(false);
    expect(await verifyToken(client, second.refreshToken)).toMatchObject({ active: false });
  });

  test('rejects a token two generations old at any time and ends the session (T68)', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    const third = await refreshTokens(client, second.refreshToken);
    expect(await getRejectionReason(client, first.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(client, third.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(client, third.accessToken)).toBe(false);
  });

  test('leaves the user’s other sessions alone when a token is reused (T68)', async () => {
    const { client, email, password, ...first } = await register();
    const otherSession = await login(client, email, password);
    const second = await refreshTokens(client, first.refreshToken);
    expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
    clock.advance(GRACE + SECOND);
    expect(await getRejectionReason(client, first.refreshToken)).toBe('REUSED');
    expect(await isTokenAccepted(client, second.accessToken)).toBe(false);
    expect(
      otherSession.__typename === 'Authenticated' && (await isTokenAccepted(client, otherSession.accessToken)),
    ).toBe(true);
  });

  test('records a reused token with user, time and address (T90)', async () => {
    const { client, session, user, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
    clock.advance(GRACE + SECOND);
    const thief = app.client();
    await getRejectionReason(thief, first.refreshToken);
    const lines = app.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter((line) => line.audit && line.outcome === 'reused' && line.sessionId === session.id)).toEqual([
      expect.objectContaining({ audit: 'session-end', userId: user.id, ip: thief.ip, time: expect.any(String) }),
    ]);
  });
});

describe('expiry', () => {
  test('ends a session after SESSION_MAX_AGE, however often it is refreshed, and no token outlasts it (T71)', async () => {
    const { client, session, ...first } = await register();
    const end = clock.now().getTime() + 90 * DAY;
    let last: Awaited<ReturnType<typeof refreshTokens>> = await refreshTokens(client, first.refreshToken);
    for (let day = 25; day < 90; day += 25) {
      clock.advance(25 * DAY);
      last = await refreshTokens(client, last.refreshToken);
      expect(Date.parse(last.refreshTokenExpiresAt)).toBeLessThanOrEqual(end);
    }
    clock.advance(14 * DAY + 23 * 60 * MINUTE + 55 * MINUTE);
    last = await refreshTokens(client, last.refreshToken);
    expect(last.session.id).toBe(session.id);
    expect(Date.parse(last.refreshTokenExpiresAt)).toBeLessThanOrEqual(end);
    expect(Date.parse(last.accessTokenExpiresAt)).toBeLessThanOrEqual(end);
    expect(await isTokenAccepted(client, last.accessToken)).toBe(true);

    clock.advance(6 * MINUTE);
    expect(await getRejectionReason(client, last.refreshToken)).toBe('EXPIRED');
    expect(await isTokenAccepted(client, last.accessToken)).toBe(false);
  });

  test('ends a session after REFRESH_TOKEN_TTL without a refresh (T71)', async () => {
    const { client, refreshToken } = await register();
    clock.advance(30 * DAY - MINUTE);
    const next = await refreshTokens(client, refreshToken);
    clock.advance(30 * DAY + SECOND);
    expect(await getRejectionReason(client, next.refreshToken)).toBe('EXPIRED');
    expect(await verifyToken(client, next.refreshToken)).toMatchObject({ active: false });
  });

  test('rejects an access token after ACCESS_TOKEN_TTL and a few seconds of clock skew', async () => {
    clock.hold();
    const { client, accessToken } = await register();
    clock.advance(10 * MINUTE - SECOND);
    expect(await isTokenAccepted(client, accessToken)).toBe(true);
    clock.advance(10 * SECOND);
    expect(await isTokenAccepted(client, accessToken)).toBe(false);
  });
});

describe('refresh rejects', () => {
  test('a token of a deactivated account, with that reason (T72)', async () => {
    const { client, user, refreshToken } = await register();
    await deactivate(app, user.id);
    expect(await getRejectionReason(client, refreshToken)).toBe('ACCOUNT_DISABLED');
    expect(await getRejectionReason(client, refreshToken)).toBe('ACCOUNT_DISABLED');
  });

  test('a missing token', async () => {
    for (const token of [null, '']) expect(await getRejectionReason(app.client(), token)).toBe('MISSING');
    const { refresh } = await app.client().request(RefreshDocument, undefined as never); // The variables have defaults.
    expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'MISSING', message: expect.any(String) });
  });

  test('anything but a refresh token of this server (T63)', async () => {
    const { client, accessToken, refreshToken } = await register();
    const [header, payload, signature] = refreshToken.split('.');
    const forged = Buffer.from(JSON.stringify({ ...decodeClaims(refreshToken), gen: 5 })).toString('base64url');
    const encodeHeader = (alg: string) => Buffer.from(JSON.stringify({ alg, typ: 'rt+jwt' })).toString('base64url');
    const attempts = [
      accessToken,
      'x',
      '.',
      '..',
      '...',
      'a.b.c',
      '💥',
      'null',
      `${refreshToken}.`,
      `${refreshToken}.${signature}`,
      ` ${refreshToken}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature?.slice(0, -4)}AAAA`,
      `${header}.${forged}.${signature}`,
      `${encodeHeader('none')}.${payload}.`,
      `${encodeHeader('none')}.${payload}.${signature}`,
      `${encodeHeader('HS512')}.${payload}.${signature}`,
      refreshToken + 'a'.repeat(30_000),
    ];
    for (const attempt of attempts)
      expect([attempt, await getRejectionReason(client, attempt)]).toEqual([attempt, 'INVALID']);
    await refreshTokens(client, refreshToken);
  });

  test('a token of another server with the same secret', async () => {
    const there = await startApp({ ...WITHOUT_VERIFICATION, PUBLIC_URL: 'http://otherSession.example' });
    const { refreshToken, accessToken } = await registerUser(there.client());
    expect(await getRejectionReason(app.client(), refreshToken)).toBe('INVALID');
    expect(await isTokenAccepted(app.client(), accessToken)).toBe(false);
    await there.close();
  });
});

const decodeClaims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

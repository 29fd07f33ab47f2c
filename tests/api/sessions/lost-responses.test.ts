import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefreshDocument } from '../../../schema/generated/graphql.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
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

/** Late repetitions in a row that are allowed. */
const ALLOWED = 3;

const SETTINGS = { ...WITHOUT_VERIFICATION, REFRESH_GRACE: '30s', ACCESS_TOKEN_TTL: '10m' };

describe('a lost refresh response', () => {
  let app: TestApp;
  let clock: TestClock;
  beforeAll(async () => {
    clock = testClock();
    app = await startApp(SETTINGS, { clock });
  });
  afterAll(() => app.close());
  const register = () => registerUser(app.client());

  test('can be repeated an hour later and as often as needed: the same token gives the same successor (T68)', async () => {
    const { client, session, ...first } = await register();
    const lost = await refreshTokens(client, first.refreshToken);
    for (let again = 0; again < 5; again++) {
      clock.advance(HOUR);
      const repeated = await refreshTokens(client, first.refreshToken);
      expect(repeated.refreshToken).toBe(lost.refreshToken);
      expect(repeated.refreshTokenExpiresAt).toBe(lost.refreshTokenExpiresAt);
      expect(repeated.session.id).toBe(session.id);
    }
    const next = await refreshTokens(client, lost.refreshToken);
    expect(await isTokenAccepted(client, next.accessToken)).toBe(true);
  });

  test('cannot be repeated after a day: the session ends (T68)', async () => {
    const { client, ...first } = await register();
    const lost = await refreshTokens(client, first.refreshToken);
    clock.advance(24 * HOUR - MINUTE);
    await refreshTokens(client, first.refreshToken);
    clock.advance(2 * MINUTE);
    expect(await getRejectionReason(client, first.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(client, lost.refreshToken)).toBe('REVOKED');
  });

  test('cannot be repeated once the access token that came with it was used and the grace period is over (T68)', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    clock.advance(5 * MINUTE);
    expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
    clock.advance(GRACE / 2);
    expect((await refreshTokens(client, first.refreshToken)).refreshToken).toBe(second.refreshToken);
    clock.advance(GRACE);
    expect(await getRejectionReason(client, first.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(client, second.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(client, second.accessToken)).toBe(false);
  });

  test.each(['accessToken', 'refreshToken'] as const)(
    'cannot be repeated after the grace period if another service has checked its %s (T68)',
    async (kind) => {
      const { client, ...first } = await register();
      const second = await refreshTokens(client, first.refreshToken);
      expect(await verifyToken(app.client(), second[kind])).toMatchObject({ active: true });
      clock.advance(GRACE + SECOND);
      expect(await getRejectionReason(client, first.refreshToken)).toBe('REUSED');
    },
  );

  test('cannot be repeated once its refresh token was used, even within the grace period (T68)', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    const third = await refreshTokens(client, second.refreshToken);
    expect(await getRejectionReason(client, first.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(client, third.refreshToken)).toBe('REVOKED');
  });

  test('is not blocked by the access token of an earlier generation (T68)', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
    const third = await refreshTokens(client, second.refreshToken);
    for (const { accessToken } of [first, second]) expect(await isTokenAccepted(client, accessToken)).toBe(true);
    clock.advance(HOUR);
    expect((await refreshTokens(client, second.refreshToken)).refreshToken).toBe(third.refreshToken);
  });

  test('leaves the used token inactive for verifyToken, and its successor active (T68)', async () => {
    const { client, ...first } = await register();
    const second = await refreshTokens(client, first.refreshToken);
    clock.advance(HOUR);
    expect(await verifyToken(client, first.refreshToken)).toMatchObject({ active: false });
    expect(await verifyToken(client, second.refreshToken)).toMatchObject({ active: true, tokenType: 'REFRESH' });
  });
});

describe('a thief with a copy of a refresh token', () => {
  let app: TestApp;
  let clock: TestClock;
  beforeAll(async () => {
    clock = testClock();
    app = await startApp(SETTINGS, { clock });
  });
  afterAll(() => app.close());
  const register = () => registerUser(app.client());

  test('who always refreshes after the owner is found within a few generations (T68)', async () => {
    const { client: owner, ...first } = await register();
    const thief = app.client();
    let last = first.refreshToken;
    for (let generation = 1; generation <= ALLOWED; generation++) {
      const next = await refreshTokens(owner, last);
      clock.advance(MINUTE);
      expect((await refreshTokens(thief, last)).refreshToken).toBe(next.refreshToken);
      last = next.refreshToken;
      clock.advance(9 * MINUTE);
    }
    const next = await refreshTokens(owner, last);
    clock.advance(MINUTE);
    expect(await getRejectionReason(thief, last)).toBe('REUSED');
    expect(await getRejectionReason(owner, next.refreshToken)).toBe('REVOKED');
  });

  test('who always refreshes before the owner is found within a few generations (T68)', async () => {
    const { client: owner, ...first } = await register();
    const thief = app.client();
    let last = first.refreshToken;
    for (let generation = 1; generation <= ALLOWED; generation++) {
      const next = await refreshTokens(thief, last);
      clock.advance(10 * MINUTE);
      expect((await refreshTokens(owner, last)).refreshToken).toBe(next.refreshToken);
      last = next.refreshToken;
    }
    const stolen = await refreshTokens(thief, last);
    clock.advance(10 * MINUTE);
    expect(await getRejectionReason(owner, last)).toBe('REUSED');
    expect(await getRejectionReason(thief, stolen.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(thief, stolen.accessToken)).toBe(false);
  });

  test('cannot start the count again by using the access token (T68)', async () => {
    const { client: owner, ...first } = await register();
    const thief = app.client();
    let last = first.refreshToken;
    for (let generation = 1; generation <= ALLOWED; generation++) {
      const next = await refreshTokens(owner, last);
      clock.advance(MINUTE);
      const copied = await refreshTokens(thief, last);
      expect(await isTokenAccepted(thief, copied.accessToken)).toBe(true);
      last = next.refreshToken;
      clock.advance(9 * MINUTE);
    }
    await refreshTokens(owner, last);
    clock.advance(MINUTE);
    expect(await getRejectionReason(thief, last)).toBe('REUSED');
  });

  test('is not confused with an owner who loses a response now and then (T68)', async () => {
    const { client, ...first } = await register();
    let last = first.refreshToken;
    for (let generation = 1; generation <= 3 * (ALLOWED + 1); generation++) {
      const next = await refreshTokens(client, last);
      if (generation % (ALLOWED + 1) > 0) {
        clock.advance(10 * MINUTE);
        await refreshTokens(client, last);
      }
      last = next.refreshToken;
    }
    expect(await verifyToken(client, last)).toMatchObject({ active: true });
  });

  test('cannot hide reuse behind a rate limit: after the limit it still ends the session (T99)', async () => {
    const { client: owner, ...first } = await register();
    const second = await refreshTokens(owner, first.refreshToken);
    const thief = app.client();
    const results = new Set<string | undefined>();
    for (let batch = 0; batch < 62; batch++) {
      const repeated = await Promise.all(
        Array.from({ length: 10 }, () =>
          thief.request(RefreshDocument, { input: { refreshToken: first.refreshToken } }),
        ),
      );
      for (const { refresh } of repeated) results.add(refresh.__typename);
    }
    expect(results).toEqual(new Set(['Authenticated', 'RateLimited']));

    const third = await refreshTokens(owner, second.refreshToken);
    expect(await getRejectionReason(thief, first.refreshToken)).toBe('REUSED');
    expect(await isTokenAccepted(owner, third.accessToken)).toBe(false);
  });
});

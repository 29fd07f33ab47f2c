import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MeDocument } from '../../../schema/generated/graphql.ts';
import { newId } from '../../../src/core/ids.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  logOutAll,
  refreshTokens,
  registerUser,
  revokeSession,
  WITHOUT_VERIFICATION,
} from '../../support/sessions.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const NOT_FOUND = { __typename: 'NotFound', message: expect.any(String) };

let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
});
afterAll(() => app.close());

/** A user with three sessions; the first is that of the sign-up. */
async function signInOnThreeDevices() {
  const who = await registerUser(app.client(), { device: 'Phone' });
  const others = [];
  for (let device = 0; device < 2; device++) {
    await pause(2); // Keeps the order by last use unambiguous.
    others.push(
      expectType(
        await login(app.client({ headers: { 'user-agent': FIREFOX } }), who.email, who.password),
        'Authenticated',
      ),
    );
  }
  const [second, third] = others;
  if (!second || !third) throw new Error('not signed in');
  return { who, first: who, second, third };
}

const listSessions = async (client: ApiClient, token: string) =>
  (await client.request(MeDocument, undefined, { token })).me?.sessions ?? [];

describe('the session list', () => {
  test('shows the user’s sessions, latest use first, and marks the current one (T73)', async () => {
    const { who, first, second, third } = await signInOnThreeDevices();
    const phone = app.client();
    await pause(2);
    await refreshTokens(phone, first.refreshToken);
    const list = await listSessions(who.client, second.accessToken);
    expect(list.map(({ id }) => id)).toEqual([first.session.id, third.session.id, second.session.id]);
    expect(list.map(({ isCurrent }) => isCurrent)).toEqual([false, false, true]);
    expect(list.map(({ device }) => device)).toEqual(['Phone', 'Firefox on Linux', 'Firefox on Linux']);
    expect(list[0]?.ipAddress).toBe(phone.ip);
    for (const { createdAt, lastUsedAt, expiresAt } of list) {
      expect(Date.parse(lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.parse(lastUsedAt));
    }
  });

  test('shows only the caller’s own sessions (T73)', async () => {
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    expect((await listSessions(eve.client, eve.accessToken)).map(({ id }) => id)).toEqual([eve.session.id]);
    expect((await listSessions(ada.client, ada.accessToken)).map(({ id }) => id)).toEqual([ada.session.id]);
  });
});

describe('revokeSession', () => {
  test('ends that session at once and no other (T73)', async () => {
    const { who, first, second, third } = await signInOnThreeDevices();
    expect(await revokeSession(who.client, first.accessToken, second.session.id)).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(who.client, second.accessToken)).toBe(false);
    expect(await getRejectionReason(who.client, second.refreshToken ?? null)).toBe('REVOKED');
    for (const { accessToken } of [first, third]) expect(await isTokenAccepted(who.client, accessToken)).toBe(true);
    expect(await listSessions(who.client, first.accessToken)).toHaveLength(2);
    expect(await revokeSession(who.client, first.accessToken, second.session.id)).toMatchObject(NOT_FOUND);
  });

  test('logs out the current session (T73)', async () => {
    const who = await registerUser(app.client());
    expect(await revokeSession(who.client, who.accessToken, who.session.id)).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(who.client, who.accessToken)).toBe(false);
  });

  test('treats another user’s session like one that does not exist, and ends nothing (T20)', async () => {
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    const results = [];
    for (const id of [ada.session.id, newId(new Date()), ada.user.id, 'x', '', "' or true --"])
      results.push(await revokeSession(eve.client, eve.accessToken, id));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject(NOT_FOUND);
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(true);
    await refreshTokens(ada.client, ada.refreshToken);
  });
});

describe('logoutAll', () => {
  test('ends every session, the current one too (T73)', async () => {
    const { who, first, second, third } = await signInOnThreeDevices();
    expect(await logOutAll(who.client, second.accessToken)).toMatchObject({ sessionsEnded: 3 });
    for (const { accessToken, refreshToken } of [first, second, third]) {
      expect(await isTokenAccepted(who.client, accessToken)).toBe(false);
      expect(await getRejectionReason(who.client, refreshToken ?? null)).toBe('REVOKED');
    }
  });

  test('with exceptCurrent ends the user’s other sessions and no other user’s (T73)', async () => {
    const { who, first, second, third } = await signInOnThreeDevices();
    const ada = await registerUser(app.client());
    expect(await logOutAll(who.client, second.accessToken, { exceptCurrent: true })).toMatchObject({
      sessionsEnded: 2,
    });
    for (const { accessToken } of [first, third]) expect(await isTokenAccepted(who.client, accessToken)).toBe(false);
    for (const { accessToken } of [second, ada]) expect(await isTokenAccepted(who.client, accessToken)).toBe(true);
    expect((await listSessions(who.client, second.accessToken)).map(({ id }) => id)).toEqual([second.session.id]);
  });
});

describe('an account that was deactivated or deleted', () => {
  test('rejects all tokens of a deactivated account, and only the right password reveals why (T72)', async () => {
    const who = await registerUser(app.client());
    await deactivate(app, who.user.id);
    expect(await isTokenAccepted(who.client, who.accessToken)).toBe(false);
    expect(await getRejectionReason(who.client, who.refreshToken)).toBe('ACCOUNT_DISABLED');
    expectType(await login(who.client, who.email, who.password), 'AccountDisabled');
    expectType(await login(who.client, who.email, 'not the password'), 'InvalidCredentials');
  });

  test('rejects all tokens of a deleted account (T72)', async () => {
    const who = await registerUser(app.client());
    await app.app.services.db.delete(users).where(eq(users.id, who.user.id));
    expect(await isTokenAccepted(who.client, who.accessToken)).toBe(false);
    expect(await getRejectionReason(who.client, who.refreshToken)).toBe('REVOKED');
    expectType(await login(who.client, who.email, who.password), 'InvalidCredentials');
    expect(await logOutAll(who.client, who.accessToken)).toMatchObject({ sessionsEnded: 0 });
    expect(await revokeSession(who.client, who.accessToken, who.session.id)).toMatchObject(NOT_FOUND);
  });
});

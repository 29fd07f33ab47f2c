import { eq } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passkeys, users } from '../../../src/infra/db/tables.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { createAuthenticator, type Deviations } from '../../support/authenticator.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import {
  addPasskey,
  finishLogin,
  listPasskeys,
  removePasskey,
  signInByPasskey,
  startLogin,
} from '../../support/passkeys.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION, { clock });
});
afterAll(() => app.close());

async function userWithPasskey(deviations: Deviations = {}) {
  const user = await registerUser(app.client());
  return { ...user, ...(await addPasskey(user.client, user.accessToken, { deviations })), userId: user.user.id };
}

const rowOf = async (userId: string) => {
  const [row] = await app.app.services.db.select().from(passkeys).where(eq(passkeys.userId, userId));
  return row;
};

describe('the options of a sign-in', () => {
  test('name no account, require user verification, and are the same for everyone but for the challenge', async () => {
    const { client } = await userWithPasskey();
    const [mine, other] = await Promise.all(
      [client, app.client()].map(async (from) => {
        const { options } = expectType(await startLogin(from), 'PasskeyLogin');
        const { challenge, ...rest } = JSON.parse(options);
        expect(challenge).toMatch(/^[\w-]{43}$/);
        return rest;
      }),
    );
    expect(mine).toEqual({ rpId: 'localhost', timeout: 600_000, userVerification: 'required' });
    expect(other).toEqual(mine);
  });
});

describe('a sign-in with a passkey', () => {
  test('needs no user name, and counts as two factors', async () => {
    const { authenticator, userId } = await userWithPasskey();
    const client = app.client();
    const { challengeId, options } = expectType(await startLogin(client), 'PasskeyLogin');
    const session = expectType(
      await finishLogin(client, challengeId, authenticator.get(options), 'Laptop'),
      'Authenticated',
    );
    expect(session).toMatchObject({ user: { id: userId }, session: { device: 'Laptop' }, isNewUser: false });
    expect(decodeJwt(session.accessToken).amr).toEqual(['swk', 'user', 'mfa']);
    const [listed] = await listPasskeys(client, session.accessToken);
    expect(listed?.lastUsedAt).not.toBeNull();
  });

  test('with a key that stays on its device is hwk', async () => {
    const { authenticator } = await userWithPasskey({ backupEligible: false });
    const session = expectType(
      await signInByPasskey(app.client(), authenticator, { backupEligible: false }),
      'Authenticated',
    );
    expect(decodeJwt(session.accessToken).amr).toEqual(['hwk', 'user', 'mfa']);
  });

  test('opens the account that requires a second factor', async () => {
    const { authenticator, userId } = await userWithPasskey();
    await app.app.services.db.update(users).set({ secondFactorRequired: true }).where(eq(users.id, userId));
    expectType(await signInByPasskey(app.client(), authenticator), 'Authenticated');
  });

  test('stores changed backup flags and does not refuse them', async () => {
    const { authenticator, userId } = await userWithPasskey({ backedUp: false });
    expect(await rowOf(userId)).toMatchObject({ isBackupEligible: true, isBackedUp: false });
    expectType(await signInByPasskey(app.client(), authenticator), 'Authenticated');
    expect(await rowOf(userId)).toMatchObject({ isBackupEligible: true, isBackedUp: true });
    expectType(await signInByPasskey(app.client(), authenticator, { backupEligible: false }), 'Authenticated');
    expect(await rowOf(userId)).toMatchObject({ isBackupEligible: false, isBackedUp: false });
  });

  test('whose counter decreases succeeds and is recorded', async () => {
    const { authenticator, userId } = await userWithPasskey({ counter: 10 });
    const signIn = (counter: number) => signInByPasskey(app.client(), authenticator, { counter });
    const lines = () => app.logged.filter((line) => line.includes('counter-decreased') && line.includes(userId));
    expectType(await signIn(11), 'Authenticated');
    expect(lines()).toEqual([]);
    expectType(await signIn(5), 'Authenticated');
    expect(lines()).toHaveLength(1);
    expect(await rowOf(userId)).toMatchObject({ signCount: 5 });
    expectType(await signIn(5), 'Authenticated');
    expect(lines()).toHaveLength(2);
    expectType(await signIn(6), 'Authenticated');
    expect(lines()).toHaveLength(2);
  });

  test('to an inactive account returns AccountDisabled', async () => {
    const { authenticator, userId } = await userWithPasskey();
    await deactivate(app, userId);
    expectType(await signInByPasskey(app.client(), authenticator), 'AccountDisabled');
  });
});

describe('a sign-in with a passkey is refused', () => {
  const refusalsOf = (client: { ip: string }) =>
    app.app.services.audit
      .close()
      .then(() => app.logged.filter((line) => line.includes('"refused"') && line.includes(client.ip)));

  test.each<[string, string, Deviations]>([
    ['the origin is not ours', 'origin', { origin: 'https://localhost.example' }],
    ['the RP ID is another', 'rp-id', { rpId: 'example.com' }],
    ['it is a registration', 'type', { type: 'webauthn.create' }],
    ['the page is in a frame of another site', 'cross-origin', { crossOrigin: true }],
    ['the user was not verified', 'user-verification', { userVerified: false }],
    ['the user was not present', 'user-presence', { userPresent: false }],
    ['the signature is of another key', 'signature', { wrongKey: true }],
    ['the user handle is another', 'user-handle', { userHandle: 'AAAA' }],
    ['it has no user handle', 'user-handle', { userHandle: null }],
    ['no account has the passkey', 'unknown-passkey', { credentialId: 'AAAA' }],
  ])('if %s, and the log says so (T108)', async (_title, reason, deviations) => {
    const { authenticator } = await userWithPasskey();
    const client = app.client();
    const outcome = expectType(await signInByPasskey(client, authenticator, deviations), 'ChallengeFailed');
    expect(outcome.reason).toBe('PASSKEY_REJECTED');
    const [line] = await refusalsOf(client);
    expect(line).toContain(`"reason":"${reason}"`);
    expectType(await signInByPasskey(client, authenticator), 'Authenticated');
  });

  test('with the passkey of one user and the handle of another (T108)', async () => {
    const [ada, mallory] = [await userWithPasskey(), await userWithPasskey()];
    const userHandle = ada.authenticator.credentials[0]?.userHandle ?? '';
    const credentialId = ada.authenticator.credentials[0]?.id ?? '';
    for (const deviations of [{ userHandle }, { credentialId }, { userHandle, credentialId }])
      expectType(await signInByPasskey(app.client(), mallory.authenticator, deviations), 'ChallengeFailed');
  });

  test('if the challenge is unknown, used, expired, of another sign-in or of a registration (T108)', async () => {
    const { client, authenticator, accessToken } = await userWithPasskey();
    const begin = async () => expectType(await startLogin(client), 'PasskeyLogin');
    const reasonOf = async (challengeId: string, response: string) =>
      expectType(await finishLogin(client, challengeId, response), 'ChallengeFailed').reason;
    const [one, other] = [await begin(), await begin()];
    expect(await reasonOf(one.challengeId, authenticator.get(one.options, { challenge: 'A'.repeat(43) }))).toBe(
      'UNKNOWN',
    );
    expect(await reasonOf(other.challengeId, authenticator.get(one.options))).toBe('UNKNOWN');
    const { startRegistration } = await import('../../support/passkeys.ts');
    const registration = expectType(await startRegistration(client, accessToken), 'PasskeyRegistration');
    const signed = authenticator.get(JSON.stringify({ challenge: JSON.parse(registration.options).challenge }));
    expect(await reasonOf(registration.challengeId, signed)).toBe('UNKNOWN');
    const response = authenticator.get(one.options);
    expectType(await finishLogin(client, one.challengeId, response), 'Authenticated');
    expect(await reasonOf(one.challengeId, response)).toBe('ALREADY_USED');
    clock.advance(10 * 60_000);
    expect(await reasonOf(other.challengeId, authenticator.get(other.options))).toBe('EXPIRED');
  });

  test('once the passkey is removed, also if the sign-in was started before', async () => {
    const { client, authenticator, accessToken, passkey } = await userWithPasskey();
    const { challengeId, options } = expectType(await startLogin(client), 'PasskeyLogin');
    expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
    const outcome = await finishLogin(client, challengeId, authenticator.get(options));
    expect(expectType(outcome, 'ChallengeFailed').reason).toBe('PASSKEY_REJECTED');
  });

  test.each([
    ['no JSON', 'x'],
    ['another JSON value', 'null'],
    ['a registration', createAuthenticator().create(JSON.stringify({ challenge: 'AAAA', user: { id: 'AAAA' } }))],
    ['longer than any response', JSON.stringify('a'.repeat(40_000))],
  ])('as invalid input if the response is %s', async (_title, response) => {
    const client = app.client();
    const { challengeId } = expectType(await startLogin(client), 'PasskeyLogin');
    const { fields } = expectType(await finishLogin(client, challengeId, response), 'InvalidInput');
    expect(fields).toEqual([expect.objectContaining({ path: 'response', code: 'INVALID_FORMAT' })]);
  });

  test('without an error in the log if the signature or the data is garbage', async () => {
    const { authenticator } = await userWithPasskey();
    const client = app.client();
    for (const [field, value] of [
      ['signature', 'AAAA'],
      ['signature', 'MAYCAQACAQA'],
      ['authenticatorData', 'AAAA'],
      ['authenticatorData', Buffer.alloc(5000).toString('base64url')],
    ] as const) {
      const { challengeId, options } = expectType(await startLogin(client), 'PasskeyLogin');
      const response = JSON.parse(authenticator.get(options));
      response.response[field] = value;
      expectType(await finishLogin(client, challengeId, JSON.stringify(response)), 'ChallengeFailed');
    }
    expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

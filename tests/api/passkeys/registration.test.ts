import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passkeys } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { createAuthenticator, type Deviations } from '../../support/authenticator.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { addPasskey, finishRegistration, listPasskeys, startRegistration } from '../../support/passkeys.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ...WITHOUT_VERIFICATION, PRODUCT_NAME: 'Bozor' }, { clock });
});
afterAll(() => app.close());

const newUser = () => registerUser(app.client());

const start = async ({ client, accessToken }: Awaited<ReturnType<typeof newUser>>) => {
  const started = expectType(await startRegistration(client, accessToken), 'PasskeyRegistration');
  return { ...started, parsed: JSON.parse(started.options) };
};

describe('the options of a registration', () => {
  test('ask for a passkey that needs no user name, without attestation, and name the site and the user', async () => {
    const user = await newUser();
    const { parsed } = await start(user);
    expect(parsed).toMatchObject({
      rp: { id: 'localhost', name: 'Bozor' },
      user: { name: user.email, displayName: '' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
      excludeCredentials: [],
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
    });
    expect(parsed.challenge).toMatch(/^[\w-]{43}$/);
  });

  test('have a random user handle, the same for all passkeys of a user, also for two that are started at once', async () => {
    const user = await newUser();
    const [first, second] = [await start(user), await start(user)];
    const handle = first.parsed.user.id;
    expect(handle).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(handle, 'base64url').toString()).not.toContain(user.user.id);
    expect(second.parsed.user.id).toBe(handle);
    for (const { challengeId, options } of [first, second]) {
      const response = createAuthenticator().create(options);
      expectType(await finishRegistration(user.client, user.accessToken, { challengeId, response }), 'PasskeySaved');
    }
    clock.advance(5 * 60_000);
    expect((await start(user)).parsed.user.id).toBe(handle);
    expect((await start(await newUser())).parsed.user.id).not.toBe(handle);
  });

  test('exclude the passkeys that the user has', async () => {
    const user = await newUser();
    const { authenticator } = await addPasskey(user.client, user.accessToken);
    const { options, parsed } = await start(user);
    expect(parsed.excludeCredentials).toEqual([
      { type: 'public-key', id: authenticator.credentials[0]?.id, transports: ['internal', 'hybrid'] },
    ]);
    expect(() => authenticator.create(options)).toThrow('InvalidStateError');
  });
});

describe('a new passkey', () => {
  test('is listed, with the given name or that of the browser', async () => {
    const user = await registerUser(app.client({ headers: { 'user-agent': FIREFOX } }));
    await addPasskey(user.client, user.accessToken);
    await addPasskey(user.client, user.accessToken, {
      name: '  YubiKey\u00a05 ',
      deviations: { backupEligible: false },
    });
    const listed = await listPasskeys(user.client, user.accessToken);
    expect(listed).toEqual([
      expect.objectContaining({ name: 'Passkey (Firefox on Linux)', isSynced: true, lastUsedAt: null }),
      expect.objectContaining({ name: 'YubiKey\u00a05', isSynced: false, lastUsedAt: null }),
    ]);
  });

  test.each([
    ['x'.repeat(101), 'TOO_LONG'],
    ['a\u202eb', 'INVALID_FORMAT'],
  ])('cannot be named %j', async (name, code) => {
    const user = await newUser();
    const { challengeId, options } = await start(user);
    const response = createAuthenticator().create(options);
    const input = { challengeId, response, name };
    const { fields } = expectType(await finishRegistration(user.client, user.accessToken, input), 'InvalidInput');
    expect(fields).toEqual([expect.objectContaining({ path: 'name', code })]);
    expectType(await finishRegistration(user.client, user.accessToken, { challengeId, response }), 'PasskeySaved');
  });

  test('stores what the authenticator reported, and no attestation', async () => {
    const { client, accessToken, user } = await newUser();
    const { authenticator } = await addPasskey(client, accessToken, { deviations: { counter: 7, backedUp: false } });
    const [row] = await app.app.services.db.select().from(passkeys).where(eq(passkeys.userId, user.id));
    expect(row).toMatchObject({
      credentialId: authenticator.credentials[0]?.id,
      userHandle: authenticator.credentials[0]?.userHandle,
      signCount: 7,
      transports: ['internal', 'hybrid'],
      aaguid: '00000000-0000-0000-0000-000000000000',
      isBackupEligible: true,
      isBackedUp: false,
      removedAt: null,
    });
  });

  test('is saved whatever its attestation statement is: none is evaluated', async () => {
    const { client, accessToken } = await newUser();
    await addPasskey(client, accessToken, { deviations: { forgedStatement: true } });
    expect(await listPasskeys(client, accessToken)).toHaveLength(1);
  });

  test('is one of at most twenty', async () => {
    const user = await newUser();
    const waiting = await start(user);
    for (let count = 0; count < 20; count++) await addPasskey(user.client, user.accessToken);
    const refused = expectType(await startRegistration(user.client, user.accessToken), 'InvalidInput');
    expect(refused.fields).toEqual([expect.objectContaining({ path: 'passkeys', code: 'NOT_ALLOWED' })]);
    expect(refused.fields[0]?.message).toContain('20');
    const { challengeId, options } = waiting;
    const response = createAuthenticator().create(options);
    const late = await finishRegistration(user.client, user.accessToken, { challengeId, response });
    expect(expectType(late, 'InvalidInput').fields[0]?.message).toContain('20');
    expect(await listPasskeys(user.client, user.accessToken)).toHaveLength(20);
  });
});

describe('a registration is refused', () => {
  const attempt = async (deviations: Deviations) => {
    const user = await newUser();
    const { challengeId, options } = await start(user);
    const response = createAuthenticator().create(options, deviations);
    return { user, outcome: await finishRegistration(user.client, user.accessToken, { challengeId, response }) };
  };

  test.each<[string, Deviations]>([
    ['the origin is not ours', { origin: 'https://evil.example' }],
    ['the origin only begins like ours', { origin: 'http://localhost.evil.example' }],
    ['the origin is that of an unknown app', { origin: `android:apk-key-hash:${'A'.repeat(43)}` }],
    ['the RP ID is another', { rpId: 'example.com' }],
    ['it is a sign-in', { type: 'webauthn.get' }],
    ['the page is in a frame of another site', { crossOrigin: true }],
    ['the user was not present', { userPresent: false }],
  ])('if %s (T108)', async (_title, deviations) => {
    const { user, outcome } = await attempt(deviations);
    expect(expectType(outcome, 'ChallengeFailed').reason).toBe('PASSKEY_REJECTED');
    expect(await listPasskeys(user.client, user.accessToken)).toEqual([]);
  });

  test('if the challenge is unknown, used, expired or of another registration (T108)', async () => {
    const user = await newUser();
    const finish = (challengeId: string, response: string) =>
      finishRegistration(user.client, user.accessToken, { challengeId, response });
    const reasonOf = async (challengeId: string, response: string) =>
      expectType(await finish(challengeId, response), 'ChallengeFailed').reason;
    const [one, other] = [await start(user), await start(user)];
    const authenticator = createAuthenticator();
    expect(await reasonOf(one.challengeId, authenticator.create(one.options, { challenge: 'A'.repeat(43) }))).toBe(
      'UNKNOWN',
    );
    expect(await reasonOf(one.challengeId, authenticator.create(one.options, { challenge: 'short' }))).toBe('UNKNOWN');
    expect(await reasonOf(other.challengeId, authenticator.create(one.options))).toBe('UNKNOWN');
    const response = authenticator.create(one.options);
    expectType(await finish(one.challengeId, response), 'PasskeySaved');
    expect(await reasonOf(one.challengeId, response)).toBe('ALREADY_USED');
    clock.advance(10 * 60_000);
    expect(await reasonOf(other.challengeId, createAuthenticator().create(other.options))).toBe('EXPIRED');
  });

  test('if another user finishes it (T108)', async () => {
    const [ada, mallory] = [await newUser(), await newUser()];
    const { challengeId, options } = await start(ada);
    const input = { challengeId, response: createAuthenticator().create(options) };
    const stolen = await finishRegistration(mallory.client, mallory.accessToken, input);
    expect(expectType(stolen, 'ChallengeFailed').reason).toBe('UNKNOWN');
    expectType(await finishRegistration(ada.client, ada.accessToken, input), 'PasskeySaved');
  });

  test('if an account already has the passkey, its own or another one', async () => {
    const [ada, eve] = [await newUser(), await newUser()];
    const { authenticator } = await addPasskey(ada.client, ada.accessToken);
    const credentialId = authenticator.credentials[0]?.id ?? '';
    for (const user of [ada, eve]) {
      const { challengeId, options } = await start(user);
      const response = createAuthenticator().create(options, { credentialId });
      const outcome = await finishRegistration(user.client, user.accessToken, { challengeId, response });
      expect(expectType(outcome, 'ChallengeFailed').reason).toBe('PASSKEY_REJECTED');
    }
  });

  test.each([
    ['no JSON', 'x'],
    ['empty', ''],
    ['another JSON value', '[]'],
    ['without a response', '{"id":"YQ","rawId":"YQ","type":"public-key"}'],
    ['longer than any response', JSON.stringify({ id: 'a'.repeat(40_000) })],
    ['deeply nested', '['.repeat(30_000)],
  ])('as invalid input if the response is %s', async (_title, response) => {
    const user = await newUser();
    const { challengeId } = await start(user);
    const outcome = await finishRegistration(user.client, user.accessToken, { challengeId, response });
    expect(expectType(outcome, 'InvalidInput').fields).toEqual([
      expect.objectContaining({ path: 'response', code: 'INVALID_FORMAT' }),
    ]);
  });

  test('without an error in the log if the attestation object is garbage', async () => {
    const user = await newUser();
    for (const bytes of [
      '',
      'ff',
      'a0',
      'a363666d74646e6f6e65',
      '9f'.repeat(2000),
      'bb7fffffffffffffff',
      '5b7fffffffffffffff',
    ]) {
      const { challengeId, options } = await start(user);
      const response = JSON.parse(createAuthenticator().create(options));
      response.response.attestationObject = Buffer.from(bytes, 'hex').toString('base64url') || 'AA';
      const input = { challengeId, response: JSON.stringify(response) };
      const outcome = await finishRegistration(user.client, user.accessToken, input);
      expect(expectType(outcome, 'ChallengeFailed').reason, bytes).toBe('PASSKEY_REJECTED');
    }
    expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

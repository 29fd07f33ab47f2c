import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userHandleOf } from '../../src/features/transfer/formats/allauth-factors.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { expectType } from '../support/client.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { signInByPasskey } from '../support/passkeys.ts';
import { beginLogin, verifySecondFactor } from '../support/second-factors.ts';
import { PASSWORD_OF_HASH, QUICK_HASH } from '../support/transfer.ts';

// Debian's django-allauth has no allauth.mfa: these rows are as its version 65 writes them.

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m' });
});
afterAll(() => app.close());

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SEED = '0123456789abcdef'.repeat(5);
/** Of SEED, by allauth 65. */
const CODES = [
  '64942586',
  '03959085',
  '07990366',
  '16418492',
  '08962862',
  '26762693',
  '03257366',
  '85808163',
  '85026242',
  '60612046',
];
/** W3C, Web Authentication Level 3, section 16, "ES256 credential with no attestation". */
const ATTESTATION =
  'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikv6vDdDKViwYzYNOtZGHJxHNa5_jt1GWSpeDwFFKy5LVZAAAAAIRGzLmrHbN0dQsjZ_9vOh8AIPkfOR20ybL94OpwGJy6P7Y_V5umEiszrZT_PsMwCEvkpQECAyYgASFYIK_voW-XypstI-uGzLZAmNINuQhWBi6yScM6m2cvJt9hIlggkwpWuHovymYzSwNFir-HlxfBLMaO1zKQry4mZHlrkiA';

let made = 8_000;
const CREATED = '2025-03-01T10:00:00.123Z';
function userWith(...authenticators: readonly [type: string, data: unknown][]) {
  made += 1;
  const email = `allauth.${made}@django.example`;
  const fields = { password: QUICK_HASH, last_login: null, email };
  const rows = authenticators.map(([type, data], index) => ({
    model: 'mfa.authenticator',
    pk: made * 10 + index,
    fields: { user: made, type, data, created_at: CREATED, last_used_at: null },
  }));
  return { pk: made, email, text: JSON.stringify([{ model: 'auth.user', pk: made, fields }, ...rows]) };
}
const load = (text: string) => importText(app, text, { format: 'django', emailVerified: true });
const factorsOf = async (email: string) => (await exportedAccounts(app))[email]?.secondFactors;
const TOTP: [string, unknown] = ['totp', { secret: SECRET }];
const passkey = (attestationObject: string): [string, unknown] => [
  'webauthn',
  {
    name: 'Ada’s key',
    credential: { id: 'x', type: 'public-key', response: { attestationObject, transports: ['usb', 'nfc', 'x'] } },
  },
];

/** A passkey of the next user that `userWith` makes, and what allauth stores of it. */
function createRegistered() {
  const authenticator = createAuthenticator();
  const user = { id: Buffer.from((made + 1).toString(36)).toString('base64url') };
  return { authenticator, credential: JSON.parse(authenticator.create(JSON.stringify({ challenge: 'x', user }))) };
}

describe('from django-allauth', () => {
  test('an authenticator app is imported with its time, and is required from then on', async () => {
    const { email, text } = userWith(TOTP);
    expect(await load(text)).toMatchObject({ problems: [], notes: [], counts: { secondFactors: 1 } });
    expect(JSON.parse(JSON.stringify(await factorsOf(email)))).toEqual({
      required: true,
      totp: { secret: SECRET, algorithm: 'SHA1', digits: 6, period: 30, lastStep: 0, createdAt: CREATED },
    });
  });

  test('recovery codes of a seed are imported without those that were used (T109)', async () => {
    const { email, text } = userWith(TOTP, ['recovery_codes', { seed: SEED, used_mask: 0b10_0000_0001 }]);
    expect((await load(text)).problems).toEqual([]);
    expect(await factorsOf(email)).toMatchObject({ recoveryCodes: { digests: { length: 8 } } });
    const client = app.client();
    const answer = async (recoveryCode = '') => {
      const { challengeId } = await beginLogin(client, email, PASSWORD_OF_HASH);
      return verifySecondFactor(client, { challengeId, recoveryCode });
    };
    for (const code of [CODES[0], CODES[9]]) expect(await answer(code)).toMatchObject({ reason: 'WRONG_CODE' });
    for (const code of CODES.slice(1, 9)) expectType(await answer(code), 'Authenticated');
  });

  test('recovery codes that were migrated to it are imported', async () => {
    const { email, text } = userWith(TOTP, ['recovery_codes', { migrated_codes: ['abcd-efgh', 'ijkl-mnop'] }]);
    expect((await load(text)).problems).toEqual([]);
    expect(await factorsOf(email)).toMatchObject({ recoveryCodes: { digests: { length: 2 } } });
  });

  test('a passkey is imported with the user handle that its authenticator has', async () => {
    const { pk, email, text } = userWith(passkey(ATTESTATION));
    expect((await load(text)).problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(await factorsOf(email)))).toEqual({
      required: true,
      passkeys: [
        {
          credentialId: '-R85HbTJsv3g6nAYnLo_tj9Xm6YSKzOtlP8-wzAIS-Q',
          publicKey: expect.stringMatching(/^pQECAyYgASFYI/),
          userHandle: Buffer.from(pk.toString(36)).toString('base64url'),
          signCount: 0,
          transports: ['nfc', 'usb'],
          aaguid: '8446ccb9-ab1d-b374-750b-2367ff6f3a1f',
          isBackupEligible: true,
          isBackedUp: true,
          name: 'Ada’s key',
          createdAt: CREATED,
          lastUsedAt: null,
        },
      ],
    });
  });

  test('a passkey signs in here, and counts as both factors (T108)', async () => {
    const { authenticator, credential } = createRegistered();
    const { email, text } = userWith(['webauthn', { name: 'Laptop', credential }]);
    expect((await load(text)).problems).toEqual([]);
    const session = expectType(await signInByPasskey(app.client(), authenticator), 'Authenticated');
    expect(session.user).toMatchObject({ email });
    expect(decodeJwt(session.accessToken).amr).toContain('mfa');
  });

  test('the user handle of a passkey is the primary key as allauth writes it', () => {
    const handleOf = (owner: string) => Buffer.from(userHandleOf(owner), 'base64url').toString();
    expect(handleOf('8001')).toBe('669');
    expect(handleOf('789970f3-53d0-4c1f-9844-baeba9189bdd')).toBe('789970f353d04c1f9844baeba9189bdd');
    expect(handleOf('usr_1')).toBe('usr_1');
  });

  test('a passkey of a user who is named, not numbered, is left out and reported', async () => {
    const fields = { username: 'natural', password: QUICK_HASH, last_login: null, email: 'natural@django.example' };
    const [type, data] = passkey(ATTESTATION);
    const rows = [
      { model: 'auth.user', pk: 70_002, fields },
      { model: 'mfa.authenticator', pk: 1, fields: { user: ['natural'], type, data } },
    ];
    expect((await load(JSON.stringify(rows))).problems).toEqual([
      expect.stringContaining('passkey: dump without --natural-foreign'),
    ]);
  });

  test.each([
    ['authenticator app: its secret is encrypted, or not base32', ['totp', { secret: 'gAAAAABmX0==:x' }]],
    ['recovery codes: the seed is encrypted', ['recovery_codes', { seed: 'gAAAAABm', used_mask: 0 }]],
    ['recovery codes: it is not known which of them were used', ['recovery_codes', { seed: SEED }]],
    ['passkey: its attestation is encrypted, or cannot be read', passkey('o2Nm')],
    ['its data is encrypted, or not an object', ['totp', 'gAAAAABm']],
    ['of a type that is not known', ['carrier_pigeon', {}]],
  ] as [string, [string, unknown]][])('is left out and reported: %s', async (reason, authenticator) => {
    const { pk, text } = userWith(authenticator);
    const { problems, counts } = await load(text);
    expect(problems).toEqual([`2,${pk}0,secondFactors,${reason},left out`]);
    expect(counts).toMatchObject({ created: 1, secondFactors: 0 });
  });

  test('a passkey of another account rejects its row', async () => {
    const [first, second] = [userWith(passkey(ATTESTATION)), userWith(passkey(ATTESTATION))];
    await load(first.text);
    const { problems, counts } = await load(second.text);
    expect(problems).toEqual([`1,${second.pk},,the database rejected it,refused`]);
    expect(counts).toMatchObject({ created: 0, refused: 1 });
  });
});

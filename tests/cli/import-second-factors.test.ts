import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { lines } from '../support/other-systems/sample.ts';
import { beginLogin, TIME_STEP, verifySecondFactor } from '../support/second-factors.ts';
import { PASSWORD_OF_HASH, QUICK_HASH } from '../support/transfer.ts';

/** Stands still in the middle of a time step. */
let now = Math.floor(Date.now() / TIME_STEP) * TIME_STEP + TIME_STEP / 2;
const clock = { now: () => new Date(now) };
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m' }, { clock });
});
afterAll(() => app.close());

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // RFC 6238, appendix B.
const SECRET_HEX = Buffer.from('12345678901234567890').toString('hex');

const codeNow = (parameters: object = {}, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(SECRET), ...parameters }).generate({
    timestamp: clock.now().getTime() + steps * TIME_STEP,
  });

let made = 0;
/** Rows of a Django dump: a user, and what the others say about the user. */
function djangoUser(...others: readonly [model: string, fields: object, pk?: number][]) {
  made += 1;
  const email = `factor.${made}@django.example`;
  const fields = { password: QUICK_HASH, last_login: null, email, date_joined: '2024-05-31T09:00:00Z' };
  const rows = others.map(([model, fields, pk = made], index) => ({
    model,
    pk: model === 'otp_static.statictoken' ? made * 100 + index : pk,
    fields: model === 'otp_static.statictoken' ? { device: made, ...fields } : { user: made, ...fields },
  }));
  return { email, key: String(made), text: JSON.stringify([{ model: 'auth.user', pk: made, fields }, ...rows]) };
}
const importDjango = (text: string) => importText(app, text, { format: 'django', emailVerified: true });

const DEVICE = { key: SECRET_HEX, step: 30, t0: 0, digits: 6, tolerance: 1, drift: 0, last_t: -1, confirmed: true };
const device = (changes: object = {}): [string, object] => ['otp_totp.totpdevice', { ...DEVICE, ...changes }];

async function signIn(email: string, answer: { totp: string } | { recoveryCode: string }) {
  const client = app.client();
  const { challengeId } = await beginLogin(client, email, PASSWORD_OF_HASH);
  return verifySecondFactor(client, { challengeId, ...answer });
}
const factorsOf = async (email: string) => (await exportedAccounts(app))[email]?.secondFactors;

describe('from django-otp', () => {
  test('an authenticator app signs in with its code, and the password alone does not (T107)', async () => {
    const { email, text } = djangoUser(device());
    expect(await importDjango(text)).toMatchObject({
      problems: [],
      notes: [],
      counts: { created: 1, secondFactors: 1 },
    });
    expectType(await signIn(email, { totp: codeNow() }), 'Authenticated');
    expect(await signIn(email, { totp: codeNow() })).toMatchObject({ reason: 'ALREADY_USED' });
  });

  test('digits and period are kept', async () => {
    const { email, text } = djangoUser(device({ digits: 8, step: 60 }));
    await importDjango(text);
    expectType(await signIn(email, { totp: codeNow({ digits: 8, period: 60 }) }), 'Authenticated');
  });

  test('a code that Django has accepted is not accepted again, and the next one is (T107)', async () => {
    const step = Math.floor(clock.now().getTime() / TIME_STEP);
    const { email, text } = djangoUser(device({ last_t: step }));
    await importDjango(text);
    expect(await signIn(email, { totp: codeNow() })).toMatchObject({ reason: 'ALREADY_USED' });
    expectType(await signIn(email, { totp: codeNow({}, 1) }), 'Authenticated');
  });

  test('a time step in the future does not lock the user out', async () => {
    const { email, text } = djangoUser(device({ last_t: 2_000_000_000 }));
    await importDjango(text);
    now += 2 * TIME_STEP;
    expectType(await signIn(email, { totp: codeNow() }), 'Authenticated');
  });

  test.each([
    ['not confirmed: the user never entered a code', { confirmed: false }],
    ['authenticator app: its key is encrypted, or not hexadecimal', { key: 'gAAAAABl' }],
    ['authenticator app: its secret does not have 8 to 128 bytes', { key: 'abcdef' }],
    ['authenticator app: its time steps do not start in 1970 (t0)', { t0: 15 }],
    ['authenticator app: its clock is wrong by more than a time step (drift)', { drift: -4 }],
    ['authenticator app: its codes do not have 6 to 8 digits', { digits: 10 }],
    ['authenticator app: its period is not 15 to 120 seconds', { step: 5 }],
  ])('is left out and reported: %s', async (reason, changes) => {
    const { email, key, text } = djangoUser(device(changes));
    const { problems, counts } = await importDjango(text);
    expect(problems).toEqual([`2,${key},secondFactors,${reason},left out`]);
    expect(counts).toMatchObject({ created: 1, secondFactors: 0 });
    expectType(await login(app.client(), email, PASSWORD_OF_HASH), 'Authenticated');
  });

  test('of two apps, the one that was used last is imported, and the other is reported', async () => {
    const other = device({ key: 'ab'.repeat(20), last_t: 5 });
    const { email, key, text } = djangoUser(device({ last_t: 9 }), other);
    expect((await importDjango(text)).problems).toEqual([
      `3,${key},secondFactors,authenticator app: the user has another one, which was used later,left out`,
    ]);
    expect(await factorsOf(email)).toMatchObject({ totp: { secret: SECRET } });
  });

  test('static tokens become recovery codes, each of which works once (T109)', async () => {
    const tokens = ['xfkfyzsc', 'ab-CD 12-34', 'вОда1234'].map((token): [string, object] => [
      'otp_static.statictoken',
      { token },
    ]);
    const { email, text } = djangoUser(
      device(),
      ['otp_static.staticdevice', { name: 'backup', confirmed: true }],
      ...tokens,
    );
    expect((await importDjango(text)).problems).toEqual([]);
    for (const recoveryCode of ['XFKFYZSC', 'abcd-1234', 'вОда1234']) {
      expectType(await signIn(email, { recoveryCode }), 'Authenticated');
      expect(await signIn(email, { recoveryCode })).toMatchObject({ __typename: 'ChallengeFailed' });
    }
  });

  test('recovery codes alone do not require a second factor', async () => {
    const { email, text } = djangoUser(
      ['otp_static.staticdevice', { confirmed: true }],
      ['otp_static.statictoken', { token: 'abcdefgh' }],
    );
    await importDjango(text);
    expectType(await login(app.client(), email, PASSWORD_OF_HASH), 'Authenticated');
    expect(await factorsOf(email)).toMatchObject({ required: false, recoveryCodes: { digests: [expect.any(String)] } });
  });

  test('tokens that can be guessed because they are short, of an unconfirmed device, or of no device are reported (T109)', async () => {
    const { key, text } = djangoUser(
      ['otp_static.staticdevice', { confirmed: true }],
      ['otp_static.statictoken', { token: '123-4567' }],
      ['otp_static.statictoken', { token: 'abcdefgh', device: 999_999 }],
    );
    const [short, lost] = [Number(key) * 100 + 1, Number(key) * 100 + 2];
    expect((await importDjango(text)).problems).toEqual([
      `3,${short},secondFactors,recovery codes: not a list of 8 to 64 characters each, at most 100,left out`,
      `4,${lost},secondFactors,its user is not in the file,left out`,
    ]);
  });

  test('rows that refer to users by name are understood', async () => {
    const name = 'ada-by-name';
    const fields = { username: name, password: QUICK_HASH, last_login: null, email: `${name}@django.example` };
    const rows = [
      { model: 'auth.user', pk: 70_001, fields },
      { model: 'otp_totp.totpdevice', pk: 1, fields: { ...DEVICE, user: [name] } },
    ];
    expect((await importDjango(JSON.stringify(rows))).problems).toEqual([]);
    expectType(await signIn(fields.email, { totp: codeNow() }), 'Authenticated');
  });
});

describe('an import of second factors', () => {
  test('again changes nothing, also after a code was used', async () => {
    const { email, text } = djangoUser(device());
    await importDjango(text);
    expectType(await signIn(email, { totp: codeNow() }), 'Authenticated');
    const before = await factorsOf(email);
    expect(await importDjango(text)).toMatchObject({
      problems: [],
      counts: { created: 0, present: 1, secondFactors: 0 },
    });
    expect(await factorsOf(email)).toEqual(before);
  });

  test('adds none to an account that existed before, and reports it', async () => {
    const { email, key, text } = djangoUser(device());
    const user = JSON.parse(text).slice(0, 1);
    await importDjango(JSON.stringify(user));
    expect((await importDjango(text)).problems).toEqual([
      `1,${key},secondFactors,the account existed already: its owner can set them up,left out`,
    ]);
    expect(await factorsOf(email)).toBeUndefined();
  });

  test('of a file that is not ours rejects nothing but the factors', async () => {
    const content = lines({ email: 'odd@factors.example', secondFactors: ['x'] }, { email: 'fine@factors.example' });
    const { problems, counts } = await importText(app, content);
    expect(problems).toEqual([
      '1,,secondFactors,not an object with totp, recoveryCodes and passkeys. --map secondFactors= ignores it,left out',
    ]);
    expect(counts).toMatchObject({ created: 2 });
    const ignored = await importText(app, lines({ email: 'ignored@factors.example', secondFactors: ['x'] }), {
      columns: { secondFactors: '' },
    });
    expect(ignored.problems).toEqual([]);
  });
});

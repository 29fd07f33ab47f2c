import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import {
  createUser,
  listUsers,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { receiveCode, requestOtp, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';

// Numbers as people write and paste them. Cases from public reports: WooCommerce 58000, Signal-Android 11630,
// verbb/hyper 86, intl-tel-input 2105, nyaruka/phonenumbers 227.

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const inDigits = (zero: number) => (phone: string) =>
  phone.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

const SPELLINGS: [string, (phone: string) => string][] = [
  ['between directional marks', (phone) => `\u202a${phone}\u202c`],
  ['between isolates', (phone) => `\u2068${phone}\u2069`],
  ['with non-breaking hyphens', (phone) => phone.replace(/(\d{2})(\d{2})$/, '\u2011$1\u2011$2')],
  ['with narrow spaces', (phone) => phone.replace(/(\d{2})(\d{2})$/, '\u202f$1\u202f$2')],
  ['with a zero-width space', (phone) => `${phone.slice(0, 4)}\u200b${phone.slice(4)}`],
  ['in Arabic digits', inDigits(0x0660)],
  ['in full width', (phone) => inDigits(0xff10)(phone).replace('+', '\uff0b')],
  ['with the zero of national calls', (phone) => phone.replace('+998', '+998 (0) ')],
  ['as a link', (phone) => `tel:${phone}`],
];

describe.each(SPELLINGS)('a number %s', (_, spell) => {
  test('is the same account when signing up, signing in, resetting and searching', async () => {
    const { phone, user } = await signUpByPhone(app, { password: PASSWORD });
    const client = app.client();
    expect(expectType(await login(client, spell(phone), PASSWORD), 'Authenticated').user).toMatchObject({
      id: user.id,
      phone,
    });
    expectType(await requestOtp(client, { phone: spell(phone) }), 'Challenge');
    expect((await app.mail(phone, 2)).length).toBe(2);
    const reset = await client.request(RequestPasswordResetDocument, { input: { identifier: spell(phone) } });
    expectType(reset.requestPasswordReset, 'Challenge');
    expect((await app.mail(phone, 3))[0]?.kind).toBe('reset-password');
    const found = await listUsers(admin, { filter: { search: spell(phone) } });
    expect(found.edges.map(({ node }) => node.id)).toEqual([user.id]);
  });

  test('is stored in E.164 by registerEmail, createUser and updateUser', async () => {
    const [phone, other] = [uniquePhone(), uniquePhone()];
    const email = uniqueEmail();
    const created = expectType(await createUser(admin, { email, phone: spell(phone) }), 'AdminUser').user;
    expect(created.phone).toBe(phone);
    expectType(await updateUser(admin, created.id, { phone: spell(other), phoneVerified: true }), 'AdminUser');
    expect(await showUser(admin, created.id)).toMatchObject({ phone: other, phoneVerified: true });
    const taken = await createUser(admin, { email: uniqueEmail(), phone: spell(other), phoneVerified: true });
    expectType(taken, 'PhoneTaken');
    const input = { email: uniqueEmail(), password: PASSWORD, phone: spell(uniquePhone()) };
    expectType(await register(app.client(), input), 'Challenge');
  });
});

describe('a number of a range that is newer than the metadata', () => {
  const NEW = '+1 436 555 0123';
  const [NUMBER, RANGE] = ['+14365550123', '+1436555'];

  test('gets a code, with one line in the log that does not contain it', async () => {
    const { user } = await signUpByPhone(app, { phone: NUMBER });
    expect(user.phone).toBe(NUMBER);
    expectType(await requestOtp(app.client(), { phone: NEW }), 'Challenge');
    const lines = app.logged.filter((line) => line.includes('newer than the numbering data'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', country: 'US', range: RANGE });
    expect(app.logged.join()).not.toContain(NUMBER);
  });

  test('is refused with PHONE_VALIDATION=strict', async () => {
    const strict = await startApp({ PHONE_VALIDATION: 'strict' });
    const client = strict.client();
    const malformed = { fields: [{ path: 'phone', code: 'INVALID_FORMAT' }] };
    expect(await requestOtp(client, { phone: NEW })).toMatchObject(malformed);
    const input = { email: uniqueEmail(), password: PASSWORD, phone: NEW };
    expect(await register(client, input)).toMatchObject(malformed);
    expectType(await login(client, NEW, PASSWORD), 'InvalidInput');
    expectType(await requestOtp(client, { phone: uniquePhone() }), 'Challenge');
    await strict.close();
  });

  test('is sent to only if its country is served', async () => {
    const served = await startApp({ SMS_COUNTRIES: 'US' });
    expectType(await requestOtp(served.client(), { phone: NEW }), 'Challenge');
    expectType(await requestOtp(served.client(), { phone: '+998123456789' }), 'SmsUnavailable');
    await served.close();
  });
});

describe('a number that gets no text messages', () => {
  const TOLL_FREE = '+1 800 234 5678';

  test('is told apart from a malformed one (T52)', async () => {
    const client = app.client();
    const refused = {
      __typename: 'InvalidInput',
      fields: [{ path: 'phone', code: 'NOT_ALLOWED', message: expect.stringContaining('cannot get text messages') }],
    };
    expect(await requestOtp(client, { phone: TOLL_FREE })).toMatchObject(refused);
    expect(await register(client, { email: uniqueEmail(), password: PASSWORD, phone: TOLL_FREE })).toMatchObject(
      refused,
    );
    expect(await createUser(admin, { email: uniqueEmail(), phone: TOLL_FREE })).toMatchObject(refused);
    const reset = await client.request(RequestPasswordResetDocument, { input: { identifier: TOLL_FREE } });
    expect(reset.requestPasswordReset).toMatchObject({ fields: [{ path: 'identifier', code: 'NOT_ALLOWED' }] });
    const malformed = await requestOtp(client, { phone: '+1 202 555' });
    expect(malformed).toMatchObject({ fields: [{ path: 'phone', code: 'INVALID_FORMAT' }] });
  });
});

test('an unverified number of an account does not sign in: a code creates another account', async () => {
  const phone = uniquePhone();
  const created = await createUser(admin, { email: uniqueEmail(), phone });
  const first = expectType(created, 'AdminUser').user;
  const second = await signUpByPhone(app, { phone });
  expect(second.user.id).not.toBe(first.id);
});

test('after a sign-up with a number, a code for VERIFY with the token keeps one account', async () => {
  const { client, accessToken: token, user } = await signUp(app);
  const phone = uniquePhone();
  expectType(await verifyNumber(app, client, token, phone), 'PhoneVerified');
  const { submission } = await receiveCode(app, client, { phone });
  expect(submission.code).toMatch(/^\d{6}$/);
  expect(await me(client, token)).toMatchObject({ id: user.id, phone, phoneVerified: true });
});

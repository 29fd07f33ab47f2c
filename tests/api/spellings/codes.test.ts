import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfirmEmailChangeDocument, ResetPasswordDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { confirmEmailOtp, receiveSignInMail } from '../../support/email-sign-in.ts';
import { beginSignUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, uniquePhone } from '../../support/phones.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// Codes as people type and paste them. Cases from public reports: FirebaseUI-iOS 430 and 790, react-otp-input 338 and 440.

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

const inDigits = (zero: number) => (code: string) =>
  [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

const SPELLINGS: Record<string, (code: string) => string> = {
  'in Persian digits': inDigits(0x06f0),
  'in Arabic digits': inDigits(0x0660),
  'in full width': inDigits(0xff10),
  'with a zero-width space': (code) => `${code}\u200b`,
  'with a directional mark': (code) => `\u200e${code}`,
  'with an en dash': (code) => `${code.slice(0, 3)}\u2013${code.slice(3)}`,
  'with a full stop': (code) => `${code}.`,
  'in its sentence': (code) => `Your code is ${code}.`,
  'in a message with a support number': (code) => `Shop 24: ${code} is your code. Questions: +1 800 555 0199`,
};

test.each(Object.entries(SPELLINGS))(
  'a code %s signs in by phone and by email, and verifies an address',
  async (_, spell) => {
    const client = app.client();
    const { submission } = await receiveCode(app, client, { phone: uniquePhone() });
    expectType(await confirmOtp(client, { ...submission, code: spell(submission.code) }), 'Authenticated');
    const { byCode } = await receiveSignInMail(app, client, { email: uniqueEmail() });
    expectType(await confirmEmailOtp(client, { ...byCode, code: spell(byCode.code) }), 'Authenticated');
    const { challenge, code } = await beginSignUp(app, client);
    expectType(await verify(client, { challengeId: challenge.id, code: spell(code) }), 'Authenticated');
  },
);

describe('a code without six digits', () => {
  const NO_CODES = ['12345', '1234567', 'O12345', '—', 'my code', ' ', '012 345 678', '+1 202 555 0123'];
  const REFUSED = { __typename: 'InvalidInput', fields: [{ path: 'code', code: 'INVALID_FORMAT' }] };

  test('is invalid input and uses up no guess of a sign-in by phone', async () => {
    const client = app.client();
    const { submission } = await receiveCode(app, client, { phone: uniquePhone() });
    for (const code of NO_CODES) expect(await confirmOtp(client, { ...submission, code })).toMatchObject(REFUSED);
    const wrong = await confirmOtp(client, { ...submission, code: wrongCodeFor(submission.code) });
    expect(wrong).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining: 2 });
    expectType(await confirmOtp(client, submission), 'Authenticated');
  });

  test('is invalid input and uses up no guess of a sign-up by email', async () => {
    const client = app.client();
    const { challenge, code } = await beginSignUp(app, client);
    const challengeId = challenge.id;
    for (const typed of NO_CODES) expect(await verify(client, { challengeId, code: typed })).toMatchObject(REFUSED);
    expect(await verify(client, { challengeId, code: wrongCodeFor(code) })).toMatchObject({ attemptsRemaining: 2 });
    expectType(await verify(client, { challengeId, code }), 'Authenticated');
  });

  test('is invalid input for a challenge that does not exist, and wherever a code is taken', async () => {
    const client = app.client();
    const input = { challengeId: '0199f0d5-0000-7000-8000-000000000000', code: '12345' };
    expect(await confirmOtp(client, input)).toMatchObject(REFUSED);
    expect(await confirmEmailOtp(client, input)).toMatchObject(REFUSED);
    const reset = await client.request(ResetPasswordDocument, {
      input: { ...input, newPassword: 'nine-cedar-owls-sketching' },
    });
    expect(reset.resetPassword).toMatchObject(REFUSED);
    expect((await client.request(ConfirmEmailChangeDocument, { input })).confirmEmailChange).toMatchObject(REFUSED);
  });
});

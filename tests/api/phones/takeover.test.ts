import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import { DAY } from '../../../src/core/clock.ts';
import type { SmsSender } from '../../../src/infra/sms/sms-sender.ts';
import {
  changePassword,
  confirmEmailChange,
  deleteAccount,
  resetPasswordByLink,
  type SignedInUser,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { confirmOtp, receiveCode, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Numbers added by an attacker, and numbers of deleted accounts.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

/** Returns the undo token from the notice. */
async function changeEmail(person: SignedInUser): Promise<string> {
  const { token } = await startEmailChange(app, person);
  expectType(await confirmEmailChange(app.client(), { token }), 'EmailChanged');
  return tokenFromLink((await waitForMessage(app, person.email, 'email-changed')).link);
}

const readPhone = (id: string) =>
  rows<{ phone: string | null }>(app.app.services.db, sql`select phone from users where id = ${id}`);

test('undoing an address change removes a number added just before, and keeps an older one (T54)', async () => {
  const victim = await signUp(app);
  const phone = uniquePhone();
  expectType(await verifyNumber(app, victim.client, victim.accessToken, phone), 'PhoneVerified');
  const undo = await changeEmail(victim);
  expect((await submitPage(app, '/undo-email-change', undo)).status).toBe(200);
  expect(await readPhone(victim.user.id)).toEqual([{ phone: null }]);
  expect(await signUpByPhone(app, { phone })).toMatchObject({ isNewUser: true });

  const careful = await signUp(app);
  const own = uniquePhone();
  expectType(await verifyNumber(app, careful.client, careful.accessToken, own), 'PhoneVerified');
  clock.advance(3 * DAY + 1000);
  const { accessToken } = expectType(await login(app.client(), careful.email, PASSWORD), 'Authenticated');
  expect((await submitPage(app, '/undo-email-change', await changeEmail({ ...careful, accessToken }))).status).toBe(
    200,
  );
  expect(await readPhone(careful.user.id)).toEqual([{ phone: own }]);
});

test('“this wasn’t me” in any notice removes a number added after it, and keeps an older one (T54)', async () => {
  for (const isBefore of [true, false]) {
    const { client, email, user, accessToken: token } = await signUp(app);
    const phone = uniquePhone();
    if (isBefore) await verifyNumber(app, client, token, phone);
    clock.advance(1000);
    await login(app.client(), email, PASSWORD, { headers: { 'user-agent': 'Lynx/2.8.9' } });
    clock.advance(1000);
    if (!isBefore) await verifyNumber(app, client, token, phone);
    const notice = await waitForMessage(app, email, 'new-device');
    expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
    expect(await readPhone(user.id)).toEqual([{ phone: isBefore ? phone : null }]);
  }
});

test('a pending number is cancelled by a reset, a password change, an undo and “this wasn’t me” (T61)', async () => {
  const ends: Record<string, (person: SignedInUser, undo: string) => Promise<unknown>> = {
    reset: ({ email }) => resetPasswordByLink(app, email, NEW_PASSWORD),
    change: (person) => changePassword(person, NEW_PASSWORD),
    undo: (_, undo) => submitPage(app, '/undo-email-change', undo),
    notMe: async ({ email }) =>
      submitPage(app, '/not-me', tokenFromLink((await waitForMessage(app, email, 'new-device')).link)),
  };
  for (const [name, end] of Object.entries(ends)) {
    const ada = await signUp(app);
    await login(app.client(), ada.email, PASSWORD, { headers: { 'user-agent': 'Lynx/2.8.9' } });
    const undo = name === 'undo' ? await changeEmail(ada) : '';
    const input = { phone: uniquePhone(), purpose: 'VERIFY' as const };
    const { submission } = await receiveCode(app, ada.client, input, { token: ada.accessToken });
    await end(ada, undo);
    if (name === 'undo' || name === 'notMe') await resetPasswordByLink(app, ada.email, NEW_PASSWORD);
    const { accessToken: token } = expectType(await login(app.client(), ada.email, NEW_PASSWORD), 'Authenticated');
    expectType(await confirmOtp(app.client(), submission, { token }), 'ChallengeFailed');
    expect(await me(app.client(), token)).toMatchObject({ phone: null });
  }
});

test('a sign-in by SMS from a new device is notified to the address once', async () => {
  const { client, email, accessToken } = await signUp(app);
  const phone = uniquePhone();
  await verifyNumber(app, client, accessToken, phone);
  for (let time = 0; time < 2; time++) {
    const otherDevice = app.client({ headers: { 'user-agent': 'Lynx/2.8.9' } });
    expectType(
      await confirmOtp(otherDevice, (await receiveCode(app, otherDevice, { phone })).submission),
      'Authenticated',
    );
  }
  expect((await waitForMessage(app, email, 'new-device')).link).toContain('/not-me?token=');
  const found = await rows(
    app.app.services.db,
    sql`select id from challenges where subject = ${email} and purpose = 'NOT_ME' and payload = '{}'`,
  );
  expect(found).toHaveLength(1);
});

test('messages to a number that wait to be sent are discarded when its account is deleted', async () => {
  let isThere = true;
  const sms: SmsSender = {
    send: async () => (isThere ? { outcome: 'sent' } : { outcome: 'unavailable', error: 'not yet' }),
    verify: async () => ({ outcome: 'sent' }),
    close: async () => {},
  };
  const unavailable = await startApp({ OTP_RESEND_COOLDOWN: '0s' }, { sms });
  try {
    const [ada, other] = [
      await signUpByPhone(unavailable, { password: PASSWORD }),
      await signUpByPhone(unavailable, { password: PASSWORD }),
    ];
    isThere = false;
    for (const { phone } of [ada, other])
      await unavailable.client().request(RequestPasswordResetDocument, { input: { identifier: phone } });
    expect(await deleteAccount({ ...ada, email: '' })).toMatchObject({ __typename: 'AccountDeleted' });
    const states = await rows(
      unavailable.app.services.db,
      sql`select kind, state, sealed is null as gone from outbox where kind <> 'otp' order by id`,
    );
    expect(states).toEqual([
      { kind: 'reset-password', state: 'discarded', gone: true },
      { kind: 'reset-password', state: 'pending', gone: false },
      { kind: 'account-deleted', state: 'pending', gone: false },
    ]);
  } finally {
    await unavailable.close();
  }
});

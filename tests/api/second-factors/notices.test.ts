import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MeDocument } from '../../../schema/generated/graphql.ts';
import { DAY, HOUR } from '../../../src/core/clock.ts';
import {
  changePassword,
  confirmEmailChange,
  resetPasswordByLink,
  type SignedInUser,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { signUpByPhone, uniquePhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import {
  beginLogin,
  disableTotp,
  enroll,
  regenerateCodes,
  requireSecondFactor,
  signUpWithTotp,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { tokenFromLink } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m', OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

/** Signs in with both factors. */
async function signInAda(email: string, totp: string, password = PASSWORD): Promise<SignedInUser> {
  const client = app.client();
  const { challengeId } = await beginLogin(client, email, password);
  const session = expectType(await verifySecondFactor(client, { challengeId, totp }), 'Authenticated');
  return { email, client, accessToken: session.accessToken };
}

/** The changes in each notice, newest first. */
const noticesTo = async (email: string, wanted: number) => {
  const isFactorNotice = ({ kind }: { kind: string }) => kind === 'factor-changed';
  await expect.poll(async () => (await app.mail(email)).filter(isFactorNotice).length).toBe(wanted);
  return (await app.mail(email)).filter(isFactorNotice);
};

const openLink = async (link: string | null | undefined) =>
  expect((await submitPage(app, '/not-me', tokenFromLink(link ?? ''))).status).toBe(200);

const factorsOf = (userId: string) =>
  rows(app.app.services.db, sql`select removed_at is null as kept from totp_factors where user_id = ${userId}`);

/** Also replaced ones. */
const countCodes = async (userId: string) =>
  (await rows(app.app.services.db, sql`select from recovery_codes where user_id = ${userId}`)).length;

describe('every change of the factors', () => {
  test('is announced to the owner (T100)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    const [added] = await noticesTo(ada.email, 1);
    expect(added?.text).toMatch(
      /An authenticator app was added[\s\S]*now required[\s\S]*New recovery codes were created/,
    );
    clock.advance(TIME_STEP);
    const session = await signInAda(ada.email, ada.authenticator.code(clock.now()));
    await regenerateCodes(session);
    expect((await noticesTo(ada.email, 2))[0]?.text).toContain('New recovery codes were created');
    await requireSecondFactor(session, false);
    expect((await noticesTo(ada.email, 3))[0]?.text).toContain('no longer required');
    await requireSecondFactor(session, true);
    await noticesTo(ada.email, 4);
    await disableTotp(session);
    expect((await noticesTo(ada.email, 5))[0]?.text).toMatch(/app was removed[\s\S]*no longer required/);
    await requireSecondFactor(session, false);
    await noticesTo(ada.email, 5);
  });

  test('is announced by text message to an account without an address (T100)', async () => {
    const phone = uniquePhone();
    await enroll({ email: '', ...(await signUpByPhone(app, { phone })) }, clock.now());
    await expect.poll(async () => (await app.mail(phone, 2)).map(({ kind }) => kind)).toContain('factor-changed');
  });

  test('is recorded (T90)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    const events = sql`select outcome from audit_events where user_id = ${ada.user.id} and type = 'second-factor' order by id`;
    expect(await rows(app.app.services.db, events)).toEqual([
      { outcome: 'totp-added' },
      { outcome: 'second-factor-required' },
      { outcome: 'recovery-codes-created' },
    ]);
  });
});

describe('“this wasn’t me”', () => {
  test('removes an app that was added, its recovery codes, and the requirement (T100)', async () => {
    const ada = await signUp(app);
    await enroll(ada, clock.now());
    const [notice] = await noticesTo(ada.email, 1);
    await openLink(notice?.link);
    expect(await factorsOf(ada.user.id)).toEqual([]);
    const session = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    const { me } = await app.client().request(MeDocument, undefined, { token: session.accessToken });
    expect(me).toMatchObject({ secondFactorRequired: false, totpEnabled: false, recoveryCodesRemaining: 0 });
  });

  test('restores an app that was removed or replaced, and requires it again (T100)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    await noticesTo(ada.email, 1);
    clock.advance(DAY);
    const eve = await signInAda(ada.email, ada.authenticator.code(clock.now()));
    await disableTotp(eve);
    const [removal] = await noticesTo(ada.email, 2);
    clock.advance(TIME_STEP);
    await enroll(eve, clock.now());
    await noticesTo(ada.email, 3);
    await openLink(removal?.link);
    expect(await factorsOf(ada.user.id)).toEqual([{ kept: true }]);
    clock.advance(TIME_STEP);
    await signInAda(ada.email, ada.authenticator.code(clock.now()));
  });

  test('restores recovery codes that were replaced, and removes the new ones (T100)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    clock.advance(DAY);
    const eve = await signInAda(ada.email, ada.authenticator.code(clock.now()));
    const { recoveryCodes: stolen } = expectType(await regenerateCodes(eve), 'SecondFactorChanged');
    const answer = async (recoveryCode = '') => {
      const { challengeId } = await beginLogin(app.client(), ada.email);
      return (await verifySecondFactor(app.client(), { challengeId, recoveryCode })).__typename;
    };
    expect(await answer(ada.recoveryCodes[0])).toBe('ChallengeFailed');
    const [notice] = await noticesTo(ada.email, 2);
    await openLink(notice?.link);
    expect(await answer(stolen?.[0])).toBe('ChallengeFailed');
    expect(await answer(ada.recoveryCodes[0])).toBe('Authenticated');
  });

  test('turns the requirement on again (T100)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    clock.advance(DAY);
    await requireSecondFactor(await signInAda(ada.email, ada.authenticator.code(clock.now())), false);
    const [notice] = await noticesTo(ada.email, 2);
    await openLink(notice?.link);
    await beginLogin(app.client(), ada.email);
  });

  test('in another notice leaves factors from before it (T100)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    clock.advance(DAY);
    const session = await signInAda(ada.email, ada.authenticator.code(clock.now()));
    expectType(await changePassword(session, NEW_PASSWORD), 'PasswordChanged');
    await openLink((await waitForMessage(app, ada.email, 'password-changed')).link);
    clock.advance(TIME_STEP);
    await signInAda(ada.email, ada.authenticator.code(clock.now()), NEW_PASSWORD);
  });
});

describe('the link that undoes a change of address', () => {
  test('removes an app that was added with the change (T100)', async () => {
    const ada = await signUp(app);
    const { newEmail, ...answer } = await startEmailChange(app, ada);
    expectType(await confirmEmailChange(app.client(), { token: answer.token }), 'EmailChanged');
    await enroll(ada, clock.now());
    const { link } = await waitForMessage(app, ada.email, 'email-changed');
    expect((await submitPage(app, '/undo-email-change', tokenFromLink(link ?? ''))).status).toBe(200);
    expect(await factorsOf(ada.user.id)).toEqual([]);
    expectType(await resetPasswordByLink(app, ada.email, NEW_PASSWORD), 'PasswordChanged');
    expectType(await login(app.client(), ada.email, NEW_PASSWORD), 'Authenticated');
  });
});

describe('a password reset', () => {
  test('removes no factor, and neither does the link in its notice, which lists recent ones (T59, T100)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    clock.advance(DAY);
    expectType(await resetPasswordByLink(app, ada.email, NEW_PASSWORD), 'PasswordChanged');
    await beginLogin(app.client(), ada.email, NEW_PASSWORD);
    const notice = await waitForMessage(app, ada.email, 'password-changed');
    expect(notice.text).toContain('Second factor added in the last 30 days: An authenticator app was added');
    await openLink(notice.link);
    clock.advance(TIME_STEP);
    await signInAda(ada.email, ada.authenticator.code(clock.now()), NEW_PASSWORD);
  });
});

test('what was removed or replaced is deleted once no notice can restore it', async () => {
  const ada = await signUpWithTotp(app, clock.now());
  await regenerateCodes(ada);
  await disableTotp(ada);
  clock.advance(3 * DAY - HOUR);
  await app.app.prune();
  expect(await factorsOf(ada.user.id)).toEqual([{ kept: false }]);
  expect(await countCodes(ada.user.id)).toBe(20);
  clock.advance(2 * HOUR);
  await app.app.prune();
  expect(await factorsOf(ada.user.id)).toEqual([]);
  expect(await countCodes(ada.user.id)).toBe(10);
});

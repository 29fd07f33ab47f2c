import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  changePassword,
  confirmEmailChange,
  resetPasswordByLink,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { confirmEmailOtp, receiveSignInMail } from '../../support/email-sign-in.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Which account changes withdraw a pending sign-in by email; see docs/security.md, "What a change invalidates".

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

type Ada = Awaited<ReturnType<typeof signUp>>;
const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

async function changeEmail(ada: Ada) {
  const { challengeId, code } = await startEmailChange(app, ada);
  expectType(await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken), 'EmailChanged');
}

/** Presses the button of a notice. */
async function press(ada: Ada, kind: string, page: string) {
  const token = tokenFromLink((await waitForMessage(app, ada.email, kind)).link);
  expect((await submitPage(app, page, token)).status).toBe(200);
}

const update = async ({ user }: Ada, input: Parameters<typeof updateUser>[2]) =>
  expectType(await updateUser(admin, user.id, input), 'AdminUser');

const WITHDRAWING: Record<string, (ada: Ada) => Promise<unknown>> = {
  'a password reset': async ({ email }) =>
    expectType(await resetPasswordByLink(app, email, NEW_PASSWORD), 'PasswordChanged'),
  '“this wasn’t me”': async (ada) => {
    const other = app.client({ headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' } });
    expectType(await login(other, ada.email, PASSWORD), 'Authenticated');
    await press(ada, 'new-device', '/not-me');
  },
  'a change of address': changeEmail,
  'a change of address that was undone': async (ada) => {
    await changeEmail(ada);
    await press(ada, 'email-changed', '/undo-email-change');
  },
  'a change of address by an administrator': (ada) => update(ada, { email: uniqueEmail('moved') }),
};

test.each(Object.entries(WITHDRAWING))('%s withdraws a pending sign-in by email', async (_change, act) => {
  const ada = await signUp(app);
  const { byCode, byLink } = await receiveSignInMail(app, app.client(), { email: ada.email });
  await act(ada);
  // As for a decoy: the response does not say that there was a change.
  expect(await confirmEmailOtp(app.client(), byCode)).toMatchObject({ reason: 'WRONG_CODE' });
  expect(await confirmEmailOtp(app.client(), byLink)).toMatchObject({ reason: 'UNKNOWN' });
});

test('a changed password leaves it: the owner of the mailbox knows the account without it', async () => {
  const ada = await signUp(app);
  const { byCode } = await receiveSignInMail(app, app.client(), { email: ada.email });
  expectType(await changePassword(ada, NEW_PASSWORD), 'PasswordChanged');
  expectType(await confirmEmailOtp(app.client(), byCode), 'Authenticated');
});

test('a deactivation leaves it, and it returns AccountDisabled until the account is active again', async () => {
  const ada = await signUp(app);
  const first = await receiveSignInMail(app, app.client(), { email: ada.email });
  const second = await receiveSignInMail(app, app.client(), { email: ada.email });
  await update(ada, { isActive: false });
  expectType(await confirmEmailOtp(app.client(), first.byCode), 'AccountDisabled');
  await update(ada, { isActive: true });
  expectType(await confirmEmailOtp(app.client(), second.byCode), 'Authenticated');
});

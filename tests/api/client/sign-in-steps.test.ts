import { createLatchkey, type Latchkey } from '@latchkey/client';
import { createSignIn } from '@latchkey/client/sign-in/machine';
import type { SignInState } from '@latchkey/client/sign-in/steps';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { randomAddress } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';
import { signUpWithTotp } from '../../support/second-factors.ts';

const NEW_PASSWORD = 'amber-quarry-57-thimble';

let app: TestApp;
let clock: TestClock;
beforeAll(async () => {
  clock = testClock();
  app = await startApp({}, { clock });
});
afterAll(() => app?.close());

/** A sign-in of a client with its own storage. `steps` lists what it has shown. */
function begin(options: { url?: string; latchkey?: Latchkey } = {}) {
  const headers = { 'x-forwarded-for': randomAddress() };
  const latchkey = options.latchkey ?? createLatchkey({ url: options.url ?? app.url, transport: 'body', headers });
  const machine = createSignIn(latchkey);
  const steps: string[] = [];
  const end = machine.listen(() => steps.push(`${machine.current().step}${machine.current().isPending ? ' …' : ''}`));
  onTestFinished(() => {
    end();
    latchkey.close();
  });
  return {
    latchkey,
    machine,
    steps,
    at: <Step extends SignInState['step']>(step: Step) => at(machine.current(), step),
  };
}

/** The step that is shown. Fails if it is another one. */
function at<Step extends SignInState['step']>(signIn: SignInState, step: Step): Extract<SignInState, { step: Step }> {
  if (signIn.step !== step) throw new Error(`not at ${step}: ${JSON.stringify(signIn)}`);
  return signIn as Extract<SignInState, { step: Step }>; // Just checked.
}

async function lastCode(to: string, wanted = 1): Promise<string> {
  const [message] = await app.mail(to, wanted);
  return message?.code ?? expect.fail(`no code reached ${to}`);
}
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('the steps of a sign-in', () => {
  test('lead from a sign-up to a session', async () => {
    const [{ at, latchkey, steps }, email] = [begin(), uniqueEmail()];
    await at('start').register({ email, password: 'short' });
    expect(at('start').errors.fields).toEqual({ password: expect.stringContaining('at least') });
    await at('start').register({ email, password: PASSWORD });
    clock.advance(Date.parse(at('code').resendAt) - clock.now().getTime());
    await at('code').resend?.();
    await at('code').submit({ code: await lastCode(email, 2) });
    expect(at('signedIn')).toMatchObject({ isNewUser: true, user: { email, emailVerified: true } });
    expect(latchkey.session).toMatchObject({ status: 'signedIn', user: { email } });
    expect(steps.slice(0, 4)).toEqual(['start …', 'start', 'start …', 'code']);
  });

  test('show at the field that an address has an account, if the service says so', async () => {
    const open = await startApp({ EMAIL_VERIFICATION: 'off' });
    onTestFinished(() => open.close());
    const { email } = await insertAccount(open);
    const { at } = begin({ url: open.url });
    await at('start').register({ email, password: PASSWORD });
    expect(at('start').errors).toMatchObject({ fields: { email: expect.any(String) } });
  });

  test('ask for the code of an unverified address, and say how many attempts are left', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const { at } = begin();
    await at('start').withPassword({ identifier: email, password: PASSWORD });
    expect(at('code')).toMatchObject({ channel: 'EMAIL', codeLength: 6 });
    expect(at('code').sentTo).toMatch(/^a•+@example\.com$/);
    const code = await lastCode(email);
    await at('code').submit({ code: wrong(code) });
    expect(at('code')).toMatchObject({ errors: { fields: { code: expect.any(String) } }, attemptsRemaining: 2 });
    await at('code').submit({ code: 'no code' });
    expect(at('code')).toMatchObject({ errors: { fields: { code: expect.any(String) } }, attemptsRemaining: 2 });
    await at('code').submit({ code });
    expect(at('signedIn')).toMatchObject({ isNewUser: false, errors: { fields: {} } });
  });

  test('keep what the account has, also with a code that was sent again', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const { at, latchkey } = begin();
    await at('start').withPassword({ identifier: email, password: PASSWORD });
    const first = await lastCode(email);
    clock.advance(Date.parse(at('code').resendAt) - clock.now().getTime());
    await at('code').resend?.();
    expect(at('code').errors).toEqual({ fields: {} });
    const second = await lastCode(email, 2);
    expect(second).not.toBe(first);
    await at('code').submit({ code: second });
    at('signedIn');
    expect(await latchkey.me()).toMatchObject({ hasPassword: true, emailVerified: true });
  });

  test('accept the first code although the user has asked for another one too early', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const { at } = begin();
    await at('start').withPassword({ identifier: email, password: PASSWORD });
    await at('code').resend?.();
    await at('code').submit({ code: await lastCode(email) });
    at('signedIn');
  });

  test('ask for a code by email, which creates the account', async () => {
    const [{ at }, email] = [begin(), uniqueEmail()];
    await at('start').withEmailCode({ email });
    await at('code').submit({ code: await lastCode(email) });
    expect(at('signedIn')).toMatchObject({ isNewUser: true, user: { email, emailVerified: true } });
  });

  test('ask for a code by SMS', async () => {
    const [{ at }, phone] = [begin(), uniquePhone()];
    await at('start').withPhoneCode({ phone });
    expect(at('code')).toMatchObject({ channel: 'SMS' });
    await at('code').submit({ code: await lastCode(phone) });
    expect(at('signedIn')).toMatchObject({ isNewUser: true, user: { phone } });
  });

  test('do not say whether the address or the password is wrong, and go back', async () => {
    const { email } = await insertAccount(app);
    const { at } = begin();
    await at('start').withPassword({ identifier: email, password: NEW_PASSWORD });
    expect(at('start').errors).toMatchObject({ fields: {}, form: expect.any(String) });
    await at('start').withEmailCode({ email });
    at('code').back();
    expect(at('start').errors).toEqual({ fields: {} });
  });

  test('ask for a second factor, and start again when its attempts are used up', async () => {
    const user = await signUpWithTotp(app, clock.now());
    const { at, latchkey } = begin();
    const identifier = user.email;
    await at('start').withPassword({ identifier, password: PASSWORD });
    expect(at('secondFactor').factors).toEqual(['TOTP', 'RECOVERY_CODE']);
    await at('secondFactor').submit({ recoveryCode: 'AAAA-AAAA' });
    const { errors, attemptsRemaining = 0 } = at('secondFactor');
    expect(errors.fields).toHaveProperty('recoveryCode');
    const code = user.authenticator.code(clock.now());
    for (let left = attemptsRemaining; left > 0; left -= 1) await at('secondFactor').submit({ totp: wrong(code) });
    expect(at('start').errors).toMatchObject({ fields: {}, form: expect.any(String) });
    expect(latchkey.session.status).not.toBe('signedIn');
  });

  test('end with a second factor', async () => {
    const user = await signUpWithTotp(app, clock.now());
    const { at } = begin();
    await at('start').withPassword({ identifier: user.email, password: PASSWORD });
    await at('secondFactor').submit({ recoveryCode: user.recoveryCodes[0] ?? '' });
    expect(at('signedIn').user.email).toBe(user.email);
  });

  test('lead to a new password, and then to the start', async () => {
    const { email } = await insertAccount(app);
    const { at } = begin();
    await at('start').resetPassword({ identifier: email });
    const code = await lastCode(email);
    await at('newPassword').submit({ code: wrong(code), newPassword: NEW_PASSWORD });
    expect(at('newPassword')).toMatchObject({ errors: { fields: { code: expect.any(String) } } });
    await at('newPassword').submit({ code, newPassword: 'short' });
    expect(at('newPassword').errors.fields).toHaveProperty('newPassword');
    await at('newPassword').submit({ code, newPassword: NEW_PASSWORD });
    expect(at('start')).toMatchObject({ notice: 'PASSWORD_CHANGED' });
    await at('start').withPassword({ identifier: email, password: NEW_PASSWORD });
    at('signedIn');
  });

  test('go on with the result of any operation that signs in', async () => {
    const user = await signUp(app);
    const { at, latchkey } = begin();
    await at('start').with(() => latchkey.login({ identifier: user.email, password: PASSWORD }));
    at('signedIn');
  });

  test('show an outage as a problem of the form, and keep the step', async () => {
    const { at } = begin({ url: 'http://127.0.0.1:9/graphql' });
    await at('start').withEmailCode({ email: uniqueEmail() });
    expect(at('start').errors).toEqual({ fields: {}, form: expect.any(String), code: 'UNAVAILABLE' });
  });

  test('follow a sign-out and a sign-in of the same session elsewhere', async () => {
    const { at, latchkey } = begin();
    const { email } = await insertAccount(app);
    await at('start').withPassword({ identifier: email, password: PASSWORD });
    at('signedIn');
    await latchkey.logout();
    at('start');
    await latchkey.login({ identifier: email, password: PASSWORD });
    expect(at('signedIn')).toMatchObject({ user: { email }, isNewUser: false });
  });

  test('ignore a problem that arrives after the user went back', async () => {
    const { at, steps } = begin();
    const call = at('start').withPassword({ identifier: uniqueEmail(), password: PASSWORD });
    at('start').back();
    await call;
    expect(at('start').errors).toEqual({ fields: {} });
    expect(steps).toEqual(['start …', 'start']);
  });
});

import { expect, test } from 'vitest';
import { words as en } from '../../packages/client/src/react/sign-in-form/words/en.ts';
import { words as ru } from '../../packages/client/src/react/sign-in-form/words/ru.ts';
import { words as uz } from '../../packages/client/src/react/sign-in-form/words/uz.ts';
import type { Locale } from '../../src/core/locale.ts';
import { insertAccount } from '../support/accounts.ts';
import { describeBrowser } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { uniqueEmail } from '../support/people.ts';
import { describeOnScreens } from '../support/screens.ts';
import { signUpWithTotp } from '../support/second-factors.ts';
import { withSignInForm, wrong } from '../support/sign-in-form.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

const MINUTE = 60_000;
const LANGUAGES = { en, ru, uz };
const AFTER = {
  en: /^in \d+ (?:seconds|minutes?)$/,
  ru: /^через \d+ (?:секунд|минут)/,
  uz: /^\d+ (?:soniya|daqiqa)dan keyin$/,
};

const addPasskey = 'latchkey.addPasskey().then(({ __typename }) => __typename)';

describeOnScreens('the sign-in form with React 18', (executablePath, screen) => {
  const form = withSignInForm(executablePath, { react: '18', screen });

  test('is of this version', async () => {
    await form.open();
    expect(await form.page.evaluate('version')).toMatch(/^18\./);
  });

  test('asks for a second factor: a code of the app, a recovery code or a passkey', async () => {
    const { devtools, authenticatorId } = await addVirtualAuthenticator(form.page);
    const touch = (enabled: boolean) =>
      devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    const user = await signUpWithTotp(form.app, form.clock.now());
    await form.open();
    await form.enterPassword(user.email);
    await form.heading(en.factors.TOTP.title);
    form.clock.advance(MINUTE);
    const code = user.authenticator.code(form.clock.now());
    await form.field(en.factors.TOTP.label).fill(wrong(code));
    await form.press(en.continue);
    await form.page.getByText(/\d attempts left\./).waitFor();
    await expect.poll(() => form.focused()).toBe('totp');
    await form.page.getByText('Incorrect code.').waitFor();
    // What was wrong with one factor says nothing about another.
    await form.press(en.factors.RECOVERY_CODE.other);
    await form.heading(en.factors.RECOVERY_CODE.title);
    expect(await form.page.getByText('Incorrect code.').count()).toBe(0);
    await form.press(en.factors.TOTP.other);
    await form.field(en.factors.TOTP.label).fill(code);
    await form.press(en.continue);
    await form.isSignedIn();
    expect(await form.page.evaluate(addPasskey)).toBe('PasskeySaved');
    await touch(false);
    await form.page.evaluate('latchkey.logout()');

    await form.heading(en.titles.signIn);
    await form.enterPassword(user.email);
    await form.heading(en.factors.PASSKEY.title);
    await form.press(en.factors.RECOVERY_CODE.other);
    await form.heading(en.factors.RECOVERY_CODE.title);
    await expect.poll(() => form.focused()).toBe('H1');
    await form.field(en.factors.RECOVERY_CODE.label).fill(user.recoveryCodes[0] ?? '');
    await form.press(en.continue);
    await form.isSignedIn();
    await form.page.evaluate('latchkey.logout()');

    await form.heading(en.titles.signIn);
    await form.enterPassword(user.email);
    await form.heading(en.factors.PASSKEY.title);
    await touch(true);
    await form.press(en.factors.PASSKEY.label);
    await form.isSignedIn();
    await expect.poll(() => form.signedIn()).toHaveLength(3);
  });

  test('a passkey that the user cancels as the second factor leaves the other ways, and another try', async () => {
    const { devtools, authenticatorId } = await addVirtualAuthenticator(form.page);
    const verifyUser = (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    const user = await signUpWithTotp(form.app, form.clock.now());
    await form.open({ locale: 'en' });
    await form.enterPassword(user.email);
    await form.heading(en.factors.TOTP.title);
    form.clock.advance(MINUTE);
    await form.field(en.factors.TOTP.label).fill(user.authenticator.code(form.clock.now()));
    await form.press(en.continue);
    await form.isSignedIn();
    expect(await form.page.evaluate(addPasskey)).toBe('PasskeySaved');
    await verifyUser(false);
    await form.page.evaluate('latchkey.logout()');

    await form.enterPassword(user.email);
    await form.press(en.factors.PASSKEY.label);
    await form.page.getByRole('status').getByText(en.notices.PASSKEY_CANCELLED).waitFor();
    await form.heading(en.factors.PASSKEY.title);
    for (const other of ['TOTP', 'RECOVERY_CODE'] as const) await form.button(en.factors[other].other).waitFor();
    await expectGoodLooks(form.page, {
      locale: 'en',
      async chooseLanguage(page, locale) {
        await page.evaluate(`setLocale('${locale}')`);
        await page.getByText(LANGUAGES[locale].notices.PASSKEY_CANCELLED).waitFor();
      },
    });
    await verifyUser(true);
    await form.press(en.factors.PASSKEY.label);
    await form.isSignedIn();
    await verifyUser(false);
    await form.page.evaluate('latchkey.logout()');

    await form.enterPassword(user.email);
    await form.press(en.factors.PASSKEY.label);
    await form.page.getByRole('status').getByText(en.notices.PASSKEY_CANCELLED).waitFor();
    await form.press(en.factors.RECOVERY_CODE.other);
    await form.field(en.factors.RECOVERY_CODE.label).fill(user.recoveryCodes[0] ?? '');
    await form.press(en.continue);
    await form.isSignedIn();
  });

  test('signs in with a passkey, from a button and among the suggestions', async () => {
    const { devtools, authenticatorId } = await addVirtualAuthenticator(form.page);
    const verifyUser = (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    const { email } = await insertAccount(form.app);
    await form.open();
    await form.enterPassword(email);
    await form.isSignedIn();
    expect(await form.page.evaluate(addPasskey)).toBe('PasskeySaved');
    await verifyUser(false);
    await form.page.evaluate('latchkey.logout()');
    await form.press(en.withPasskey);
    await form.page.getByRole('status').getByText(en.notices.PASSKEY_CANCELLED).waitFor();
    await verifyUser(true);
    await form.press(en.withPasskey);
    await form.isSignedIn();
    await form.page.evaluate('latchkey.logout()');
    // The virtual authenticator picks the suggestion at once.
    await expect.poll(async () => form.signedIn()).toHaveLength(3);
  });

  test('signs in with a provider, and says if the user has cancelled there', async () => {
    form.issuer.person = { subject: uniqueEmail(), email: uniqueEmail('social'), emailVerified: true };
    await form.open({ returnTo: '/orders' });
    await form.page.route(`${form.issuer.origin}/**`, async (route) => {
      const query = new URL(route.request().url()).searchParams;
      const back = `${query.get('redirect_uri')}?error=access_denied&state=${query.get('state')}`;
      await route.fulfill({ status: 302, headers: { location: back } });
    });
    await form.press('Continue with Example');
    await form.page.getByRole('status').getByText(en.notices.SOCIAL_CANCELLED).waitFor();
    await form.page.unroute(`${form.issuer.origin}/**`);
    await form.press('Continue with Example');
    await form.isSignedIn();
    await expect
      .poll(() => form.signedIn())
      .toEqual([
        { user: expect.objectContaining({ email: form.issuer.person.email }), isNewUser: true, returnTo: '/orders' },
      ]);
  });
});

describeBrowser('each step of the sign-in form', (executablePath) => {
  const form = withSignInForm(executablePath, { react: '18' });

  test('is accessible and fits into 320 pixels, in every language, light and dark', async () => {
    const { page, field, press, heading } = form;
    const user = await signUpWithTotp(form.app, form.clock.now());
    /** @param text that the step shows in the language */
    const check = (text: (words: typeof en, locale: Locale) => string | RegExp) =>
      expectGoodLooks(page, {
        locale: 'en',
        async chooseLanguage(page, locale) {
          await page.evaluate(`setLocale('${locale}')`);
          await page.getByText(text(LANGUAGES[locale], locale)).first().waitFor();
        },
      });

    await form.open({ locale: 'en', reason: 'EXPIRED', initialIdentifier: user.email });
    await page.getByRole('button', { name: 'Example' }).waitFor();
    await check(({ reasons }) => reasons.EXPIRED);
    for (const [locale, words] of Object.entries({ ru, uz, en })) {
      await page.evaluate(`setLocale('${locale}')`);
      await press(words.signIn);
      await page.getByText(words.required).waitFor();
    }
    await check(({ titles }) => titles.signIn);
    await field(en.password).fill('wrong');
    await press(en.signIn);
    await page.locator('.lk-alert').waitFor();
    await check(({ titles }) => titles.signIn);
    await press(en.toSignUp);
    await heading(en.titles.signUp);
    await check(({ titles }) => titles.signUp);
    await press(en.toSignIn);
    await press(en.forgotPassword);
    await heading(en.titles.forgotPassword);
    await check(({ titles }) => titles.forgotPassword);
    await press(en.sendCode);
    await heading(en.titles.newPassword);
    await check(({ titles }) => titles.newPassword);
    await press(en.wrongRecipient.EMAIL);
    await press(en.back);
    await press(en.withCode);
    await heading(en.titles.code);
    await check(({ titles }) => titles.code);
    await field(en.identifier).fill(uniqueEmail());
    await press(en.sendCode);
    await heading(en.titles.enterCode);
    await field(en.code).fill('000000');
    await page.locator('.lk-problem').waitFor();
    await check((_words, locale) => AFTER[locale]);
    await field(en.code).fill('000001');
    await page.locator('.lk-hint').getByText('1', { exact: false }).waitFor();
    await field(en.code).fill('000002');
    await heading(en.titles.codeOver);
    await check(({ titles }) => titles.codeOver);
    await press(en.wrongRecipient.EMAIL);
    await press(en.back);
    await field(en.identifier).fill(user.email);
    await field(en.password).fill(user.password);
    await press(en.signIn);
    await heading(en.factors.TOTP.title);
    await check(({ factors }) => factors.TOTP.title);
    await press(en.factors.RECOVERY_CODE.other);
    await heading(en.factors.RECOVERY_CODE.title);
    await check(({ factors }) => factors.RECOVERY_CODE.title);
  });
});

describeBrowser('the sign-in form of a service without sign-up, passkeys and codes by email', (executablePath) => {
  const form = withSignInForm(executablePath, {
    settings: { SIGN_UP: 'closed', PASSKEYS: 'off', EMAIL_SIGN_IN: 'off' },
  });

  test('offers what there is', async () => {
    await form.open({ view: 'signUp' });
    await form.page.getByRole('status').getByText(en.signUpClosed).waitFor();
    await form.heading(en.titles.signIn);
    expect(await form.button(en.toSignUp).count()).toBe(0);
    expect(await form.button(en.withPasskey).count()).toBe(0);
    await form.press(en.withCode);
    await form.field(en.phone).waitFor();
  });
});

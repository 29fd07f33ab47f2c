import { join } from 'node:path';
import { expect, test } from 'vitest';
import { words as en } from '../../packages/client/src/react/sign-in-form/words/en.ts';
import { words as ru } from '../../packages/client/src/react/sign-in-form/words/ru.ts';
import { words as uz } from '../../packages/client/src/react/sign-in-form/words/uz.ts';
import { insertAccount } from '../support/accounts.ts';
import { expectAccessible } from '../support/axe.ts';
import { describeBrowser } from '../support/browser.ts';
import { uniqueEmail } from '../support/people.ts';
import { signUpWithTotp } from '../support/second-factors.ts';
import { withSignInForm, wrong } from '../support/sign-in-form.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

const MINUTE = 60_000;
const LANGUAGES = { en, ru, uz };
/** The colours do not depend on the language. */
const SCHEMES = { en: ['light', 'dark'], ru: ['light'], uz: ['dark'] } as const;
const AFTER = {
  en: /^in \d+ (?:seconds|minutes?)$/,
  ru: /^через \d+ (?:секунд|минут)/,
  uz: /^\d+ (?:soniya|daqiqa)dan keyin$/,
};
/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

const addPasskey = 'latchkey.addPasskey().then(({ __typename }) => __typename)';

describeBrowser('the sign-in form with React 18', (executablePath) => {
  const form = withSignInForm(executablePath, { react: '18' });

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
    expect(await form.focused()).toBe('totp');
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
    expect(await form.focused()).toBe('H1');
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
    expect(await form.signedIn()).toHaveLength(3);
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
    expect(await form.signedIn()).toEqual([
      { user: expect.objectContaining({ email: form.issuer.person.email }), isNewUser: true, returnTo: '/orders' },
    ]);
  });

  test.each(['en', 'ru', 'uz'] as const)('is accessible and fits into 320 pixels at each step: %s', async (locale) => {
    const words = LANGUAGES[locale];
    const { page, field, press, heading } = form;
    const user = await signUpWithTotp(form.app, form.clock.now());
    await page.setViewportSize({ width: 320, height: 640 });
    let count = 0;
    async function check(step: string): Promise<void> {
      count += 1;
      for (const colorScheme of SCHEMES[locale]) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
        const name = `${locale}-${colorScheme}-${String(count).padStart(2, '0')}-${step}.png`;
        if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
      }
    }

    await form.open({ locale, reason: 'EXPIRED', initialIdentifier: user.email });
    await page.getByRole('status').getByText(words.reasons.EXPIRED).waitFor();
    await page.getByRole('button', { name: 'Example' }).waitFor();
    await check('sign-in');
    await press(words.signIn);
    await page.getByText(words.required).waitFor();
    await check('empty');
    await field(words.password).fill('wrong');
    await press(words.signIn);
    await page.locator('.lk-alert').waitFor();
    await check('wrong-password');
    await press(words.toSignUp);
    await heading(words.titles.signUp);
    await check('sign-up');
    await press(words.toSignIn);
    await press(words.forgotPassword);
    await heading(words.titles.forgotPassword);
    await press(words.sendCode);
    await heading(words.titles.newPassword);
    await check('new-password');
    await press(words.wrongRecipient.EMAIL);
    await press(words.back);
    await press(words.withCode);
    await heading(words.titles.code);
    await check('ask-for-code');
    await field(words.identifier).fill(uniqueEmail());
    await press(words.sendCode);
    await heading(words.titles.enterCode);
    await field(words.code).fill('000000');
    await page.locator('.lk-problem').waitFor();
    await check('wrong-code');
    await page.locator('.lk-wait').getByText(AFTER[locale]).waitFor();
    await field(words.code).fill('000001');
    await page.locator('.lk-hint').getByText('1', { exact: false }).waitFor();
    await field(words.code).fill('000002');
    await heading(words.titles.codeOver);
    await check('no-attempts');
    await press(words.wrongRecipient.EMAIL);
    await press(words.back);
    await field(words.identifier).fill(user.email);
    await field(words.password).fill(user.password);
    await press(words.signIn);
    await heading(words.factors.TOTP.title);
    await check('totp');
    await press(words.factors.RECOVERY_CODE.other);
    await heading(words.factors.RECOVERY_CODE.title);
    await check('recovery-code');
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

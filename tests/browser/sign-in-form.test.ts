import { expect, test } from 'vitest';
import { words as en } from '../../packages/client/src/react/sign-in-form/words/en.ts';
import { insertAccount } from '../support/accounts.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { uniquePhone } from '../support/phones.ts';
import { describeOnScreens } from '../support/screens.ts';
import { withSignInForm, wrong } from '../support/sign-in-form.ts';

const NEW_PASSWORD = 'copper-meadow-17-window';
const MINUTE = 60_000;

describeOnScreens('the sign-in form', (executablePath, screen) => {
  const form = withSignInForm(executablePath, { screen });

  test('signs in with the keyboard alone, and tells the app once', async () => {
    const { email } = await insertAccount(form.app);
    await form.open({ returnTo: '/orders' });
    await form.button('Continue with Example').waitFor();
    await form.page.keyboard.press('Tab');
    await expect.poll(() => form.focused()).toBe('identifier');
    await form.page.keyboard.type(email);
    await form.page.keyboard.press('Tab');
    await form.page.keyboard.type('a wrong password');
    await form.page.keyboard.press('Enter');
    await form.page.getByRole('alert').getByText('Incorrect email address').waitFor();
    await form.page.keyboard.press('ControlOrMeta+a');
    await form.page.keyboard.type(PASSWORD);
    await form.page.keyboard.press('Tab');
    await form.page.keyboard.press('Space');
    expect(await form.field(en.password).inputValue()).toBe(PASSWORD);
    expect(await form.field(en.password).getAttribute('type')).toBe('text');
    await form.page.keyboard.press('Tab');
    await form.page.keyboard.press('Enter');
    await form.isSignedIn();
    await expect
      .poll(() => form.signedIn())
      .toEqual([{ user: expect.objectContaining({ email }), isNewUser: false, returnTo: '/orders' }]);
  });

  test('signs up: says the rules of passwords first, goes to the first wrong field, and sends a complete code', async () => {
    const email = uniqueEmail();
    await form.open({ initialIdentifier: email });
    await form.press(en.toSignUp);
    await form.heading(en.titles.signUp);
    await expect.poll(() => form.focused()).toBe('H1');
    await form.page.getByText('Use at least 8 characters').waitFor();
    await form.press(en.signUp);
    await form.page.getByText(en.required).waitFor();
    await expect.poll(() => form.focused()).toBe('password');
    await form.field(en.password).fill('short');
    await form.press(en.signUp);
    await form.page.locator('.lk-problem').getByText('Use at least 8 characters').waitFor();
    await expect.poll(() => form.focused()).toBe('password');
    await form.field(en.password).fill(PASSWORD);
    await form.press(en.signUp);

    await form.heading(en.titles.enterCode);
    await expect.poll(() => form.focused()).toBe('H1');
    await form.page.getByText(/We sent an email with a code to a•+@example\.com\./).waitFor();
    const code = await form.codeFor(email);
    await form.field(en.code).pressSequentially(wrong(code));
    await form.page.getByText('2 attempts left.').waitFor();
    await expect.poll(() => form.focused()).toBe('code');
    await form.page.keyboard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
    await form.isSignedIn();
    await expect.poll(() => form.signedIn()).toMatchObject([{ isNewUser: true, user: { email } }]);
  });

  test('goes back to a wrong address, and offers the sign-in to users with an account', async () => {
    const [{ email }, typo] = [await insertAccount(form.app), uniqueEmail('typo')];
    await form.open({ view: 'signUp' });
    await form.field(en.email).fill(typo);
    await form.field(en.password).fill(PASSWORD);
    await form.press(en.signUp);
    await form.press(en.wrongRecipient.EMAIL);
    await form.heading(en.titles.signUp);
    await form.field(en.email).fill(email);
    await form.field(en.password).fill(PASSWORD);
    await form.press(en.signUp);
    await form.page.getByText(en.registered).waitFor();
    await form.press(en.signIn);
    await form.heading(en.titles.signIn);
    expect(await form.field(en.identifier).inputValue()).toBe(email);
  });

  test('changes the language without moving the focus', async () => {
    await form.open();
    await form.field(en.identifier).fill('ada');
    await form.page.evaluate("setLocale('uz')");
    await form.heading('Kirish');
    await expect.poll(() => form.focused()).toBe('identifier');
    expect(await form.page.locator('.lk-sign-in').getAttribute('lang')).toBe('uz');
    expect(await form.field('Email manzil yoki telefon raqami').inputValue()).toBe('ada');
  });

  test('follows the address of an app that keeps the view there', async () => {
    await form.open();
    await form.press(en.forgotPassword);
    await form.heading(en.titles.forgotPassword);
    expect(form.page.url()).toMatch(/#forgotPassword$/);
    await form.field(en.identifier).fill(uniqueEmail());
    await form.press(en.sendCode);
    await form.heading(en.titles.newPassword);
    await form.page.goBack();
    await form.heading(en.titles.signIn);
    await expect.poll(() => form.focused()).toBe('H1');
  });

  test('sends another code after a minute, and when the attempts are used up', async () => {
    const email = uniqueEmail();
    await form.page.clock.install();
    await form.open();
    await form.press(en.withCode);
    await form.field(en.identifier).fill(email);
    await form.press(en.sendCode);
    const resend = form.button(en.resend);
    await resend.and(form.page.locator('[aria-disabled=true]')).waitFor();
    await form.page.getByText(/^in \d+ seconds$/).waitFor();
    form.clock.advance(MINUTE);
    await form.page.clock.fastForward(MINUTE);
    await resend.and(form.page.locator('[aria-disabled=false]')).click();
    await form.page.getByRole('status').getByText(en.sent.AGAIN).waitFor();
    const code = await form.codeFor(email, 2);
    await form.field(en.code).fill(wrong(code));
    await form.page.getByText('2 attempts left.').waitFor();
    await form.field(en.code).fill(wrong(code, 2));
    await form.page.getByText('1 attempt left.').waitFor();
    await form.field(en.code).fill(wrong(code, 3));
    await form.heading(en.titles.codeOver);
    await form.page.getByRole('alert').getByText('last attempt').waitFor();
    await expect.poll(() => form.focused()).toBe('H1');
    form.clock.advance(MINUTE);
    await form.page.clock.fastForward(MINUTE);
    await resend.and(form.page.locator('[aria-disabled=false]')).click();
    await form.heading(en.titles.enterCode);
    await form.field(en.code).fill(await form.codeFor(email, 3));
    await form.isSignedIn();
  });

  test('signs in with a code by SMS, after a number that is none', async () => {
    const phone = uniquePhone();
    await form.open({ view: 'code' });
    await form.field(en.identifier).fill('12');
    await form.press(en.sendCode);
    await form.page.locator('.lk-problem').waitFor();
    await expect.poll(() => form.focused()).toBe('identifier');
    await form.field(en.identifier).fill(phone);
    await form.press(en.sendCode);
    await form.page.getByText('We sent a text message with a code').waitFor();
    await form.field(en.code).fill(await form.codeFor(phone));
    await form.isSignedIn();
    await expect.poll(() => form.signedIn()).toMatchObject([{ user: { phone } }]);
  });

  test('resets a forgotten password, and keeps the address on the way', async () => {
    const { email } = await insertAccount(form.app);
    await form.open();
    await form.field(en.identifier).fill(email);
    await form.press(en.forgotPassword);
    await form.heading(en.titles.forgotPassword);
    expect(await form.field(en.identifier).inputValue()).toBe(email);
    await form.press(en.sendCode);
    await form.heading(en.titles.newPassword);
    await form.field(en.code).fill(await form.codeFor(email));
    await form.field(en.newPassword).fill('short');
    await form.press(en.setPassword);
    await form.page.locator('.lk-problem').waitFor();
    await expect.poll(() => form.focused()).toBe('newPassword');
    await form.field(en.newPassword).fill(NEW_PASSWORD);
    await form.press(en.setPassword);
    await form.page.getByRole('status').getByText(en.notices.PASSWORD_CHANGED).waitFor();
    await form.heading(en.titles.signIn);
    expect(await form.field(en.identifier).inputValue()).toBe(email);
    await form.enterPassword(email, NEW_PASSWORD);
    await form.isSignedIn();
  });

  test('says how long to wait after too many attempts, and works again then', async () => {
    const { email } = await insertAccount(form.app);
    await form.page.clock.install();
    await form.open();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await form.enterPassword(email, `wrong password ${attempt}`);
      await form.page.locator('form[aria-busy=false]').waitFor();
    }
    await form.enterPassword(email);
    await form.page.getByRole('alert').getByText('Too many attempts').waitFor();
    await form.page.getByText(/^in \d+ seconds$/).waitFor();
    await form.button(en.signIn).and(form.page.locator('[aria-disabled=true]')).waitFor();
    form.clock.advance(2 * MINUTE);
    await form.page.clock.fastForward(2 * MINUTE);
    await form.button(en.signIn).and(form.page.locator('[aria-disabled=false]')).click();
    await form.isSignedIn();
  });

  test('says that there is no sign-in in a frame that may keep nothing, and does not ask again', async () => {
    const isPage = ({ search }: URL) => search !== '';
    await form.page.route(isPage, async (route) => {
      const response = await route.fetch();
      const policy = `sandbox allow-scripts allow-forms; ${response.headers()['content-security-policy']}`;
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
    });
    // A page without an origin loads its own modules as from another one.
    await form.page.route(/\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
    });
    await form.open();
    await form.page.getByRole('status').getByText(en.reasons.BLOCKED).waitFor();
    await form.page.locator('#session').getByText('signedOut').waitFor();
    let sent = 0;
    form.page.on('request', () => {
      sent += 1;
    });
    await form.enterPassword('ada@example.com');
    await form.page.getByRole('alert').getByText(en.errors.BLOCKED).waitFor();
    // The next attempts would be after a half and a whole second.
    await form.page.waitForTimeout(2000);
    expect(sent).toBe(1);
    form.forgive('CORS');
    form.forgive('Failed to load resource');
  });

  test('still offers the password if the service does not say what it offers', async () => {
    const { email } = await insertAccount(form.app);
    await form.page.route('**/graphql', (route) =>
      /query S/.test(route.request().postData() ?? '') ? route.fulfill({ status: 502 }) : route.continue(),
    );
    await form.open();
    await form.page.getByRole('status').getByText(en.offersUnknown).waitFor();
    await form.enterPassword(email);
    await form.isSignedIn();
    form.forgive('502');
  });
});

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertAccount } from '../support/accounts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { type ClientPage, startClientPage } from '../support/client-page.ts';
import { type TestClock, testClock } from '../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

const VERSIONS = [
  ['18', { react: 'react-18', 'react-dom': 'react-dom-18' }],
  ['19', {}],
] as const;

const TEN_MINUTES = 600_000;

describeBrowser('the hooks', (executablePath) => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser(executablePath);
  });
  afterAll(() => browser?.close());

  describe.each(VERSIONS)('with React %s', (version, alias) => {
    let clock: TestClock;
    let app: TestApp;
    let site: ClientPage;
    let context: BrowserContext;
    let page: Page;
    let problems: string[];
    beforeAll(async () => {
      clock = testClock();
      const port = await freePort();
      const api = `http://localhost:${port}`;
      site = await startClientPage({ script: 'react-page.tsx', api, alias });
      app = await startApp({ PUBLIC_URL: api, ALLOWED_ORIGINS: site.origin }, { clock }, port);
    });
    afterAll(async () => {
      site?.close();
      await app?.close();
    });
    beforeEach(async () => {
      context = await browser.newContext();
      page = await open();
    });
    afterEach(async () => {
      await context.close();
      expect(problems).toEqual([]);
    });

    /** A tab with the page. What it reports as an error fails the test. */
    async function open(path = ''): Promise<Page> {
      const tab = await context.newPage();
      problems = [];
      tab.on('pageerror', ({ message }) => problems.push(message));
      tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await tab.goto(`${site.url}${path}`);
      return tab;
    }
    const shows = (id: string, text: string, tab = page) =>
      tab.waitForFunction(([id, text]) => document.getElementById(id ?? '')?.textContent === text, [id, text]);
    const run = (script: string, tab = page) => tab.evaluate(script);
    const read = async (name: string, tab = page) =>
      JSON.parse((await tab.evaluate(`JSON.stringify(${name}) ?? null`)) as string);

    async function signIn(email: string, tab = page): Promise<void> {
      await run(`signIn.withPassword(${JSON.stringify({ identifier: email, password: PASSWORD })})`, tab);
      await shows('step', 'signedIn', tab);
    }

    async function addAuthenticator(): Promise<void> {
      await addVirtualAuthenticator(page);
    }

    test('lead through a sign-up, and know the user in all tabs and after a reload', async () => {
      await shows('session', 'signedOut');
      const other = await open();
      await shows('session', 'signedOut', other);
      const email = uniqueEmail();
      await run(`signIn.register(${JSON.stringify({ email, password: PASSWORD })})`);
      await shows('step', 'code');
      const [message] = await app.mail(email);
      await run(`signIn.submit(${JSON.stringify({ code: message?.code })})`);
      await shows('step', 'signedIn');
      expect(await read('signIn')).toMatchObject({ isNewUser: true, user: { email } });
      await shows('user', email);
      await shows('user', email, other);
      await page.reload();
      await shows('user', email);
      await run('latchkey.logout()', other);
      await shows('session', 'signedOut');
      await shows('step', 'start');
    });

    test('show problems at the fields of a form, and the newer user after a change', async () => {
      const { email } = await insertAccount(app);
      await signIn(email);
      await run(`action.run({ firstName: 'x'.repeat(1000) })`);
      expect(await read('action')).toMatchObject({
        result: { __typename: 'InvalidInput' },
        errors: { fields: { firstName: expect.any(String) } },
        isPending: false,
      });
      expect(await run(`action.run({ firstName: 'Ada' }).then(({ user }) => user.firstName)`)).toBe('Ada');
      expect(await read('action.errors')).toEqual({ fields: {} });
    });

    test('show an outage as a problem of the form, with its code', async () => {
      const { email } = await insertAccount(app);
      await signIn(email);
      await page.route('**/graphql', (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
      expect(await run(`action.run({ firstName: 'Ada' })`)).toBeUndefined();
      expect(await read('action.errors')).toMatchObject({ fields: {}, form: expect.any(String), code: 'UNAVAILABLE' });
      await page.unroute('**/graphql');
      expect(await run(`action.run({ firstName: 'Ada' }).then(({ user }) => user.firstName)`)).toBe('Ada');
      problems = problems.filter((problem) => !problem.includes('502'));
    });

    test('show nothing of a user after another one has signed in in another tab', async () => {
      const [first, next] = await Promise.all([insertAccount(app), insertAccount(app)]);
      await signIn(first.email);
      await run(`action.run({ firstName: 'Ada' })`);
      await page.waitForFunction('action.result');
      const other = await open();
      await shows('user', first.email, other);
      const input = JSON.stringify({ identifier: next.email, password: PASSWORD });
      await run(`latchkey.login(${input})`, other);
      await shows('user', next.email);
      expect(await read('action.result')).toBeNull();
      expect(await read('signIn')).toMatchObject({ step: 'signedIn', user: { email: next.email } });
    });

    test('ignore a result after the component is removed', async () => {
      const { email } = await insertAccount(app);
      await signIn(email);
      const pending = run(`action.run({ firstName: 'Ada' }).then(({ __typename }) => __typename)`);
      await run('show(false)');
      expect(await pending).toBe('ProfileUpdated');
      expect(await page.locator('#action').count()).toBe(0);
    });

    test('ask for the password if an operation requires a recent sign-in, and then repeat it', async () => {
      await addAuthenticator();
      const { email } = await insertAccount(app);
      await signIn(email);
      clock.advance(TEN_MINUTES + 1000);
      const added = run(`addPasskey.run({ name: 'Laptop' }).then(({ __typename }) => __typename)`);
      await shows('reauthentication', 'PASSWORD');
      await run(`addPasskey.reauthentication.submit({ password: 'wrong' })`);
      expect(await read('addPasskey.reauthentication.errors')).toMatchObject({
        fields: { password: expect.any(String) },
      });
      await run(`addPasskey.reauthentication.submit(${JSON.stringify({ password: PASSWORD })})`);
      expect(await added).toBe('PasskeySaved');
      await shows('passkey', 'PasskeySaved');

      clock.advance(TEN_MINUTES + 1000);
      const cancelled = run(`addPasskey.run().then(({ __typename }) => __typename)`);
      await shows('reauthentication', 'PASSKEY,PASSWORD');
      await run('addPasskey.reauthentication.cancel()');
      expect(await cancelled).toBe('ReauthenticationRequired');
      await shows('reauthentication', '');
    });

    test('sign in with a passkey, from a button and from the suggestions of a field', async () => {
      await addAuthenticator();
      const { email } = await insertAccount(app);
      await signIn(email);
      expect(await run(`addPasskey.run().then(({ __typename }) => __typename)`)).toBe('PasskeySaved');
      await run('latchkey.logout()');
      await shows('step', 'start');
      await run('signIn.withPasskey()');
      await shows('user', email);
      await run('latchkey.logout()');
      await run("location.hash = '#autofill'");
      await page.reload();
      await shows('user', email);
      await shows('step', 'signedIn');
    });

    test(`are of version ${version}`, async () => {
      expect(await run('version')).toMatch(new RegExp(`^${version}\\.`));
    });
  });
});

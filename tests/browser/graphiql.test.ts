import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/clock.ts';
import { signInWithRoles } from '../support/admins.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { buildAssets } from '../support/assets.ts';
import { describeBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { testClock } from '../support/clock.ts';
import { type GraphiqlPage, openGraphiql } from '../support/graphiql-page.ts';
import { PASSWORD, signUp, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { logOutAll } from '../support/sessions.ts';

/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;
const TABS = ['RegisterEmail', 'Sign in', 'Phone', 'Reset', 'Social', 'Factors', 'Account', 'Administration'];

const JWT = /eyJ[\w-]+\.[\w-]+/;
const countRefreshes = ({ logged }: TestApp) => logged.filter((line) => line.includes('"operation":"Refresh"')).length;

describeBrowser('GraphiQL', (executablePath) => {
  const clock = testClock();
  let app: TestApp;
  let browser: TestBrowser;
  let context: BrowserContext;
  let graphiql: GraphiqlPage;
  beforeAll(async () => {
    buildAssets('graphiql', 'docs', 'web');
    const port = await freePort();
    app = await startApp({ PUBLIC_URL: `http://localhost:${port}`, OTP_RESEND_COOLDOWN: '0s' }, { clock }, port);
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  const url = () => app.url.replace('127.0.0.1', 'localhost');
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    graphiql = await openGraphiql(context, url());
  });
  afterEach(() => context.close());

  const takeScreenshot = async (name: string) => {
    if (SCREENSHOTS) await graphiql.page.screenshot({ path: join(SCREENSHOTS, `graphiql-${name}.png`) });
  };
  async function signIn(email: string, transport = 'BODY') {
    await graphiql.openExample('Sign in');
    await graphiql.setVariables({ login: { identifier: email, password: PASSWORD, transport } });
    return graphiql.run('Login');
  }
  /** The address that `me` returns. */
  async function whoAmI() {
    await graphiql.openExample('Account');
    return (await graphiql.run('Me')).data?.me?.email;
  }

  test('the first visit leads from a sign-up to the signed-in user without copying an ID or a token', async () => {
    await expect.poll(() => graphiql.tabs()).toEqual(TABS);
    await takeScreenshot('1-first-visit');
    const email = uniqueEmail();
    await graphiql.setVariables({ registerEmail: { email, password: PASSWORD } });
    expect((await graphiql.run('RegisterEmail')).data?.registerEmail?.__typename).toBe('Challenge');
    const [message] = await app.mail(email);
    await graphiql.setVariables({ verifyEmail: { challengeId: '', code: message?.code } });
    expect((await graphiql.run('VerifyEmail')).data?.verifyEmail?.__typename).toBe('Authenticated');
    await expect.poll(() => graphiql.user()).toBe(email);
    await graphiql.openTab('Account');
    expect((await graphiql.run('Me')).data?.me).toMatchObject({ email });
    await takeScreenshot('2-signed-in');
    expect((await graphiql.run('Refresh')).data?.refresh?.__typename).toBe('Authenticated');
    expect((await graphiql.run('VerifyToken')).data?.verifyToken).toMatchObject({ active: true });
    expect((await graphiql.run('Reauthenticate')).data?.reauthenticate?.__typename).toBe('Reauthenticated');
    expect((await graphiql.run('Me')).data?.me).toMatchObject({ email });
    await graphiql.run('Logout');
    await expect.poll(() => graphiql.users()).toEqual(['not yet']);
  });

  test('switches between users, one of them impersonated, and forgets them', async () => {
    const admin = await signInWithRoles(app, 'ADMIN');
    const [ada, grace] = [await signUp(app), await signUp(app)];
    await signIn(ada.email);
    expect(await whoAmI()).toBe(ada.email);
    await signIn(admin.email);
    await graphiql.openExample('Administration');
    await graphiql.setVariables({ userId: grace.user.id });
    expect((await graphiql.run('Impersonate')).data?.impersonate?.__typename).toBe('Impersonation');
    const impersonated = `acting as ${grace.email}`;
    await expect.poll(() => graphiql.user()).toBe(impersonated);
    await takeScreenshot('3-users');
    expect(await whoAmI()).toBe(grace.email);
    await expect.poll(() => graphiql.users()).toEqual(['no user', ada.email, admin.email, impersonated]);
    await graphiql.chooseUser(ada.email);
    expect(await whoAmI()).toBe(ada.email);
    await graphiql.chooseUser('no user');
    expect(await whoAmI()).toBeUndefined();
    await graphiql.chooseUser(ada.email);
    await graphiql.page.getByRole('button', { name: 'Forget' }).click();
    await expect.poll(() => graphiql.users()).toEqual(['no user', admin.email, impersonated]);
    expect(await whoAmI()).toBeUndefined();
  });

  test.each(['BODY', 'COOKIE'])(
    'refreshes a refused access token and sends the request again (%s)',
    async (transport) => {
      const ada = await signUp(app);
      await signIn(ada.email, transport);
      clock.advance(30 * MINUTE);
      expect(await whoAmI()).toBe(ada.email);
    },
  );

  test('the cookie of another user does not refresh the tokens of the chosen one', async () => {
    const [ada, grace] = [await signUp(app), await signUp(app)];
    await signIn(ada.email, 'COOKIE');
    await signIn(grace.email, 'COOKIE');
    await graphiql.chooseUser(ada.email);
    clock.advance(30 * MINUTE);
    expect(await whoAmI()).toBeUndefined();
    await graphiql.chooseUser(grace.email);
    expect(await whoAmI()).toBe(grace.email);
  });

  test('the button refreshes, and says if that fails', async () => {
    const ada = await signUp(app);
    await signIn(ada.email);
    const before = countRefreshes(app);
    await graphiql.page.getByRole('button', { name: 'Refresh', exact: true }).click();
    await expect.poll(() => countRefreshes(app)).toBe(before + 1);
    await context.setOffline(true);
    await graphiql.page.getByRole('button', { name: 'Refresh', exact: true }).click();
    const status = graphiql.page.getByRole('status');
    await expect.poll(() => status.innerText()).toBe('The refresh failed. Try again.');
    await expect.poll(() => graphiql.user()).toBe(ada.email);
  });

  test('refreshes an access token before it expires', async () => {
    const port = await freePort();
    // Shorter than the time ahead of the expiry at which it refreshes: before each request.
    const env = { PUBLIC_URL: `http://localhost:${port}`, ACCESS_TOKEN_TTL: '20s', EMAIL_VERIFICATION: 'off' };
    const other = await startApp(env, {}, port);
    graphiql = await openGraphiql(context, `http://localhost:${port}`);
    await graphiql.setVariables({ registerEmail: { email: uniqueEmail(), password: PASSWORD } });
    await graphiql.run('RegisterEmail');
    expect(countRefreshes(other)).toBe(0);
    expect(await whoAmI()).toContain('@example.com');
    expect(countRefreshes(other)).toBe(1);
    await other.close();
  });

  test('has the names of a subgraph with a prefix', async () => {
    const port = await freePort();
    const env = { FEDERATION: 'on', FEDERATION_PREFIX: 'Auth', ACCESS_TOKEN_TTL: '20s', EMAIL_VERIFICATION: 'off' };
    const other = await startApp({ ...env, PUBLIC_URL: `http://localhost:${port}` }, {}, port);
    graphiql = await openGraphiql(context, `http://localhost:${port}`);
    const email = uniqueEmail();
    await graphiql.setVariables({ registerEmail: { email, password: PASSWORD } });
    expect((await graphiql.run('RegisterEmail')).data?.registerEmail?.__typename).toBe('AuthAuthenticated');
    expect(await whoAmI()).toBe(email);
    expect(countRefreshes(other)).toBe(1);
    await graphiql.run('Logout');
    await expect.poll(() => graphiql.users()).toEqual(['not yet']);
    await other.close();
  });

  test('says that a session has ended, and forgets it', async () => {
    const ada = await signUp(app);
    await signIn(ada.email);
    await logOutAll(
      app.client(),
      expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated').accessToken,
    );
    expect(await whoAmI()).toBeUndefined();
    expect(await graphiql.page.getByRole('status').innerText()).toBe(
      `The session of ${ada.email} has ended (REVOKED).`,
    );
    await expect.poll(() => graphiql.users()).toEqual(['not yet']);
  });

  test('keeps no token and no header beyond the page, but the tabs', async () => {
    const ada = await signUp(app);
    const result = await signIn(ada.email);
    await graphiql.setHeaders({
      authorization: `Bearer ${result.data?.login?.accessToken}`,
      'x-own': 'header-of-mine',
    });
    await graphiql.setVariables({ refresh: { refreshToken: result.data?.login?.refreshToken } });
    await graphiql.run('Login');
    await expect.poll(() => graphiql.stored()).toContain('refreshToken');
    await graphiql.page.getByRole('button', { name: 'Show History' }).click();
    const stored = await graphiql.stored();
    expect(stored).not.toMatch(JWT);
    expect(stored).not.toContain('header-of-mine');
    expect(stored).toContain(ada.email);

    await expect.poll(() => graphiql.hasSaved()).toBe(true);
    await graphiql.page.reload();
    await graphiql.page.locator('.graphiql-response .CodeMirror').waitFor();
    await expect.poll(() => graphiql.users()).toEqual(['not yet']);
    await expect.poll(() => graphiql.tabs()).toHaveLength(TABS.length);
  });

  test('the tabs of a returning user stay; the examples are opened from the list', async () => {
    const own = {
      id: '1',
      title: 'Mine',
      query: 'query Mine { health { status } }',
      variables: '',
      headers: `{"authorization":"Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"}`,
      operationName: 'Mine',
      response: null,
    };
    const state = JSON.stringify({ activeTabIndex: 0, tabs: [own] });
    await graphiql.page.close();
    const page = await context.newPage();
    await page.goto(`${url()}/healthz`);
    await page.evaluate(`localStorage.clear();
      localStorage.setItem('graphiql:tabState', ${JSON.stringify(state)});
      localStorage.setItem('graphiql:query', ${JSON.stringify(own.query)});`);
    graphiql = await openGraphiql(context, url());
    await expect.poll(() => graphiql.tabs()).toEqual(['Mine']);
    expect(await graphiql.stored()).not.toMatch(JWT);
    expect((await graphiql.run('Mine')).data).toEqual({ health: { status: 'UP' } });
    await graphiql.openExample('Phone');
    expect((await graphiql.run('RequestPhoneOtp')).data?.requestPhoneOtp?.__typename).toBe('Challenge');
    await expect.poll(() => graphiql.tabs()).toEqual(['Mine', 'RequestPhoneOtp']);
    await takeScreenshot('4-returning');
  });

  test('links to what the server offers', async () => {
    const links = await graphiql.page.getByRole('navigation').getByRole('link').all();
    const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(paths).toEqual(['/', '/dev/outbox', '/dev/docs', '/schema.graphql', '/account', '/console']);
    for (const path of paths) expect((await fetch(app.url + path)).status).toBe(200);
  });
});

import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { LogoutAllDocument } from '../../schema/generated/graphql.ts';
import { describeBff } from '../support/bff.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { describeExample } from '../support/example.ts';
import { startHttpFront } from '../support/http-front.ts';
import { PASSWORD, signUp, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { enroll, TIME_STEP } from '../support/second-factors.ts';
import {
  cookieNames,
  expireAccess,
  expiredCookies,
  renewal,
  type SsrApp,
  signInWithoutPage,
  startSsrApp,
} from '../support/ssr-app.ts';

/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;
const BOTH = ['__Host-access', '__Host-refresh'];

describeExample('nextjs', (executablePath) => {
  let ssr: SsrApp;
  let browser: TestBrowser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    ssr = await startSsrApp();
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await ssr?.close();
  });
  const withPage = () => {
    beforeEach(async () => {
      context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: ssr.origin });
      page = await context.newPage();
    });
    afterEach(() => context.close());
  };

  const takeScreenshot = async (name: string) => {
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `nextjs-${name}.png`) });
  };
  async function fillIn(values: Record<string, string>, button: string): Promise<void> {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('main').getByRole('button', { name: button }).click();
  }
  const signIn = () => signInWithoutPage(ssr, context);
  async function signInByForm() {
    const user = await signUp(ssr.app);
    await page.goto('/sign-in?to=/account');
    await fillIn({ Email: user.email, Password: PASSWORD }, 'Sign in');
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    return user;
  }
  const refreshToken = async () => (await context.cookies()).find(({ name }) => name === '__Host-refresh')?.value;
  /** What the server has rendered, without any script. */
  const rendered = async (path: string) => (await context.request.get(path)).text();

  describe('a user', () => {
    withPage();
    test('signs up with the code from the mail', async () => {
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      const email = uniqueEmail();
      await page.goto('/sign-up');
      await fillIn({ Email: email, Password: 'short' }, 'Sign up');
      await page.getByRole('main').getByRole('alert').filter({ hasText: 'characters' }).waitFor();
      await takeScreenshot('1-problem');
      await fillIn({ Email: email, Password: PASSWORD }, 'Sign up');
      await page.getByLabel('Code').waitFor();
      const [message] = await ssr.app.mail(email);
      await fillIn({ Code: message?.code ?? '' }, 'Continue');
      await page.getByRole('heading', { name: 'Sessions' }).waitFor();
      await page.getByRole('button', { name: 'Call /api/me' }).click();
      await page.getByRole('status').getByText(email).waitFor();
      await takeScreenshot('2-account');
      expect(problems).toEqual([]);
    });

    test('signs in with a second factor', async () => {
      const user = await signUp(ssr.app);
      const { authenticator } = await enroll(user, new Date());
      await page.goto('/sign-in');
      await fillIn({ Email: user.email, Password: PASSWORD }, 'Sign in');
      await fillIn({ Code: authenticator.code(new Date(Date.now() + TIME_STEP)) }, 'Continue');
      await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    });

    test('is known to the server after a reload, which costs no refresh', async () => {
      const { email } = await signInByForm();
      expect(await context.cookies()).toEqual(
        expect.arrayContaining(
          BOTH.map((name) =>
            expect.objectContaining({
              name,
              domain: 'localhost',
              path: '/',
              httpOnly: true,
              secure: true,
              sameSite: 'Lax',
            }),
          ),
        ),
      );
      const [before, requests] = [await refreshToken(), ssr.forwarded.length];
      expect(await rendered('/')).toContain(`You are signed in as ${email}`);
      expect(await rendered('/')).toContain(`You are signed in as ${email}`);
      expect(await refreshToken()).toBe(before);
      expect(ssr.forwarded).toHaveLength(requests);
      const response = await context.request.get('/account');
      expect(response.headers()['cache-control']).toMatch(/no-store/);
    });

    test('sees the own address in the list of sessions, as the proxy in front reports it', async () => {
      await context.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.7' });
      await signInByForm();
      await page.getByRole('cell', { name: '203.0.113.7' }).waitFor();
      await page.getByRole('cell', { name: /Chrome.* \(this browser\)/ }).waitFor();
    });

    test('is led back to the page that needed the sign-in, but to no other site', async () => {
      const { email } = await signUp(ssr.app);
      await page.goto('/account');
      expect(page.url()).toBe(`${ssr.origin}/sign-in?to=%2Faccount`);
      await page.goto('/sign-in?to=//attacker.example/');
      await fillIn({ Email: email, Password: PASSWORD }, 'Sign in');
      await page.getByRole('heading', { name: 'Sessions' }).waitFor();
      expect(page.url()).toBe(`${ssr.origin}/account`);
    });

    test('signs out: both cookies are gone, and the token is refused by the API', async () => {
      await signInByForm();
      const access = (await context.cookies()).find(({ name }) => name === '__Host-access')?.value;
      // A click before the page is interactive does nothing.
      await expect
        .poll(async () => {
          await page
            .getByRole('button', { name: 'Sign out' })
            .click({ timeout: 1_000 })
            .catch(() => {});
          return page.getByText('You are not signed in.').isVisible();
        })
        .toBe(true);
      expect(await cookieNames(context)).toEqual([]);
      await page.goto('/account');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      const callApi = async () =>
        (await context.request.get('/api/me', { headers: { authorization: `Bearer ${access}` } })).status();
      await expect.poll(callApi).toBe(401);
    });
  });

  describe('with an expired access token', () => {
    withPage();
    test('ten parallel renders show the user, and end no session', async () => {
      const { email } = await signIn();
      await expireAccess(context);
      const renders = await Promise.all(Array.from({ length: 10 }, () => rendered('/account')));
      for (const html of renders) expect(html).toContain(email);
      expect(ssr.app.logged.filter((line) => /reused/i.test(JSON.stringify(line)))).toEqual([]);

      // Later renewals find the session alive.
      await expireAccess(context);
      await page.goto('/account');
      await page.getByRole('heading', { name: 'Sessions' }).waitFor();
      expect(await cookieNames(context)).toEqual(BOTH);
    });

    test('ten requests with the very same cookies get the same next tokens', async () => {
      await signIn();
      const cookie = await expiredCookies(ssr, context);
      /** 503 asks the client to try again. */
      const renewPatiently = async (): Promise<string> => {
        const response = await renewal(ssr, cookie);
        return response.startsWith('503 ') ? renewPatiently() : response;
      };
      const responses = await Promise.all(Array.from({ length: 10 }, renewPatiently));
      expect(responses[0]).toMatch(/^307 __Host-refresh=[\w.-]+ no-store$/);
      expect([...new Set(responses)]).toEqual([responses[0]]);
    });

    test('a renewal whose response is lost can be repeated, also when REFRESH_GRACE is over', async () => {
      await signIn();
      const cookie = await expiredCookies(ssr, context);
      const lost = await renewal(ssr, cookie);
      expect(lost).toMatch(/^307 /);
      ssr.issuer.clock.advance(45_000);
      onTestFinished(() => ssr.issuer.clock.advance(-45_000));
      expect(await renewal(ssr, cookie)).toBe(lost);
    });

    test('a link within the app works', async () => {
      const { email } = await signIn();
      await page.goto('/');
      await expireAccess(context);
      await page.getByRole('main').getByRole('link', { name: 'Account' }).click();
      await page.getByRole('heading', { name: 'Sessions' }).waitFor();
      expect(await page.getByRole('main').textContent()).toContain(email);
    });

    test('a session that was ended elsewhere is over, and its cookies are removed', async () => {
      const { client, accessToken: token } = await signIn();
      await client.request(LogoutAllDocument, { input: { exceptCurrent: false } }, { token });
      await expireAccess(context);
      await page.goto('/account');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      expect(await cookieNames(context)).toEqual([]);
    });
  });

  describe('a page of an attacker', () => {
    withPage();
    let attacker: string;
    let close: () => Promise<void>;
    beforeAll(async () => {
      // Cookies are sent for each port of a host, so `localhost` is the harder case.
      const port = await freePort();
      const front = await startHttpFront(port, ssr.port);
      [attacker, close] = [`http://localhost:${port}`, front.close];
    });
    afterAll(() => close());

    test.each(['text/plain', 'application/x-www-form-urlencoded'])(
      'cannot post a form of the type %s',
      async (type) => {
        await signIn();
        const before = await refreshToken();
        await page.route(`${attacker}/trap`, (route) =>
          route.fulfill({
            contentType: 'text/html',
            body: `<form method="post" action="${ssr.origin}/graphql" enctype="${type}">
              <input name='{"query":"mutation{refresh{__typename}}","x":"' value='"}'></form>
              <script>document.forms[0].submit()</script>`,
          }),
        );
        const answer = page.waitForResponse(`${ssr.origin}/graphql`);
        const requests = ssr.forwarded.length;
        await page.goto(`${attacker}/trap`, { waitUntil: 'commit' });
        expect((await answer).status()).toBe(403);
        expect(ssr.forwarded).toHaveLength(requests);
        expect(await refreshToken()).toBe(before);
      },
    );
  });

  describe('the route', () => {
    describeBff(() => ssr);
  });

  describe('during an outage', () => {
    withPage();
    test('no user is signed out', async () => {
      await signIn();
      await ssr.cutService();
      await expireAccess(context);
      const response = await page.goto('/account');
      expect(response?.status()).toBe(503);
      expect(await cookieNames(context)).toEqual(['__Host-refresh']);
      await page.goto('/');
      await page.getByRole('heading', { name: 'Welcome' }).waitFor();
      expect(await cookieNames(context)).toEqual(['__Host-refresh']);
    });
  });
});

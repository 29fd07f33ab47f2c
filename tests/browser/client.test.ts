import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { describeBrowser, openBrowser, openWithoutCookies, type TestBrowser } from '../support/browser.ts';
import type {} from '../support/client-core-page.ts'; // The type of the page's window.
import { type ClientPage, startClientPage } from '../support/client-page.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { logOutAll, WITHOUT_VERIFICATION } from '../support/sessions.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

/** Calls the client in the tab. */
const inTab = <Argument, Result>(
  tab: Page,
  call: (argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> => tab.evaluate(call as never, argument as never) as Promise<Result>; // Playwright's types unwrap handles.

describeBrowser('@latchkey/client in a browser', (executablePath) => {
  let browser: TestBrowser;
  let app: TestApp;
  let site: ClientPage;
  let context: BrowserContext;
  /** Names of the operations that all tabs sent, in order. */
  let sent: string[];
  beforeAll(async () => {
    const port = await freePort();
    app = await startApp({ ...WITHOUT_VERIFICATION, PUBLIC_URL: `http://localhost:${port}` }, {}, port);
    site = await startClientPage({ script: 'client-core-page.ts', api: `http://localhost:${port}` });
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await app?.close();
  });
  beforeEach(async () => {
    sent = [];
    context = await browser.newContext();
    context.on('request', (request) => {
      const [, name] = /(?:mutation|query) (\w+)/.exec(request.postData() ?? '') ?? [];
      if (name) sent.push(name);
    });
  });
  afterEach(() => context.close());

  async function openTab(url = site.url): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(url);
    await expect.poll(() => tab.title()).not.toBe('loading');
    return tab;
  }
  const openTabs = (count: number) => Promise.all(Array.from({ length: count }, () => openTab()));
  const input = () => ({ email: uniqueEmail(), password: PASSWORD });
  const register = (tab: Page, account = input()) =>
    inTab(tab, (account) => window.latchkey.registerEmail(account), account);
  const me = (tab: Page) => inTab(tab, async () => (await window.latchkey.me())?.email, undefined);
  const sessionOf = (tab: Page) => inTab(tab, () => window.latchkey.session, undefined);
  /** Makes the access token unusable in all tabs, as if it had expired. */
  const expire = (tabs: Page[]) =>
    Promise.all(
      tabs.map((tab) =>
        inTab(
          tab,
          () => {
            const now = Date.now;
            Date.now = () => now() + 11 * 60_000;
          },
          undefined,
        ),
      ),
    );

  test('the user is still signed in after a reload, without anything in storage that scripts can read', async () => {
    const tab = await openTab();
    const account = input();
    expect((await register(tab, account)).__typename).toBe('Authenticated');
    expect(await inTab(tab, () => [localStorage.length, sessionStorage.length, document.cookie], undefined)).toEqual([
      0,
      0,
      '',
    ]);
    await tab.reload();
    await expect.poll(() => tab.title()).toBe('signedIn');
    expect(await sessionOf(tab)).toMatchObject({ user: { email: account.email } });
  });

  test('a sign-in and a sign-out reach all tabs without requests of theirs', async () => {
    const [first, second, third] = (await openTabs(3)) as [Page, Page, Page];
    const account = input();
    sent.length = 0;
    await register(first, account);
    for (const tab of [second, third])
      await expect.poll(() => sessionOf(tab)).toMatchObject({ status: 'signedIn', user: { email: account.email } });
    expect(await me(second)).toBe(account.email);
    await inTab(third, () => window.latchkey.logout(), undefined);
    for (const tab of [first, second, third])
      await expect.poll(() => sessionOf(tab)).toEqual({ status: 'signedOut', reason: 'SIGNED_OUT' });
    expect(sent).toEqual(['RegisterEmail', 'Me', 'Logout']);
    await first.reload();
    await expect.poll(() => first.title()).toBe('signedOut');
  });

  test('another user who signs in replaces the first one in all tabs', async () => {
    const [first, second] = (await openTabs(2)) as [Page, Page];
    await register(first);
    const account = input();
    await register(second, account);
    await expect.poll(() => sessionOf(first)).toMatchObject({ user: { email: account.email } });
    expect(await me(first)).toBe(account.email);
  });

  test('after the token has expired in three tabs, one refresh serves all requests of all tabs', async () => {
    const tabs = await openTabs(3);
    const account = input();
    await register(tabs[0] as Page, account);
    for (const tab of tabs) await expect.poll(() => tab.title()).toBe('signedIn');
    await expire(tabs);
    sent.length = 0;
    const answers = await Promise.all(tabs.flatMap((tab) => Array.from({ length: 5 }, () => me(tab))));
    expect(new Set(answers)).toEqual(new Set([account.email]));
    // Usually one. A tab that gets the news late on a busy machine renews by itself.
    expect([1, 2, 3]).toContain(sent.filter((name) => name === 'Refresh').length);
    expect(sent.filter((name) => name === 'Me')).toHaveLength(15);
  });

  test('a session that was ended elsewhere signs out all tabs with the next request of one', async () => {
    const tabs = (await openTabs(3)) as [Page, Page, Page];
    const result = await register(tabs[0]);
    for (const tab of tabs) await expect.poll(() => tab.title()).toBe('signedIn');
    if (result.__typename === 'Authenticated') await logOutAll(app.client(), result.accessToken);
    await expect(me(tabs[1])).rejects.toThrow('A valid access token is required');
    for (const tab of tabs) await expect.poll(() => sessionOf(tab)).toEqual({ status: 'signedOut', reason: 'REVOKED' });
  });

  test('going offline and back loses nothing, also with an expired token and after a reload', async () => {
    const tab = await openTab();
    const account = input();
    await register(tab, account);
    await expire([tab]);
    await context.setOffline(true);
    await expect(me(tab)).rejects.toThrow('cannot be reached');
    expect(await sessionOf(tab)).toMatchObject({ status: 'signedIn' });
    await context.setOffline(false);
    expect(await me(tab)).toBe(account.email);

    // The page comes from a cache in this story: only the service cannot be reached.
    await context.route(`${app.url.replace('127.0.0.1', 'localhost')}/graphql`, (route) => route.abort());
    const reloaded = await context.newPage();
    await reloaded.goto(site.url);
    const failure = () =>
      inTab(
        reloaded,
        () => (window.latchkey.session.status === 'loading' ? window.latchkey.session.error?.code : undefined),
        undefined,
      );
    await expect.poll(failure).toBe('UNAVAILABLE');
    await context.unrouteAll();
    await expect.poll(() => sessionOf(reloaded)).toMatchObject({ status: 'signedIn', user: { email: account.email } });
  });

  test('a page that the browser shows again as it was asks who is signed in now', async () => {
    const tab = await openTab();
    const [first, next] = [input(), input()];
    await register(tab, first);
    // Without a message to the tab, as while it is in the back/forward cache.
    const query = `mutation Next($input: RegisterEmailInput!) { registerEmail(input: $input) { __typename } }`;
    const data = { query, variables: { input: { ...next, transport: 'COOKIE' } } };
    const headers = { origin: site.origin };
    const response = await context.request.post(`${app.url.replace('127.0.0.1', 'localhost')}/graphql`, {
      data,
      headers,
    });
    expect(await response.json()).toMatchObject({ data: { registerEmail: { __typename: 'Authenticated' } } });
    expect(await sessionOf(tab)).toMatchObject({ user: { email: first.email } });
    await inTab(tab, () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), undefined);
    await expect.poll(() => sessionOf(tab)).toMatchObject({ user: { email: next.email } });
  });

  test('a page of another site gets the documented outcome, not silence', async () => {
    const tab = await openTab(site.url.replace('localhost', '127.0.0.1'));
    expect(await register(tab)).toMatchObject({
      __typename: 'InvalidInput',
      fields: [{ path: 'transport', code: 'NOT_ALLOWED' }],
    });
    expect(await sessionOf(tab)).toEqual({ status: 'signedOut' });
  });

  test('leaves the parameters of another OAuth flow of the app alone', async () => {
    const tab = await openTab(`${site.url}?code=theirs&state=theirs`);
    const result = await inTab(tab, () => window.latchkey.completeSocial(), undefined);
    expect(result).toEqual({ __typename: 'SocialNotStarted' });
    expect(new URL(tab.url()).search).toBe('?code=theirs&state=theirs');
    await tab.goto(site.url);
    expect(await inTab(tab, () => window.latchkey.completeSocial(), undefined)).toBeUndefined();
  });

  test('a browser that keeps no cookies signs out with the reason MISSING, not silently', async () => {
    const tab = await openTab();
    await register(tab);
    await context.clearCookies();
    await expire([tab]);
    expect(await inTab(tab, () => window.latchkey.accessToken(), undefined)).toBeUndefined();
    expect(await sessionOf(tab)).toEqual({ status: 'signedOut', reason: 'MISSING' });
  });

  test('in a browser that denies locks and storage, a sign-in lasts as long as its token', async () => {
    const blocking = await openWithoutCookies(executablePath);
    try {
      const tab = await blocking.newPage();
      await tab.goto(site.url);
      const isDenied = () => navigator.locks.request('any', () => false).catch(() => true);
      expect(await inTab(tab, isDenied, undefined)).toBe(true);
      await expect.poll(() => sessionOf(tab)).toEqual({ status: 'signedOut' });
      const account = input();
      await register(tab, account);
      expect(await me(tab)).toBe(account.email);
      const social = () => window.latchkey.signInWith('google').catch(({ code }) => code);
      expect(await inTab(tab, social, undefined)).toBe('BLOCKED');
      await expire([tab]);
      expect(await inTab(tab, () => window.latchkey.accessToken(), undefined)).toBeUndefined();
      expect(await sessionOf(tab)).toEqual({ status: 'signedOut', reason: 'MISSING' });
    } finally {
      await blocking.close();
    }
  });

  describe.each([
    ['with the JSON methods of WebAuthn', false],
    ['in browsers without them', true],
  ])('passkeys %s', (_title, isOld) => {
    let tab: Page;
    let devtools: CDPSession;
    beforeEach(async () => {
      if (isOld)
        await context.addInitScript(() => {
          const { PublicKeyCredential } = window as unknown as { PublicKeyCredential: Record<string, unknown> };
          delete PublicKeyCredential.parseCreationOptionsFromJSON;
          delete PublicKeyCredential.parseRequestOptionsFromJSON;
          delete (PublicKeyCredential.prototype as Record<string, unknown>).toJSON;
        });
      tab = await openTab();
      ({ devtools } = await addVirtualAuthenticator(tab));
      await register(tab);
    });
    const addPasskey = () => inTab(tab, () => window.latchkey.addPasskey({ name: 'Laptop' }), undefined);
    const signOut = () => inTab(tab, () => window.latchkey.logout(), undefined);

    test('are added, sign in, also by autofill, and reauthenticate', async () => {
      expect(await addPasskey()).toMatchObject({ __typename: 'PasskeySaved', passkey: { name: 'Laptop' } });
      expect(await addPasskey()).toEqual({ __typename: 'PasskeyExists' });
      expect(await inTab(tab, () => window.latchkey.reauthenticateWithPasskey(), undefined)).toMatchObject({
        __typename: 'Reauthenticated',
      });
      await signOut();
      expect(await inTab(tab, () => window.latchkey.signInWithPasskey(), undefined)).toMatchObject({
        __typename: 'Authenticated',
      });
      await signOut();
      expect(await inTab(tab, () => window.latchkey.signInWithPasskey({ autofill: true }), undefined)).toMatchObject({
        __typename: 'Authenticated',
      });
      expect(await sessionOf(tab)).toMatchObject({ status: 'signedIn' });
    });

    test('complete a sign-in with the password', async () => {
      await addPasskey();
      await inTab(tab, () => window.latchkey.setSecondFactorRequired({ required: true }), undefined);
      const { user } = (await sessionOf(tab)) as { user: { email: string } };
      await signOut();
      const result = await inTab(
        tab,
        async ([identifier, password]) => {
          const required = await window.latchkey.login({ identifier, password });
          if (required.__typename !== 'SecondFactorRequired') return required;
          return window.latchkey.verifyWithPasskey(required);
        },
        [user.email, PASSWORD] as const,
      );
      expect(result.__typename).toBe('Authenticated');
    });

    test('are offered once if the clock of the device is wrong by weeks', async () => {
      await signOut();
      sent.length = 0;
      await inTab(
        tab,
        () => {
          const now = Date.now;
          Date.now = () => now() - 40 * 24 * 3_600_000;
          void window.latchkey.signInWithPasskey({ autofill: true });
        },
        undefined,
      );
      await expect.poll(() => sent).toContain('StartPasskeyLogin');
      await tab.waitForTimeout(500);
      expect(sent).toEqual(['StartPasskeyLogin']);
    });

    test('that the user does not choose are cancelled; a call replaces the one that waits', async () => {
      await addPasskey();
      await signOut();
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', {
        authenticatorId: (
          await devtools.send('WebAuthn.addVirtualAuthenticator', {
            options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: false },
          })
        ).authenticatorId,
        enabled: false,
      });
      const result = await inTab(
        tab,
        async () => {
          const controller = new AbortController();
          controller.abort();
          return window.latchkey.signInWithPasskey({ signal: controller.signal });
        },
        undefined,
      );
      expect(result).toEqual({ __typename: 'PasskeyCancelled' });
    });
  });
});

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeBrowser, openWithoutCookies } from '../support/browser.ts';
import { inTab, useClientTabs } from '../support/client-tabs.ts';
import { logOutAll } from '../support/sessions.ts';

describeBrowser('@latchkey/client in a browser', (executablePath) => {
  const { app, site, context, sent, openTab, openTabs, input, register, me, sessionOf, expire } =
    useClientTabs(executablePath);

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
    if (result.__typename === 'Authenticated') await logOutAll(app().client(), result.accessToken);
    await expect(me(tabs[1])).rejects.toThrow('A valid access token is required');
    for (const tab of tabs) await expect.poll(() => sessionOf(tab)).toEqual({ status: 'signedOut', reason: 'REVOKED' });
  });

  test('going offline and back loses nothing, also with an expired token and after a reload', async () => {
    const tab = await openTab();
    const account = input();
    await register(tab, account);
    await expire([tab]);
    await context().setOffline(true);
    await expect(me(tab)).rejects.toThrow('cannot be reached');
    expect(await sessionOf(tab)).toMatchObject({ status: 'signedIn' });
    await context().setOffline(false);
    expect(await me(tab)).toBe(account.email);

    // The page comes from a cache in this story: only the service cannot be reached.
    await context().route(`${app().url.replace('127.0.0.1', 'localhost')}/graphql`, (route) => route.abort());
    const reloaded = await context().newPage();
    await reloaded.goto(site().url);
    const failure = () =>
      inTab(
        reloaded,
        () => (window.latchkey.session.status === 'loading' ? window.latchkey.session.error?.code : undefined),
        undefined,
      );
    await expect.poll(failure).toBe('UNAVAILABLE');
    await context().unrouteAll();
    await expect.poll(() => sessionOf(reloaded)).toMatchObject({ status: 'signedIn', user: { email: account.email } });
  });

  test('a page that the browser shows again as it was asks who is signed in now', async () => {
    const tab = await openTab();
    const [first, next] = [input(), input()];
    await register(tab, first);
    // Without a message to the tab, as while it is in the back/forward cache.
    const query = `mutation Next($input: RegisterEmailInput!) { registerEmail(input: $input) { __typename } }`;
    const data = { query, variables: { input: { ...next, transport: 'COOKIE' } } };
    const headers = { origin: site().origin };
    const response = await context().request.post(`${app().url.replace('127.0.0.1', 'localhost')}/graphql`, {
      data,
      headers,
    });
    expect(await response.json()).toMatchObject({ data: { registerEmail: { __typename: 'Authenticated' } } });
    expect(await sessionOf(tab)).toMatchObject({ user: { email: first.email } });
    await inTab(tab, () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), undefined);
    await expect.poll(() => sessionOf(tab)).toMatchObject({ user: { email: next.email } });
  });

  test('a page of another site gets the documented outcome, not silence', async () => {
    const tab = await openTab(site().url.replace('localhost', '127.0.0.1'));
    expect(await register(tab)).toMatchObject({
      __typename: 'InvalidInput',
      fields: [{ path: 'transport', code: 'NOT_ALLOWED' }],
    });
    expect(await sessionOf(tab)).toEqual({ status: 'signedOut' });
  });

  test('leaves the parameters of another OAuth flow of the app alone', async () => {
    const tab = await openTab(`${site().url}?code=theirs&state=theirs`);
    const result = await inTab(tab, () => window.latchkey.completeSocial(), undefined);
    expect(result).toEqual({ __typename: 'SocialNotStarted' });
    expect(new URL(tab.url()).search).toBe('?code=theirs&state=theirs');
    await tab.goto(site().url);
    expect(await inTab(tab, () => window.latchkey.completeSocial(), undefined)).toBeUndefined();
  });

  test('a browser that keeps no cookies signs out with the reason MISSING, not silently', async () => {
    const tab = await openTab();
    await register(tab);
    await context().clearCookies();
    await expire([tab]);
    expect(await inTab(tab, () => window.latchkey.accessToken(), undefined)).toBeUndefined();
    expect(await sessionOf(tab)).toEqual({ status: 'signedOut', reason: 'MISSING' });
  });

  test('in a browser that denies locks and storage, a sign-in lasts as long as its token', async () => {
    const blocking = await openWithoutCookies(executablePath);
    try {
      const tab = await blocking.newPage();
      await tab.goto(site().url);
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
});

import { decodeJwt } from 'jose';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { describeBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { expectType } from '../support/client.ts';
import { startPasskeyPage } from '../support/passkey-page.ts';
import { listPasskeys, removePasskey } from '../support/passkeys.ts';
import { freePort } from '../support/ports.ts';
import { requireSecondFactor } from '../support/second-factors.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../support/sessions.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

/** What the page's functions return. */
interface Outcome {
  __typename: string;
  reason?: string;
  accessToken?: string;
  user?: { id: string };
}

describeBrowser('passkeys in a browser', (executablePath) => {
  let browser: TestBrowser;
  let app: TestApp;
  let site: Awaited<ReturnType<typeof startPasskeyPage>>;
  let page: Page;
  let devtools: CDPSession;
  let authenticatorId: string;
  beforeAll(async () => {
    const port = await freePort();
    app = await startApp({ ...WITHOUT_VERIFICATION, PUBLIC_URL: `http://localhost:${port}` }, {}, port);
    site = await startPasskeyPage(`http://localhost:${port}`);
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await app?.close();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    await page.goto(site.url);
    authenticatorId = await addAuthenticator(page);
  });
  afterEach(() => page.context().close());

  /** A platform authenticator that verifies the user, of the tab. */
  async function addAuthenticator(tab: Page): Promise<string> {
    const added = await addVirtualAuthenticator(tab);
    devtools = added.devtools;
    return added.authenticatorId;
  }

  const run = (script: string, tab = page) => tab.evaluate(script) as Promise<Outcome>; // The page's own functions.
  const amrOf = ({ accessToken }: Outcome) => decodeJwt(accessToken ?? '').amr;

  async function userWithPasskey() {
    const user = await registerUser(app.client());
    const saved = await run(`register(${JSON.stringify(user.accessToken)}, 'Test browser')`);
    expect(saved.__typename).toBe('PasskeySaved');
    return user;
  }

  test('a new passkey is saved, and signs in without a user name', async () => {
    const user = await userWithPasskey();
    const [listed] = await listPasskeys(user.client, user.accessToken);
    expect(listed).toMatchObject({ name: 'Test browser', isSynced: false });
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toEqual([expect.objectContaining({ rpId: 'localhost', isResidentCredential: true })]);
    const session = await run('signIn()');
    expect(session).toMatchObject({ __typename: 'Authenticated', user: { id: user.user.id } });
    expect(amrOf(session)).toEqual(['hwk', 'user', 'mfa']);
  });

  test('a passkey signs in through autofill (conditional mediation)', async () => {
    const user = await userWithPasskey();
    expect(await page.evaluate('PublicKeyCredential.isConditionalMediationAvailable()')).toBe(true);
    const session = await run("signIn('conditional')");
    expect(session).toMatchObject({ __typename: 'Authenticated', user: { id: user.user.id } });
  });

  test('a second passkey on the same authenticator is refused by the browser', async () => {
    const user = await userWithPasskey();
    await expect(run(`register(${JSON.stringify(user.accessToken)})`)).rejects.toThrow('InvalidStateError');
  });

  test('a passkey completes a sign-in with the password', async () => {
    const user = await userWithPasskey();
    expectType(await requireSecondFactor(user, true), 'SecondFactorChanged');
    const session = await run(`signInWithPassword(${JSON.stringify(user.email)}, ${JSON.stringify(user.password)})`);
    expect(session.__typename).toBe('Authenticated');
    expect(amrOf(session)).toEqual(['pwd', 'hwk', 'user', 'mfa']);
  });

  test('a passkey that was removed from the account does not sign in, although the browser still has it', async () => {
    const user = await userWithPasskey();
    const [listed] = await listPasskeys(user.client, user.accessToken);
    expectType(await removePasskey(user.client, user.accessToken, listed?.id ?? ''), 'PasskeyRemoved');
    expect(await run('signIn()')).toMatchObject({ __typename: 'ChallengeFailed', reason: 'PASSKEY_REJECTED' });
  });

  test('two tabs sign in, in any order', async () => {
    await userWithPasskey();
    const other = await page.context().newPage();
    await other.goto(site.url);
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    const [credential] = credentials;
    const id = await addAuthenticator(other);
    await devtools.send('WebAuthn.addCredential', {
      authenticatorId: id,
      credential: credential ?? expect.fail('none'),
    });
    await page.evaluate("call('startLogin').then((started) => { globalThis.started = started; })");
    expect((await run('signIn()', other)).__typename).toBe('Authenticated');
    const finish = `(async () => call('finishLogin', {
      challengeId: started.challengeId, response: await sign(started.options),
    }))()`;
    expect((await run(finish)).__typename).toBe('Authenticated');
    expect(await run(finish)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'ALREADY_USED' });
  });

  test('without user verification, the browser refuses, and so does the service if the page does not ask for it (T108)', async () => {
    await userWithPasskey();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await expect(run('signIn()')).rejects.toThrow('NotAllowedError');
    const outcome = await run("signIn(undefined, { userVerification: 'discouraged' })");
    expect(outcome).toMatchObject({ __typename: 'ChallengeFailed', reason: 'PASSKEY_REJECTED' });
  });
});

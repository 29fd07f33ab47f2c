import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { describeBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { freePort } from '../support/ports.ts';

const SCRIPT = fileURLToPath(new URL('../../examples/social-sign-in/serve.mjs', import.meta.url));
/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

/** Starts the example as its instructions say, and reads the settings that it prints. */
async function startExample(api: string) {
  const [pagePort, issuerPort] = [await freePort(), await freePort()];
  const env = { ...process.env, PAGE_PORT: String(pagePort), ISSUER_PORT: String(issuerPort), API: api };
  const child = spawn(process.execPath, [SCRIPT], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const printed = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (/^ALLOWED_ORIGINS=.+\n/m.test(text)) resolve(text);
    });
    child.on('exit', (code) => reject(new Error(`the example ended with ${code}: ${text}`)));
  });
  const settings = parseEnv(printed.slice(printed.indexOf('\n\n')));
  return { child, url: `http://localhost:${pagePort}/`, settings };
}

describeBrowser('the example page in a browser', (executablePath) => {
  let browser: TestBrowser;
  let app: TestApp;
  let example: { child: ChildProcess; url: string };
  let page: Page;
  beforeAll(async () => {
    const port = await freePort();
    const started = await startExample(`http://localhost:${port}`);
    app = await startApp({ ...started.settings, PUBLIC_URL: `http://localhost:${port}` }, {}, port);
    example = started;
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    example?.child.kill();
    await app?.close();
  });
  beforeEach(async () => {
    page = await (await browser.newContext({ viewport: { width: 800, height: 600 } })).newPage();
  });
  afterEach(() => page.context().close());

  const takeScreenshot = async (name: string) => {
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  };

  /** Goes to the provider, fills in its two forms and comes back. */
  async function signIn(login: string): Promise<void> {
    await page.getByRole('button', { name: 'The local provider' }).click();
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any password');
    await takeScreenshot('2-at-the-provider');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  test('signs in at a local provider, shows the user, survives a reload and signs out', async () => {
    const pageErrors: string[] = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    await page.goto(example.url);
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    await takeScreenshot('1-signed-out');

    await signIn('ada.lovelace@example.com');
    await page.getByText('ada.lovelace@example.com, verified').waitFor();
    await takeScreenshot('3-signed-in');
    expect(page.url()).toBe(example.url);
    expect(await page.locator('#me').textContent()).toContain('local (ada.lovelace@example.com)');

    const stored = await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])');
    expect(stored).toBe('[{},{},""]');
    const cookies = await page.context().cookies();
    const token = cookies.find(({ name }) => name === 'refresh');
    expect(token).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

    await page.reload();
    await page.getByText('ada.lovelace@example.com, verified').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    expect(pageErrors).toEqual([]);
  });

  test('rejects a callback for a sign-in that this tab did not start, and says so (T77)', async () => {
    await page.goto(example.url);
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    await page.goto(`${example.url}?code=stolen&state=stolen`);
    await page.getByText('started in another tab').waitFor();
    await takeScreenshot('4-refused');
    expect(page.url()).toBe(example.url);
  });

  test('rejects a callback for a sign-in that another browser started (T77)', async () => {
    await page.goto(example.url);
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    // Mallory is redirected back, but the page does not use the callback.
    await page.route('**/page.js', (route) => route.abort());
    await signIn('mallory@example.com');
    await page.waitForURL(/[?&]code=/);

    // The victim has also started a sign-in and opens Mallory's callback.
    const victim = await (await browser.newContext()).newPage();
    await victim.goto(example.url);
    await victim.getByRole('button', { name: 'The local provider' }).click();
    await victim.locator('input[name=login]').waitFor();
    await victim.goto(page.url());
    await victim.getByText('This sign-in was started somewhere else').waitFor();
    await victim.getByRole('button', { name: 'The local provider' }).waitFor();
    expect((await victim.context().cookies()).some(({ name }) => name === 'refresh')).toBe(false);
    await victim.context().close();
  });

  test('shows HTML in a name as text', async () => {
    await page.goto(example.url);
    await signIn('<img src=x onerror=document.title="run">');
    await page.locator('#signed-in').waitFor();
    await page.getByText('<img src=x').first().waitFor();
    expect(await page.title()).toBe('Sign in with Latchkey');
  });
});

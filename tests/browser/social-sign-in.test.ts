import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { describeBrowser } from '../support/browser.ts';
import { freePort } from '../support/ports.ts';

const SCRIPT = fileURLToPath(new URL('../../examples/social-sign-in/serve.mjs', import.meta.url));
/** Where to leave pictures of what was seen; nowhere unless it is set. */
const PICTURES = process.env.TEST_SCREENSHOTS;

/** The example as a newcomer starts it, and the settings that it prints. */
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

describeBrowser('the example page, in a browser', (executablePath) => {
  let browser: Browser;
  let app: TestApp;
  let example: { child: ChildProcess; url: string };
  let page: Page;
  beforeAll(async () => {
    const port = await freePort();
    const started = await startExample(`http://localhost:${port}`);
    app = await startApp({ ...started.settings, PUBLIC_URL: `http://localhost:${port}` }, {}, port);
    example = started;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
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

  const picture = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  };

  /** From the page to the provider, through its two forms, and back. */
  async function signIn(login: string): Promise<void> {
    await page.getByRole('button', { name: 'The local provider' }).click();
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any password');
    await picture('2-at-the-provider');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  test('signs in with a local provider, shows me, survives a reload, and signs out', async () => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(example.url);
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    await picture('1-signed-out');

    await signIn('ada.lovelace@example.com');
    await page.getByText('ada.lovelace@example.com, verified').waitFor();
    await picture('3-signed-in');
    expect(page.url()).toBe(example.url);
    expect(await page.locator('#me').textContent()).toContain('local (ada.lovelace@example.com)');

    const kept = await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])');
    expect(kept).toBe('[{},{},""]');
    const cookies = await page.context().cookies();
    const token = cookies.find(({ name }) => name === 'refresh');
    expect(token).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

    await page.reload();
    await page.getByText('ada.lovelace@example.com, verified').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('an answer that another tab began is refused, and says so (T77)', async () => {
    await page.goto(example.url);
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    await page.goto(`${example.url}?code=stolen&state=stolen`);
    await page.getByText('started in another tab').waitFor();
    await picture('4-refused');
    expect(page.url()).toBe(example.url);
  });

  test('what one browser began signs nobody in in another (T77)', async () => {
    await page.goto(example.url);
    await page.getByRole('button', { name: 'The local provider' }).waitFor();
    // Mallory comes back and keeps the answer instead of using it.
    await page.route('**/page.js', (route) => route.abort());
    await signIn('mallory@example.com');
    await page.waitForURL(/[?&]code=/);

    // The victim is about to sign in, too, and is sent Mallory's address instead.
    const victim = await (await browser.newContext()).newPage();
    await victim.goto(example.url);
    await victim.getByRole('button', { name: 'The local provider' }).click();
    await victim.locator('input[name=login]').waitFor();
    await victim.goto(page.url());
    await victim.getByText('This sign-in was begun elsewhere').waitFor();
    await victim.getByRole('button', { name: 'The local provider' }).waitFor();
    expect((await victim.context().cookies()).some(({ name }) => name === 'refresh')).toBe(false);
    await victim.context().close();
  });

  test('a name that is HTML is shown as it is written', async () => {
    await page.goto(example.url);
    await signIn('<img src=x onerror=document.title="run">');
    await page.locator('#signed-in').waitFor();
    await page.getByText('<img src=x').first().waitFor();
    expect(await page.title()).toBe('Sign in with Latchkey');
  });
});

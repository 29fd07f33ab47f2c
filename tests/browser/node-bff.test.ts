import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { type Bff, describeBff } from '../support/bff.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { describeExample } from '../support/example.ts';
import { buildPackages, type ExampleServer, startExampleServer } from '../support/example-server.ts';
import { startHttpFront } from '../support/http-front.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';

describeExample('node-bff', (executablePath) => {
  let app: TestApp;
  let example: ExampleServer;
  let front: Awaited<ReturnType<typeof startHttpFront>>;
  let browser: TestBrowser;
  let bff: Bff;
  beforeAll(async () => {
    await buildPackages('client');
    app = await startApp();
    const [port, between] = [await freePort(), await freePort()];
    front = await startHttpFront(between, Number(new URL(app.url).port));
    const origin = `http://localhost:${port}`;
    const env = { PORT: String(port), HOST: '127.0.0.1', APP_ORIGIN: origin };
    example = await startExampleServer('node-bff', { ...env, LATCHKEY_URL: `http://127.0.0.1:${between}` });
    bff = { port, origin, cookie: 'refresh', app, forwarded: front.requests };
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await example?.close();
    await front?.close();
    await app?.close();
  });

  const openPage = async (): Promise<Page> => (await browser.newContext()).newPage();

  test('signs up, is still signed in after a reload, and signs out', async () => {
    const page = await openPage();
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    const email = uniqueEmail();
    await page.goto(bff.origin);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByLabel('Code').waitFor();
    const [message] = await app.mail(email);
    await page.getByLabel('Code').fill(message?.code ?? '');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('(this browser)').waitFor();
    expect(await page.context().cookies()).toMatchObject([
      { name: 'refresh', domain: 'localhost', path: '/', httpOnly: true, sameSite: 'Lax' },
    ]);

    await page.reload();
    await page.getByText(email).waitFor();
    await page.getByText('(this browser)').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);

    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('a wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(email).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  describeBff(() => bff);
});

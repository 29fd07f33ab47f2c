import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildAssets } from '../support/assets.ts';
import { describeBrowser } from '../support/browser.ts';
import { openGraphiql } from '../support/graphiql-page.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { beginSignUp, PASSWORD, signUp } from '../support/people.ts';
import { openWebStage, type WebStage } from '../support/web-stage.ts';

describeBrowser('the pages for developers', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    buildAssets('docs', 'graphiql', 'pages');
    stage = await openWebStage(executablePath);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  test.each(['', '/deployment', '/settings', '/webhooks'])(
    'the documentation is accessible: /dev/docs%s',
    async (path) => {
      await expectGoodLooks(await stage.open(`/dev/docs${path}`), { languages: ['en'] });
    },
  );

  test('the outbox is accessible, and shows new messages without moving what has the focus', async () => {
    const first = await beginSignUp(stage.app, stage.app.client());
    const page = await stage.open('/dev/outbox');
    const message = (email: string) => page.getByRole('article').filter({ hasText: email });
    await message(first.email)
      .getByText(first.message.code ?? '', { exact: true })
      .waitFor();
    await expectGoodLooks(page, { languages: ['en'] });
    const link = message(first.email).getByRole('link').first();
    await link.focus();
    const next = await beginSignUp(stage.app, stage.app.client());
    await message(next.email)
      .getByText(next.message.code ?? '', { exact: true })
      .waitFor();
    await page
      .getByRole('status')
      .getByText(next.message.subject ?? '')
      .waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole('article').first().innerText()).toContain(next.email);
  });

  test('the bar above GraphiQL is accessible', async () => {
    const ada = await signUp(stage.app);
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const graphiql = await openGraphiql(context, stage.url);
    const check = (page: Page) => expectGoodLooks(page, { languages: ['en'], within: '#bar' });
    await check(graphiql.page);
    await graphiql.openExample('Sign in');
    await graphiql.setVariables({ login: { identifier: ada.email, password: PASSWORD, transport: 'BODY' } });
    await graphiql.run('Login');
    await check(graphiql.page);
  });
});

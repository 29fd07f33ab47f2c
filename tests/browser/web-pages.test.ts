import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeBrowser } from '../support/browser.ts';
import { openWebStage, type WebStage } from '../support/web-stage.ts';

describeBrowser('the pages that scripts fill', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  test.each(['/account', '/console'])('%s is filled under its policy (T112)', async (path) => {
    const page = await stage.open(path);
    await page.getByRole('main').waitFor();
    const { headers } = await stage.app.app.http.inject({ url: path });
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|http/);
  });
});

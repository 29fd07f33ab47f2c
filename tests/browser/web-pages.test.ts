import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../support/accounts.ts';
import { giveRoles } from '../support/admins.ts';
import { describeBrowser } from '../support/browser.ts';
import { chooseByHeader, expectGoodLooks } from '../support/looks.ts';
import { PASSWORD } from '../support/people.ts';
import { openWebStage, type WebStage } from '../support/web-stage.ts';

describeBrowser('the pages that scripts fill', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath, { FEDERATION: 'on', FEDERATION_PREFIX: 'Auth', INTROSPECTION: 'off' });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  test.each(['/account', '/console'])('%s is filled under its policy (T112)', async (path) => {
    const page = await stage.open(path);
    await page.getByRole('main').waitFor();
    const { headers } = await stage.app.app.http.inject({ url: path });
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|http/);
  });

  test.each(['/account', '/console'])('%s does not move if the user wants no motion', async (path) => {
    const page = await stage.open(path, { reducedMotion: 'reduce' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    let hold = true;
    await page.route('**/graphql', async (route) => {
      await expect.poll(() => hold).toBe(false);
      await route.continue();
    });
    await page.reload();
    await page.locator('.starting-wheel').waitFor();
    const moving = () =>
      document
        .getAnimations()
        .flatMap(({ effect }) =>
          effect instanceof KeyframeEffect
            ? effect
                .getKeyframes()
                .flatMap(({ offset, easing, composite, computedOffset, ...changed }) => Object.keys(changed))
            : [],
        );
    expect((await page.evaluate(moving)).filter((name) => !/^(?:opacity|visibility)$/.test(name))).toEqual([]);
    hold = false;
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  test('the start page is accessible in every language', async () => {
    await expectGoodLooks(await stage.open('/'), { chooseLanguage: chooseByHeader('h1') });
  });

  test('they work in a subgraph with a prefix, without introspection', async () => {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'ADMIN');
    const page = await stage.open('/console/users');
    await page.getByLabel('Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: email }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('First name').fill('Zarina');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Zarina' }).waitFor();
    await page.goto(`${stage.url}/account`);
    await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
    expect(await page.getByLabel('First name').inputValue()).toBe('Zarina');
  });
});

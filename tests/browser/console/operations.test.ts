import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { giveRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { writeDay } from '../../support/console-day.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { openWebStage, type WebStage, waitForFocus } from '../../support/web-stage.ts';

const MARKER = 'whsec_bWFya2VyLW9mLWEtc2VjcmV0LTAxMjM0NTY3ODk=';

describeBrowser('the console of operators', (executablePath) => {
  let stage: WebStage;
  let email: string;
  let adminId: string;
  let ada: string;
  let day: Awaited<ReturnType<typeof writeDay>>;
  beforeAll(async () => {
    // The endpoint of the delivery that was given up is not listed, so nothing is sent.
    const webhooks = { WEBHOOK_URL: 'https://other.example.com/hooks', WEBHOOK_EVENTS: 'user.deleted' };
    const settings = { ...webhooks, WEBHOOK_SECRET: MARKER, OTP_TTL: '7m' };
    stage = await openWebStage(executablePath, settings);
    const admin = await insertAccount(stage.app);
    await giveRoles(stage.app, admin.id, 'ADMIN');
    ({ id: adminId, email } = admin);
    ({ id: ada } = await insertAccount(stage.app, { email: 'ada@example.com' }));
    const { id: grace } = await insertAccount(stage.app, { email: 'grace@example.com' });
    day = await writeDay(stage.app.app.services.db, { userIds: [ada, grace], adminId });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const entries = (page: Page) => page.getByRole('main').getByRole('listitem');

  test('the numbers of a chart are those of its table and of the events', async () => {
    const page = await stage.openAs(email, '/console');
    const refused = page.getByRole('figure', { name: 'Refused sign-ins' });
    const counted = day.events
      .filter(({ type, outcome }) => type === 'sign-in' && !/^(?:succeeded|second-factor-required)$/.test(outcome))
      .reduce((sum, { count = 1 }) => sum + count, 0);
    await refused.getByText(`${counted} refusals`).waitFor();
    await refused.getByRole('img').first().waitFor();
    await refused.getByText('Show the numbers').click();
    const rows = await refused.getByRole('row').allInnerTexts();
    const totals = rows.slice(1).map((row) => Number(row.split('\t').at(-1)));
    expect(totals.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(counted);
    expect(totals.at(-1)).toBe(counted);

    const messages = page.getByRole('figure', { name: 'Messages' });
    const given = day.messages.filter(({ state }) => state === 'dead').length + day.webhooks.length;
    await messages
      .getByRole('listitem')
      .filter({ hasText: `Given up${given}` })
      .waitFor();
    await messages.getByText('Channel').click();
    await messages.getByRole('listitem').filter({ hasText: 'Webhook1' }).waitFor();
    await messages.getByRole('link', { name: 'Webhook' }).click();
    await heading(page, 'Deliveries');
    expect(await page.getByLabel('Channel').inputValue()).toBe('WEBHOOK');
  });

  test('filters of the activity survive a reload and the back button, and an event has a link of its own', async () => {
    const page = await stage.openAs(email, '/console/activity');
    await page.getByLabel('Event', { exact: true }).selectOption('user-update');
    await page.getByLabel('User', { exact: true }).fill('ada@example.com');
    await page.getByLabel('User', { exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Remove filter: User, ada@example.com' }).waitFor();
    const expected = day.events.filter(({ type, userId }) => type === 'user-update' && userId === ada).length;
    await expect.poll(() => entries(page).count()).toBe(expected);
    await page.reload();
    await page.getByRole('button', { name: 'Remove filter: User, ada@example.com' }).waitFor();
    expect(await page.getByLabel('Event', { exact: true }).inputValue()).toBe('user-update');
    await expect.poll(() => entries(page).count()).toBe(expected);
    await page.goBack();
    await page.getByLabel('User', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?kind=user-update');

    await page.getByRole('button', { name: 'Next' }).waitFor({ state: 'detached' });
    const [event] = day.events.filter(({ type }) => type === 'user-update');
    await page.goto(`${stage.url}/console/activity?event=${event?.id}`);
    await page.getByText('Asked by phone, HR-118').waitFor();
    await expectGoodLooks(page);
    expect(await page.getByRole('link', { name: email }).getAttribute('href')).toBe(`/console/users/${adminId}`);
    await page.getByRole('link', { name: 'Show all events' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    const previous = page.getByRole('button', { name: 'Previous', disabled: false });
    await previous.waitFor();
    await page.reload();
    await previous.waitFor();
  });

  test.each(['activity', 'deliveries'])(
    'a link with an unknown place leads to the first page of the %s',
    async (list) => {
      const page = await stage.openAs(email, `/console/${list}?last=24h&after=unknown`);
      await entries(page).first().waitFor();
      expect(new URL(page.url()).search).toBe('?last=24h');
      await stage.clear(/status of 400/);
    },
  );

  test.each(['activity?kind=sign-in', 'deliveries?state=SENT'])(
    'the buttons of the filters are in one line: %s',
    async (path) => {
      const page = await stage.openAs(email, `/console/${path}`);
      const topOf = async (name: string) => (await page.getByRole('button', { name, exact: true }).boundingBox())?.y;
      await page.getByRole('button', { name: 'Clear filters' }).waitFor();
      const refresh = await topOf('Refresh');
      expect(refresh).toBeTypeOf('number');
      await expect.poll(() => topOf('Clear filters')).toBe(refresh);
    },
  );

  test('a user is chosen among all that a text means', async () => {
    await insertAccount(stage.app, { email: 'grace.hopper@example.com' });
    const page = await stage.openAs(email, '/console/activity');
    await page.getByLabel('User', { exact: true }).fill('grace');
    await page.getByLabel('User', { exact: true }).press('Enter');
    await page.getByRole('button', { name: 'grace@example.com' }).waitFor();
    await expectGoodLooks(page);
    await page.getByRole('button', { name: 'grace@example.com' }).click();
    await page.getByRole('button', { name: 'Remove filter: User, grace@example.com' }).waitFor();
  });

  test('a delivery that was given up is retried after a confirmation', async () => {
    const page = await stage.openAs(email, '/console/deliveries?channel=WEBHOOK');
    await page.getByRole('button', { name: 'Retry: user.updated' }).click();
    const dialog = page.getByRole('alertdialog');
    expect(await dialog.textContent()).toContain('https://app.example.com/hooks');
    await expectGoodLooks(page);
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await dialog.waitFor({ state: 'detached' });
    await entries(page).filter({ hasText: 'user.updated' }).filter({ hasText: 'Waiting' }).first().waitFor();
    // Its button is gone, its details are still there.
    await waitForFocus(page, 'Webhook: user\\.updated.*');
    await page.goto(`${stage.url}/console/activity?kind=delivery`);
    await entries(page)
      .filter({ hasText: `by ${email}` })
      .waitFor();
  });

  test('settings are found, and no secret is in the page', async () => {
    const page = await stage.openAs(email, '/console/settings');
    await page.getByText('WEBHOOK_SECRET', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(MARKER.slice(6));
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('otp ttl');
    await page.getByText('1 setting', { exact: true }).waitFor();
    await expectGoodLooks(page);
    expect(await page.getByRole('main').innerText()).toMatch(/OTP_TTL[\s\S]*7m\s+Set/);
    await page.reload();
    await page.getByText('1 setting', { exact: true }).waitFor();
  });

  test('keys are listed with what they are used for', async () => {
    const page = await stage.openAs(email, '/console/keys');
    await page.getByText('It signs all new access tokens.').waitFor();
    const { keys } = stage.app.app.services.keys.jwks();
    await page.getByText(String(keys[0]?.kid)).waitFor();
  });

  const PATHS = ['/console', '/console/activity', '/console/deliveries', '/console/keys', '/console/settings'];
  test('every page is accessible, in every language', async () => {
    const page = await stage.openAs(email, '/console/keys');
    for (const path of PATHS) {
      await page.goto(stage.url + path);
      await page.getByRole('main').locator('.card, .entries').first().waitFor();
      if (path === '/console') await page.getByRole('main').getByRole('img').first().waitFor();
      const [details] = await page.locator('main details').all();
      await details?.locator('summary').press('Enter');
      await expectGoodLooks(page);
    }
  });
});

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LoginDocument } from '../../../schema/generated/graphql.ts';
import type { Role } from '../../../src/infra/db/tables.ts';
import { insertAccount } from '../../support/accounts.ts';
import { auditEvents, giveRoles, showUser, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { insertFactors } from '../../support/factors.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD } from '../../support/people.ts';
import { openWebStage, type WebStage, waitForFocus } from '../../support/web-stage.ts';

describeBrowser('the page of a user in the console', (executablePath) => {
  let stage: WebStage;
  /** Sees what has become of users. */
  let observer: UserWithRoles;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
    observer = await signInWithRoles(stage.app, 'ADMIN');
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  async function as(...roles: Role[]): Promise<string> {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, ...roles);
    return email;
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  /** Opens an operation, gives the reason, and confirms it. */
  async function run(page: Page, name: string, reason = ''): Promise<string> {
    await press(page, name);
    const dialog = page.getByRole('alertdialog');
    const text = await dialog.innerText();
    await expectGoodLooks(page);
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    return text;
  }
  async function signInOn(identifier: string, device: string) {
    const input = { identifier, password: PASSWORD, device };
    return expectType((await stage.app.client().request(LoginDocument, { input })).login, 'Authenticated');
  }
  const announced = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();

  test('shows everything to an administrator', async () => {
    const user = await insertAccount(stage.app);
    await insertFactors(stage.app, user.id);
    const page = await stage.openAs(await as('ADMIN'), `/console/users/${user.id}`);
    await page.getByRole('heading', { level: 1, name: user.email }).waitFor();
    await expect.poll(() => page.locator('.operations button').count()).toBe(6);
    await expectGoodLooks(page);
  });

  test('is read-only for staff', async () => {
    const user = await insertAccount(stage.app);
    const page = await stage.openAs(await as('STAFF'), `/console/users/${user.id}`);
    await page.getByRole('heading', { level: 1, name: user.email }).waitFor();
    for (const name of ['Edit', 'Delete', 'Deactivate', 'Act as the user'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.goto(`${stage.url}/console/users/00000000-0000-4000-8000-000000000000`);
    await page.getByRole('heading', { level: 1, name: 'User not found' }).waitFor();
    await expectGoodLooks(page);
  });

  test('edits the profile, roles, permissions and metadata, and sends what has changed', async () => {
    const user = await insertAccount(stage.app);
    const page = await stage.openAs(await as('ADMIN'), `/console/users/${user.id}`);
    await press(page, 'Edit');
    const dialog = page.getByRole('dialog');
    await expectGoodLooks(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('You have not changed anything.').waitFor();
    await dialog.getByLabel('First name').fill('Zarina');
    await dialog.getByLabel(/^Staff/).check();
    await dialog.getByLabel('Permissions').fill('orders:read\norders:write');
    await dialog.getByLabel('Public metadata').fill('{ "plan": ');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('This is not a JSON object.').waitFor();
    await expectGoodLooks(page);
    await dialog.getByLabel('Public metadata').fill('{ "plan": "pro" }');
    await dialog.getByLabel('Reason').fill('Moved to the shop');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await announced(page, 'The changes are saved.');
    await page.getByRole('heading', { level: 1, name: 'Zarina' }).waitFor();
    const shown = await showUser(observer, user.id);
    expect(shown).toMatchObject({ roles: ['STAFF'], permissions: ['orders:read', 'orders:write'] });
    const { nodes } = await auditEvents(observer, { filter: { userId: user.id, kind: 'user-update' } });
    expect(nodes.map(({ reason }) => reason)).toContain('Moved to the shop');
  });

  test('two administrators see a conflict, and neither loses anything', async () => {
    const user = await insertAccount(stage.app);
    const path = `/console/users/${user.id}`;
    const [one, other] = [await stage.openAs(await as('ADMIN'), path), await stage.openAs(await as('ADMIN'), path)];
    for (const page of [one, other]) await press(page, 'Edit');
    const [mine, theirs] = [one.getByRole('dialog'), other.getByRole('dialog')];
    await theirs.getByLabel('Company').fill('Silk Road Market');
    await theirs.getByRole('button', { name: 'Save' }).click();
    await announced(other, 'The changes are saved.');

    await mine.getByLabel('Last name').fill('Karimova');
    await mine.getByRole('button', { name: 'Save' }).click();
    await mine.getByText(/Another administrator has changed this user.*: Company\./).waitFor();
    await expectGoodLooks(one);
    expect(await showUser(observer, user.id)).toMatchObject({ companyName: 'Silk Road Market', lastName: null });
    await press(one, 'Go on with my changes');
    expect(await mine.getByLabel('Company').inputValue()).toBe('Silk Road Market');
    expect(await mine.getByLabel('Last name').inputValue()).toBe('Karimova');
    await mine.getByRole('button', { name: 'Save' }).click();
    await announced(one, 'The changes are saved.');
    expect(await showUser(observer, user.id)).toMatchObject({
      companyName: 'Silk Road Market',
      lastName: 'Karimova',
    });
  });

  test('each operation says what it takes away, and does it', async () => {
    const user = await insertAccount(stage.app);
    await insertFactors(stage.app, user.id, false);
    const tokens: string[] = [];
    for (let count = 0; count < 3; count++)
      tokens.push(expectType(await login(stage.app.client(), user.email, PASSWORD), 'Authenticated').accessToken);
    const page = await stage.openAs(await as('ADMIN'), `/console/users/${user.id}`);

    await run(page, 'Send a password link');
    await announced(page, 'The link is on its way.');
    await stage.app.mail(user.email);

    await press(page, 'Act as the user');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Act as the user' }).click();
    await page.getByText('Fill in this field.').waitFor();
    await page.getByRole('alertdialog').getByLabel('Reason').fill('Ticket 42');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Act as the user' }).click();
    const token = await page.getByRole('textbox', { name: 'Access token' }).inputValue();
    expect(await me(stage.app.client(), token)).toMatchObject({ id: user.id });
    await page
      .getByText(/^It ends in 15 minutes, at 1?\d:\d\d [AP]M, or earlier if you end it here or sign out\.$/)
      .waitFor();
    await expectGoodLooks(page);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await press(page, 'Copy the token');
    await expect.poll(copied).toBe(token);
    await press(page, 'Copy a command');
    await expect.poll(copied).toContain(`curl ${stage.url}/graphql -H 'authorization: Bearer ${token}'`);
    await press(page, 'Close');
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      token,
    );

    expect(await run(page, 'Reset second factors', 'Lost phone')).toMatch(
      /ends 4 sessions\nremoves 1 passkey\nremoves the authenticator app/,
    );
    await announced(page, 'The second factors are removed.');
    expect(await me(stage.app.client(), tokens[0] ?? '')).toBeNull();

    expect(await run(page, 'Deactivate', 'Asked for it')).toContain('can no longer sign in');
    await page.getByText('Inactive').first().waitFor();
    await waitForFocus(page, 'Activate');
    await run(page, 'Activate');
    await announced(page, 'The account is active.');
    await run(page, 'Sign out everywhere');
    await announced(page, 'The user is signed out everywhere.');
    await run(page, 'Delete', 'Asked for it');
    await expect.poll(() => page.url()).toBe(`${stage.url}/console/users`);
    expect(await showUser(observer, user.id)).toBeNull();
  });

  test('signs the user out on one device, and stops acting as the user before the time', async () => {
    const user = await insertAccount(stage.app);
    const [lost, kept] = [await signInOn(user.email, 'Lost phone'), await signInOn(user.email, 'Laptop')];
    const page = await stage.openAs(await as('ADMIN'), `/console/users/${user.id}`);
    const dialog = page.getByRole('alertdialog');
    await press(page, 'Sign out Lost phone');
    await dialog.getByText('stays signed in on other devices').waitFor();
    await expectGoodLooks(page);
    await dialog.getByLabel('Reason').fill('HR-7');
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await announced(page, 'The user is signed out: Lost phone.');
    await page.getByRole('button', { name: 'Sign out Lost phone' }).waitFor({ state: 'detached' });
    await waitForFocus(page, 'Sign out Laptop');
    expect(await me(stage.app.client(), lost.accessToken)).toBeNull();
    expect(await me(stage.app.client(), kept.accessToken)).toMatchObject({ id: user.id });
    const [event] = (await auditEvents(observer, { filter: { userId: user.id, kind: 'user-sessions-end' } })).nodes;
    expect(event).toMatchObject({ sessionId: lost.session.id, reason: 'HR-7' });

    await press(page, 'Act as the user');
    await dialog.getByLabel('Reason').fill('Ticket 42');
    await dialog.getByRole('button', { name: 'Act as the user' }).click();
    const token = await page.getByRole('textbox', { name: 'Access token' }).inputValue();
    await press(page, 'End it now');
    await announced(page, 'You no longer act as the user.');
    expect(await me(stage.app.client(), token)).toBeNull();
    expect(await me(stage.app.client(), kept.accessToken)).toMatchObject({ id: user.id });
  });

  test('staff see devices, and end none; an administrator keeps the own one', async () => {
    const user = await insertAccount(stage.app);
    await signInOn(user.email, 'Laptop');
    const staff = await stage.openAs(await as('STAFF'), `/console/users/${user.id}`);
    await staff.getByText('Laptop').first().waitFor();
    expect(await staff.getByRole('button', { name: 'Sign out Laptop' }).count()).toBe(0);
    const admin = await insertAccount(stage.app);
    await giveRoles(stage.app, admin.id, 'ADMIN');
    await signInOn(admin.email, 'Laptop');
    const page = await stage.openAs(admin.email, `/console/users/${admin.id}`);
    await page.getByText('you are here').waitFor();
    expect(await page.getByRole('button', { name: /^Sign out (?!everywhere)/ }).count()).toBe(1);
  });

  test('shows why the service refuses', async () => {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'ADMIN');
    const page = await stage.openAs(email, `/console/users/${id}`);
    await page.getByText('This is your own account').waitFor();
    await press(page, 'Delete');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('alert').waitFor();
    await expectGoodLooks(page);
    expect(await showUser(observer, id)).not.toBeNull();
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { submitPage } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { addPasskey, removePasskey, signInByPasskey } from '../../support/passkeys.ts';
import { signUp } from '../../support/people.ts';
import { tokenFromLink } from '../../support/verification.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

/** The notices about factors, newest first. */
async function noticesTo(email: string, wanted: number) {
  const list = async () => (await app.mail(email)).filter(({ kind }) => kind === 'factor-changed');
  await expect.poll(async () => (await list()).length).toBe(wanted);
  return list();
}

const openLink = async (link: string | null | undefined) =>
  expect((await submitPage(app, '/not-me', tokenFromLink(link ?? ''))).status).toBe(200);

test('a new passkey is announced, and "this wasn’t me" removes it (T100)', async () => {
  const { client, accessToken, email } = await signUp(app);
  const { authenticator: own } = await addPasskey(client, accessToken);
  await noticesTo(email, 1);
  clock.advance(60_000);
  const { authenticator: planted } = await addPasskey(client, accessToken);
  const [notice] = await noticesTo(email, 2);
  expect(notice?.text).toContain('passkey was added');
  expectType(await signInByPasskey(app.client(), planted), 'Authenticated');
  await openLink(notice?.link);
  expectType(await signInByPasskey(app.client(), planted), 'ChallengeFailed');
  expectType(await signInByPasskey(app.client(), own), 'Authenticated');
});

test('a removed passkey is announced, and "this wasn’t me" restores it (T100)', async () => {
  const { client, accessToken, email } = await signUp(app);
  const { authenticator, passkey } = await addPasskey(client, accessToken);
  clock.advance(60_000);
  expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
  expectType(await signInByPasskey(app.client(), authenticator), 'ChallengeFailed');
  const [notice] = await noticesTo(email, 2);
  expect(notice?.text).toContain('passkey was removed');
  await openLink(notice?.link);
  expectType(await signInByPasskey(app.client(), authenticator), 'Authenticated');
});

test('a counter that decreases is announced, and the sign-in succeeds', async () => {
  const { client, accessToken, email } = await signUp(app);
  const { authenticator } = await addPasskey(client, accessToken, { deviations: { counter: 9 } });
  expectType(await signInByPasskey(app.client(), authenticator, { counter: 8 }), 'Authenticated');
  const [notice] = await noticesTo(email, 2);
  expect(notice?.text).toMatch(/passkey/);
  expect(notice?.link).toContain('/not-me?token=');
});

test('no notice contains the name that the caller gave the passkey (T105)', async () => {
  const { client, accessToken, email } = await signUp(app);
  await addPasskey(client, accessToken, { name: 'Buy at spam.example' });
  const [notice] = await noticesTo(email, 1);
  expect(JSON.stringify(notice)).not.toContain('spam.example');
});

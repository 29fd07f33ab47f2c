import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../../src/core/clock.ts';
import { submitPage, waitForMessage } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { addPasskey, finishLogin, removePasskey, signInByPasskey, startLogin } from '../../support/passkeys.ts';
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

test('"this wasn’t me" in another notice does not restore the passkey of an attacker, which the owner has removed (T100)', async () => {
  const { client, accessToken, email } = await signUp(app);
  const { authenticator: own } = await addPasskey(client, accessToken);
  clock.advance(60_000);
  const { authenticator: planted, passkey } = await addPasskey(client, accessToken);
  clock.advance(60_000);
  const { challengeId, options } = expectType(await startLogin(app.client()), 'PasskeyLogin');
  expectType(await finishLogin(app.client(), challengeId, planted.get(options), 'Eve’s phone'), 'Authenticated');
  const { link } = await waitForMessage(app, email, 'new-device');
  clock.advance(60_000);
  expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
  await openLink(link);
  expectType(await signInByPasskey(app.client(), planted), 'ChallengeFailed');
  expectType(await signInByPasskey(app.client(), own), 'Authenticated');
});

test('but it restores a passkey that the account has had for longer (T100)', async () => {
  const { client, accessToken, email } = await signUp(app);
  const { authenticator, passkey } = await addPasskey(client, accessToken);
  clock.advance(4 * DAY);
  const { challengeId, options } = expectType(await startLogin(app.client()), 'PasskeyLogin');
  const eve = app.client();
  const response = authenticator.get(options);
  const session = expectType(await finishLogin(eve, challengeId, response, 'Eve’s phone'), 'Authenticated');
  const { link } = await waitForMessage(app, email, 'new-device');
  clock.advance(60_000);
  expectType(await removePasskey(eve, session.accessToken, passkey.id), 'PasskeyRemoved');
  await openLink(link);
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

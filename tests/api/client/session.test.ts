import { inspect } from 'node:util';
import { LatchkeyError, memoryStorage, type Session } from '@latchkey/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { noNetwork, signedIn, testLatchkey } from '../../support/latchkey.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { logOutAll, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
});
afterAll(() => app.close());

test('sends nothing before its first use, and knows afterwards that the user is signed out', async () => {
  const latchkey = testLatchkey(app);
  expect(latchkey.session).toEqual({ status: 'loading' });
  expect(await latchkey.ready()).toEqual({ status: 'signedOut' });
  expect(await latchkey.accessToken()).toBeUndefined();
  expect(latchkey.sent).toEqual([]); // There is no token to exchange.
});

test('a sign-in changes the session, and a new client with the same storage restores it', async () => {
  const latchkey = testLatchkey(app);
  const email = uniqueEmail();
  const seen: Session['status'][] = [];
  latchkey.onChange(({ status }, previous) => seen.push(previous.status, status));
  const result = await latchkey.registerEmail({ email, password: PASSWORD });
  expect(result).toMatchObject({ __typename: 'Authenticated', isNewUser: true });
  expect(latchkey.session).toMatchObject({ status: 'signedIn', user: { email, emailVerified: false } });
  expect(await latchkey.me()).toMatchObject({ email, sessions: [{ isCurrent: true }] });
  expect(seen).toEqual(['loading', 'signedOut', 'signedOut', 'signedIn']);

  const reloaded = testLatchkey(app, { storage: latchkey.storage });
  expect(await reloaded.ready()).toEqual(latchkey.session);
  expect(reloaded.sent).toEqual(['Refresh']);
});

test('a failed sign-in is an outcome and changes nothing', async () => {
  const { email } = await signedIn(app);
  const latchkey = testLatchkey(app);
  await latchkey.ready();
  const result = await latchkey.login({ identifier: email, password: 'wrong-harbour-92-lantern' });
  expect(result.__typename).toBe('InvalidCredentials');
  expect(latchkey.session).toEqual({ status: 'signedOut' });
});

test('names the device if it is told to', async () => {
  const latchkey = await signedIn(app, { device: 'Kitchen tablet' });
  expect((await latchkey.me())?.sessions).toMatchObject([{ device: 'Kitchen tablet' }]);
});

test('the session shows changes of the user', async () => {
  const latchkey = await signedIn(app);
  await latchkey.updateProfile({ firstName: 'Ada' }); // Not among the fields of the session.
  expect(latchkey.session).toMatchObject({ status: 'signedIn', user: { email: latchkey.email } });
  expect(await latchkey.me()).toMatchObject({ firstName: 'Ada' });
});

test('signing out forgets the tokens and ends the session', async () => {
  const latchkey = await signedIn(app);
  const token = await latchkey.accessToken();
  expect(await latchkey.logout()).toEqual({ __typename: 'LoggedOut', sessionsEnded: 1 });
  expect(latchkey.session).toEqual({ status: 'signedOut', reason: 'SIGNED_OUT' });
  expect(await latchkey.storage.get()).toBeUndefined();
  const response = await app.client().post({ query: '{ me { id } }' }, { token });
  expect(response.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('a sign-out that does not reach the service is no sign-out, and says so', async () => {
  const latchkey = await signedIn(app);
  latchkey.network.interfere = noNetwork;
  await expect(latchkey.logout()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(latchkey.session.status).toBe('signedIn');
  latchkey.network.interfere = undefined;
  expect(await latchkey.logout()).toMatchObject({ __typename: 'LoggedOut' });
});

test('a session that was ended elsewhere signs out with the next request', async () => {
  const latchkey = await signedIn(app);
  await logOutAll(app.client(), latchkey.signedInAs.accessToken);
  await expect(latchkey.me()).rejects.toMatchObject({ name: 'LatchkeyError', code: 'UNAUTHENTICATED' });
  expect(latchkey.session).toEqual({ status: 'signedOut', reason: 'REVOKED' });
  expect(latchkey.sent).toEqual(['Me', 'Refresh']);
  await expect(latchkey.me()).rejects.toBeInstanceOf(LatchkeyError);
  expect(latchkey.sent).toEqual(['Me', 'Refresh', 'Me']); // Nothing to renew any more.
});

test.each([
  ['deleteAccount', (latchkey) => latchkey.deleteAccount({ password: PASSWORD }), 'AccountDeleted'],
  ['logoutAll', (latchkey) => latchkey.logoutAll(), 'LoggedOut'],
  ['revokeSession', (latchkey) => latchkey.revokeSession({ id: latchkey.signedInAs.session.id }), 'LoggedOut'],
] as [string, (latchkey: Awaited<ReturnType<typeof signedIn>>) => Promise<object>, string][])(
  '%s of the own session signs out',
  async (_name, call, outcome) => {
    const latchkey = await signedIn(app);
    expect(await call(latchkey)).toMatchObject({ __typename: outcome });
    expect(latchkey.session).toEqual({ status: 'signedOut', reason: 'SIGNED_OUT' });
    expect(await latchkey.storage.get()).toBeUndefined();
  },
);

test('logoutAll with exceptCurrent, and the end of another session, keep this one', async () => {
  const latchkey = await signedIn(app);
  const other = testLatchkey(app);
  await other.login({ identifier: latchkey.email, password: PASSWORD });
  expect(await latchkey.logoutAll({ exceptCurrent: true })).toMatchObject({ sessionsEnded: 1 });
  expect(latchkey.session.status).toBe('signedIn');
  await expect(other.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(other.session).toMatchObject({ status: 'signedOut', reason: 'REVOKED' });
});

test('reauthentication replaces the access token', async () => {
  const latchkey = await signedIn(app);
  const before = await latchkey.accessToken();
  expect(await latchkey.reauthenticate({ password: PASSWORD })).toMatchObject({ __typename: 'Reauthenticated' });
  const after = await latchkey.accessToken();
  expect(after).not.toBe(before);
  expect(latchkey.session.status).toBe('signedIn');
});

test('a second sign-in replaces the session of the first user', async () => {
  const latchkey = await signedIn(app);
  const other = uniqueEmail('grace');
  await latchkey.registerEmail({ email: other, password: PASSWORD });
  expect(latchkey.session).toMatchObject({ user: { email: other } });
  expect(await latchkey.me()).toMatchObject({ email: other });
});

test('a log or JSON of the client has no tokens', async () => {
  const latchkey = await signedIn(app);
  const { storage: _storage, signedInAs: _signedInAs, ...client } = latchkey; // Of the test.
  expect(latchkey.heldToken?.token).toBe(await latchkey.accessToken());
  expect(JSON.stringify(client)).not.toContain(latchkey.heldToken?.token);
  expect(inspect(latchkey, { getters: true })).not.toContain('heldToken');
});

test('a sign-out takes effect even if the storage fails', async () => {
  const fail = () => {
    throw new Error('the disk is read-only');
  };
  const latchkey = await signedIn(app, { storage: { ...memoryStorage(), remove: fail } });
  await expect(latchkey.logout()).rejects.toThrow('read-only');
  expect(latchkey.session).toMatchObject({ status: 'signedOut' });
  expect(await latchkey.accessToken()).toBeUndefined();
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { type Interference, signedIn, type TestLatchkey, testLatchkey } from '../../support/latchkey.ts';
import { PASSWORD } from '../../support/people.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
});
afterAll(() => app.close());

const USER_CHANGED = { name: 'LatchkeyError', code: 'USER_CHANGED' };
const RENAME = 'mutation Rename { updateProfile(input: { firstName: "Ada" }) { __typename } }';
const refusal = () =>
  Response.json({ data: { updateProfile: null }, errors: [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] });

function signal() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
/** Holds the responses of an operation, which the service has executed, until it is released. */
function hold(latchkey: TestLatchkey, name: string) {
  const held = signal();
  const arrived = signal();
  latchkey.network.interfere = (pass, operation) => {
    if (operation !== name) return undefined;
    return pass().then(async (response) => {
      arrived.resolve();
      await held.promise;
      return response;
    });
  };
  return { release: held.resolve, arrived: arrived.promise };
}
const once = (name: string, respond: () => Promise<Response>): Interference => {
  let isDone = false;
  return (_pass, operation) => {
    if (operation !== name || isDone) return undefined;
    isDone = true;
    return respond();
  };
};
const signIn = (latchkey: TestLatchkey, { email }: { email: string }) =>
  latchkey.login({ identifier: email, password: PASSWORD });
const firstNameOf = async (latchkey: TestLatchkey) => (await latchkey.me())?.firstName;

describe('what one user has started does not become an act of the next', () => {
  test.each([
    ['a method', 'UpdateProfile', (latchkey: TestLatchkey) => latchkey.updateProfile({ firstName: 'Ada' })],
    ['request', 'Rename', (latchkey: TestLatchkey) => latchkey.request({ query: RENAME })],
  ])('%s that is refused is not repeated as the user who has signed in meanwhile', async (_title, name, call) => {
    const [latchkey, next] = await Promise.all([signedIn(app), signedIn(app)]);
    latchkey.network.interfere = once(name, async () => {
      await signIn(latchkey, next);
      return refusal();
    });
    await expect(call(latchkey)).rejects.toMatchObject(USER_CHANGED);
    expect(await firstNameOf(latchkey)).not.toBe('Ada');
    expect(latchkey.session).toMatchObject({ user: { email: next.email } });
  });

  test('a method that waits for a renewal is not sent if the renewal is of another user', async () => {
    const [latchkey, next] = await Promise.all([signedIn(app), signedIn(app)]);
    await signIn(testLatchkey(app, { storage: latchkey.storage }), next); // Another process of the app.
    latchkey.passTime(660);
    await expect(latchkey.updateProfile({ firstName: 'Ada' })).rejects.toMatchObject(USER_CHANGED);
    expect(latchkey.sent).toEqual(['Refresh']);
  });

  test('a reauthentication that waits for a sign-in does not put its token into the new session', async () => {
    const [latchkey, next] = await Promise.all([signedIn(app), signedIn(app)]);
    const { arrived, release } = hold(latchkey, 'Login');
    const signingIn = signIn(latchkey, next);
    await arrived;
    const confirming = latchkey.reauthenticate({ password: PASSWORD }).catch(({ code }) => code);
    release();
    await signingIn;
    expect(await confirming).toBe('USER_CHANGED');
    expect(await latchkey.me()).toMatchObject({ email: next.email });
  });

  test('the answer to `me` of the previous user does not reach the next', async () => {
    const [latchkey, next] = await Promise.all([signedIn(app), signedIn(app)]);
    const { arrived, release } = hold(latchkey, 'Me');
    const asked = latchkey.me().catch(({ code }) => code);
    await arrived;
    await signIn(latchkey, next);
    release();
    expect(await asked).toBe('USER_CHANGED');
    expect(latchkey.session).toMatchObject({ user: { email: next.email } });
  });

  test('fetch does not repeat a request as the next user', async () => {
    const [latchkey, next] = await Promise.all([signedIn(app), signedIn(app)]);
    const seen: (string | undefined)[] = [];
    const server = createServer(async (request, response) => {
      seen.push(request.headers.authorization);
      await signIn(latchkey, next);
      response.writeHead(401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // It listens on a port.
    const ordering = latchkey.fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'the order' });
    await expect(ordering).rejects.toMatchObject(USER_CHANGED);
    expect(seen).toHaveLength(1);
  });
});

describe('the end of a session', () => {
  const ENDS = [
    ['logoutAll', 'LogoutAll', (latchkey: TestLatchkey) => latchkey.logoutAll()],
    ['deleteAccount', 'DeleteAccount', (latchkey: TestLatchkey) => latchkey.deleteAccount({ password: PASSWORD })],
  ] as const;

  test.each(ENDS)('%s of one user does not sign out the next', async (_title, name, end) => {
    const [latchkey, next] = await Promise.all([signedIn(app), signedIn(app)]);
    const { arrived, release } = hold(latchkey, name);
    const ending = end(latchkey);
    await arrived;
    const signingIn = signIn(latchkey, next);
    setTimeout(release, 100);
    await Promise.all([ending, signingIn]);
    expect(latchkey.session).toMatchObject({ status: 'signedIn', user: { email: next.email } });
    expect(await latchkey.me()).toMatchObject({ email: next.email });
  });

  test.each(ENDS)('%s is not undone by a renewal in flight', async (_title, _name, end) => {
    const latchkey = await signedIn(app);
    const { arrived, release } = hold(latchkey, 'Refresh');
    const renewing = latchkey.accessToken(await latchkey.accessToken());
    await arrived;
    const ending = end(latchkey);
    setTimeout(release, 100);
    await Promise.all([renewing, ending]);
    expect(latchkey.session).toMatchObject({ status: 'signedOut' });
    expect(await latchkey.storage.get()).toBeUndefined();
  });
});

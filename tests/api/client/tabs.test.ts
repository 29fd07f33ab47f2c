import { memoryStorage } from '@latchkey/client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { signedIn, testLatchkey } from '../../support/latchkey.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { WITHOUT_VERIFICATION } from '../../support/sessions.ts';

// Node.js has a BroadcastChannel. With these, a client believes it is in a page, in a browser without Web Locks.
let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
});
afterAll(() => app.close());
beforeEach(() => {
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', {});
});
afterEach(() => void vi.unstubAllGlobals());

const sharedStorage = () => ({ ...memoryStorage(), isShared: true });

/** A channel that delivers messages only when it is told to, as to a tab that the browser has suspended. */
function suspendChannel() {
  const deliveries: (() => void)[] = [];
  const Channel = BroadcastChannel;
  class SuspendedChannel extends Channel {
    override set onmessage(listener: BroadcastChannel['onmessage']) {
      super.onmessage = (event) => void deliveries.push(() => listener?.call(this, event));
    }
  }
  vi.stubGlobal('BroadcastChannel', SuspendedChannel);
  return {
    deliveries,
    resume: () => vi.stubGlobal('BroadcastChannel', Channel),
  };
}

test('a page in an environment without BroadcastChannel works by itself', async () => {
  vi.stubGlobal('BroadcastChannel', undefined);
  const latchkey = await signedIn(app, { storage: sharedStorage() });
  expect(await latchkey.me()).toMatchObject({ email: latchkey.email });
});

test('close() does not fail a sign-in in flight', async () => {
  const latchkey = testLatchkey(app, { storage: sharedStorage() });
  const signingIn = latchkey.registerEmail({ email: uniqueEmail(), password: PASSWORD });
  latchkey.close();
  expect(await signingIn).toMatchObject({ __typename: 'Authenticated' });
});

test('a message that only another version of the package understands signs no user out', async () => {
  const latchkey = await signedIn(app, { storage: sharedStorage() });
  const channel = new BroadcastChannel(`latchkey:${app.url}/graphql`);
  const tab = testLatchkey(app, { storage: latchkey.storage });
  channel.postMessage({ version: 9 });
  await tab.ready(); // Its message comes after that one.
  await latchkey.updateProfile({ firstName: 'Ada' });
  channel.close();
  expect(latchkey.session).toMatchObject({ status: 'signedIn' });
});

test('newer data of a user, told late, does not bring the user back in the tab of the next', async () => {
  const storage = sharedStorage();
  const channel = suspendChannel();
  const first = await signedIn(app, { storage });
  channel.resume();
  const second = testLatchkey(app, { storage });
  expect(await second.ready()).toMatchObject({ user: { email: first.email } });
  const next = await signedIn(app, { storage: memoryStorage() });

  await second.login({ identifier: next.email, password: PASSWORD });
  // The first tab has not heard of the sign-in yet.
  expect(await first.updateProfile({ firstName: 'Ada' })).toMatchObject({ __typename: 'ProfileUpdated' });
  expect(await second.me()).toMatchObject({ email: next.email });
  expect(second.session).toMatchObject({ user: { email: next.email } });
  await expect.poll(() => channel.deliveries.length).toBeGreaterThan(0);
  for (const deliver of channel.deliveries) deliver();
  expect(first.session).toMatchObject({ user: { email: next.email } });
});

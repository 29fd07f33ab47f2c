import { parse as gql } from 'graphql';
import { describe, expect, test } from 'vitest';
import { describeApollo, ME, refusalOf, startServer } from '../../support/apollo-app.ts';
import { signedIn, testLatchkey } from '../../support/latchkey.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';

const MINUTE = 60;

describeApollo('with @latchkey/client', ({ app, openApp, openSignedIn }) => {
  /** A query that is shown: what it shows, newest last. */
  function watch(client: ReturnType<typeof openApp>['client']) {
    const shown: (string | undefined)[] = [];
    const query = client.watchQuery<{ me: { email: string } }>({ query: ME, notifyOnNetworkStatusChange: true });
    const subscription = query.subscribe({
      next: ({ data }) => shown.push(data?.me?.email ?? undefined),
      error: ({ message }) => shown.push(message),
    });
    return { shown, stop: () => subscription.unsubscribe() };
  }

  describe('when the user changes', () => {
    test('a query that is shown never shows the previous user again, and shows the new one', async () => {
      const { client, latchkey } = await openSignedIn();
      const { shown, stop } = watch(client);
      await expect.poll(() => shown.at(-1)).toBe(latchkey.email);
      const count = shown.length;
      const email = uniqueEmail();
      await latchkey.registerEmail({ email, password: PASSWORD });
      await expect.poll(() => shown.at(-1)).toBe(email);
      expect(shown.slice(count)).not.toContain(latchkey.email);
      stop();
    });

    test('signing out empties the cache, and queries that are no longer shown are not sent', async () => {
      const { client, latchkey, sent } = await openSignedIn();
      const { shown, stop } = watch(client);
      await expect.poll(() => shown.at(-1)).toBe(latchkey.email);
      const count = sent.length;
      await latchkey.logout();
      stop();
      expect(client.readQuery({ query: ME })).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(sent).toHaveLength(count);
    });

    test('a query that is on its way is answered for the new user, and the mutation of the previous one fails', async () => {
      const { client, me, rename, latchkey, hold, sent } = await openSignedIn();
      const release = hold();
      const [query, mutation] = [me(), refusalOf(rename('Ada'))];
      await expect.poll(() => sent.length).toBe(2);
      const email = uniqueEmail();
      await latchkey.registerEmail({ email, password: PASSWORD });
      release();
      expect((await query).data?.me.email).toBe(email);
      expect(await mutation).toContain('USER_CHANGED');
      expect(client.readQuery<{ me: { email: string } }>({ query: ME })?.me.email).toBe(email);
      expect(JSON.stringify(client.extract())).not.toContain(latchkey.email);
    });

    test('a mutation that is refused then is not sent as the new user', async () => {
      const latchkey = await signedIn(app());
      const { client, sent, hold } = openApp(latchkey, await startServer({ status: 401, body: 'Unauthorized' }));
      const release = hold();
      const paying = refusalOf(client.mutate({ mutation: gql('mutation Pay { plan }') }));
      await expect.poll(() => sent.length).toBe(1);
      await latchkey.registerEmail({ email: uniqueEmail(), password: PASSWORD });
      release();
      expect(await paying).toContain('USER_CHANGED');
      expect(sent).toHaveLength(1);
    });

    test('a mutation that waits for a renewal then is not sent as the new user', async () => {
      const { rename, latchkey, sent } = await openSignedIn();
      const otherProcess = testLatchkey(app(), { storage: latchkey.storage });
      await otherProcess.registerEmail({ email: uniqueEmail(), password: PASSWORD });
      latchkey.passTime(11 * MINUTE);
      expect(await refusalOf(rename('Ada'))).toContain('USER_CHANGED');
      expect(sent).toEqual([]);
    });

    test('another session of the same user keeps the cache', async () => {
      const { client, me, latchkey } = await openSignedIn();
      await me();
      await latchkey.login({ identifier: latchkey.email, password: PASSWORD });
      expect(client.readQuery({ query: ME })).not.toBeNull();
    });
  });
});

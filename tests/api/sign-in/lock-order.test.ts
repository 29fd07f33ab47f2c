import { and, eq, isNull, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Db } from '../../../src/infra/db/client.ts';
import { sessions, users } from '../../../src/infra/db/tables.ts';
import { login } from '../../support/calls.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

describePostgres('a sign-in that waits for another change to the account', () => {
  const { app, query } = useReplicas({ SESSIONS_PER_ACCOUNT: '2' });

  test('does not deadlock with a stronger lock, while new rows refer to the account', async () => {
    const ada = await signUp(app());
    const row = eq(users.id, ada.user.id);
    for (let round = 0; round < 3; round++) {
      const referring = hold((tx) => tx.select().from(users).where(row).for('key share'));
      await referring.begun;
      const changing = hold((tx) => tx.update(users).set({ lastLoginAt: new Date() }).where(row));
      await changing.begun;
      const signingIn = login(app().client(), ada.email, PASSWORD);
      await waiting(1);
      const locking = hold((tx) => tx.select().from(users).where(row).for('update'));
      await waiting(2);
      await changing.commit();
      await waiting(1);
      await referring.commit();
      await locking.begun;
      await locking.commit();
      expect((await signingIn).__typename).toBe('Authenticated');
    }
  });

  test('counts the session of the sign-in that it waited for, so the limit of sessions holds (T95)', async () => {
    const ada = await signUp(app());
    const live = and(eq(sessions.userId, ada.user.id), isNull(sessions.endedAt));
    expect(await app().app.services.db.$count(sessions, live)).toBe(1);
    const locking = hold((tx) => tx.select().from(users).where(eq(users.id, ada.user.id)).for('update'));
    await locking.begun;
    const signingIn = [login(app().client(), ada.email, PASSWORD), login(app().client(), ada.email, PASSWORD)];
    await waiting(2);
    await locking.commit();
    for (const { __typename } of await Promise.all(signingIn)) expect(__typename).toBe('Authenticated');
    expect(await app().app.services.db.$count(sessions, live)).toBe(2);
  });

  /** A transaction that stays open after its first statement. */
  function hold(statement: (tx: Db) => PromiseLike<unknown>) {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let committed: Promise<unknown> = released;
    const begun = new Promise<void>((resolve, reject) => {
      committed = app().app.services.db.transaction(async (tx) => {
        await statement(tx);
        resolve();
        await released;
      });
      committed.catch(reject);
    });
    const commit = () => {
      release();
      return committed;
    };
    return { begun, commit };
  }

  /** Waits until at least so many connections wait for a lock. */
  const waiting = (connections: number) =>
    expect
      .poll(async () => {
        const [found] = await query<{ n: number }>(
          sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return found?.n;
      })
      .toBeGreaterThanOrEqual(connections);
});

import { and, eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sessions, users } from '../../../src/infra/db/tables.ts';
import { login } from '../../support/calls.ts';
import { hold, untilWaiting } from '../../support/locks.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

describePostgres('a sign-in that waits for another change to the account', () => {
  const { app } = useReplicas({ SESSIONS_PER_ACCOUNT: '2' });

  const db = () => app().app.services.db;

  test('does not deadlock with a stronger lock, while new rows refer to the account', async () => {
    const ada = await signUp(app());
    const row = eq(users.id, ada.user.id);
    for (let round = 0; round < 3; round++) {
      const referring = hold(db(), (tx) => tx.select().from(users).where(row).for('key share'));
      await referring.begun;
      const changing = hold(db(), (tx) => tx.update(users).set({ lastLoginAt: new Date() }).where(row));
      await changing.begun;
      const signingIn = login(app().client(), ada.email, PASSWORD);
      await untilWaiting(db(), 1);
      const locking = hold(db(), (tx) => tx.select().from(users).where(row).for('update'));
      await untilWaiting(db(), 2);
      await changing.commit();
      await untilWaiting(db(), 1);
      await referring.commit();
      await locking.begun;
      await locking.commit();
      expect((await signingIn).__typename).toBe('Authenticated');
    }
  });

  test('counts the session of the sign-in that it waited for, so the limit of sessions holds (T95)', async () => {
    const ada = await signUp(app());
    const live = and(eq(sessions.userId, ada.user.id), isNull(sessions.endedAt));
    expect(await db().$count(sessions, live)).toBe(1);
    const locking = hold(db(), (tx) => tx.select().from(users).where(eq(users.id, ada.user.id)).for('update'));
    await locking.begun;
    const signingIn = [login(app().client(), ada.email, PASSWORD), login(app().client(), ada.email, PASSWORD)];
    await untilWaiting(db(), 2);
    await locking.commit();
    for (const { __typename } of await Promise.all(signingIn)) expect(__typename).toBe('Authenticated');
    expect(await db().$count(sessions, live)).toBe(2);
  });
});

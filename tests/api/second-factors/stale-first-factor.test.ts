import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { resetPasswordByLink } from '../../support/account-changes.ts';
import { login } from '../../support/calls.ts';
import { hold, untilWaiting } from '../../support/locks.ts';
import { PASSWORD } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { beginLogin, signUpWithTotp } from '../../support/second-factors.ts';
import { describePostgres } from '../../support/servers.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

describePostgres('a password that was right when a sign-in read it', () => {
  const { app, replica, query } = useReplicas({});

  test('asks for no second factor once it was reset, however long the sign-in waits (T107)', async () => {
    const { db } = app().app.services;
    const ada = await signUpWithTotp(app(), systemClock.now());
    await beginLogin(ada.client, ada.email);

    // A sign-in counts itself after it has verified the password, and here it waits for that.
    const count = hold(db, (tx) => tx.execute(sql`select from budgets where name = 'sign-ins' for update`));
    await count.begun;
    const late = login(app().client(), ada.email, PASSWORD);
    await untilWaiting(db, 1);
    const reset = resetPasswordByLink(replica(1), ada.email, NEW_PASSWORD);
    const done = sql`select from audit_events where user_id = ${ada.user.id} and type = 'password-reset' and outcome = 'succeeded'`;
    await expect.poll(() => query(done)).toHaveLength(1);
    await count.commit();

    expect(await late).toMatchObject({ __typename: 'InvalidCredentials' });
    expect(await reset).toMatchObject({ __typename: 'PasswordChanged' });
    await beginLogin(ada.client, ada.email, NEW_PASSWORD);
  });
});

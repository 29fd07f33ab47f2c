import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { StartPasskeyRegistrationDocument } from '../../../schema/generated/graphql.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { hold, untilWaiting } from '../../support/locks.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

describePostgres('a session with one factor that has passed the check of a recent sign-in', () => {
  const { app, replica } = useReplicas({});

  test('starts no registration of a passkey once the account requires a second factor (T93)', async () => {
    const { db } = app().app.services;
    const ada = await signUp(app());
    const eve = replica(1).client();
    const { accessToken: token } = expectType(await login(eve, ada.email, PASSWORD), 'Authenticated');
    const requirement = hold(db, (tx) =>
      tx.execute(sql`update users set second_factor_required = true, updated_at = now() where id = ${ada.user.id}`),
    );
    await requirement.begun;
    const late = eve.send(StartPasskeyRegistrationDocument, undefined, { token });
    await untilWaiting(db, 1);
    await requirement.commit();
    expect((await late).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const again = await eve.request(StartPasskeyRegistrationDocument, undefined, { token });
    expect(again.startPasskeyRegistration.__typename).toBe('ReauthenticationRequired');
  });
});

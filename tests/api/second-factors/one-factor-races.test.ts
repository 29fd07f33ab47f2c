import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
  ChangePasswordDocument,
  DeleteAccountDocument,
  ReauthenticateDocument,
  RequestEmailChangeDocument,
  StartPasskeyRegistrationDocument,
  TypedDocumentString,
} from '../../../schema/generated/graphql.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { hold, untilWaiting } from '../../support/locks.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

const CHANGES: [string, { toString(): string }, object][] = [
  ['starts no registration of a passkey', StartPasskeyRegistrationDocument, {}],
  [
    'changes no password',
    ChangePasswordDocument,
    { input: { currentPassword: PASSWORD, newPassword: 'saffron-glacier-57-trumpet' } },
  ],
  [
    'requests no change of address',
    RequestEmailChangeDocument,
    { input: { newEmail: uniqueEmail(), password: PASSWORD } },
  ],
  ['does not delete the account', DeleteAccountDocument, { input: { password: PASSWORD } }],
  ['does not reauthenticate with the password', ReauthenticateDocument, { input: { password: PASSWORD } }],
];

describePostgres('a session with one factor that has passed the check of a recent sign-in', () => {
  const { app, replica } = useReplicas({});

  test.each(CHANGES)('%s once the account requires a second factor (T93)', async (_, document, variables) => {
    const { db } = app().app.services;
    const ada = await signUp(app());
    const eve = replica(1).client();
    const { accessToken: token } = expectType(await login(eve, ada.email, PASSWORD), 'Authenticated');
    const requirement = hold(db, (tx) =>
      tx.execute(sql`update users set second_factor_required = true, updated_at = now() where id = ${ada.user.id}`),
    );
    await requirement.begun;
    const send = () => eve.send(new TypedDocumentString<unknown, object>(`${document}`), variables, { token });
    const late = send();
    await untilWaiting(db, 1);
    await requirement.commit();
    expect((await late).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const [outcome] = Object.values((await send()).data ?? {});
    expect(['ReauthenticationRequired', 'InvalidInput']).toContain((outcome as { __typename: string }).__typename);
  });
});

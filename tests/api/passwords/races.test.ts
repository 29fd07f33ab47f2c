import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ReauthenticateDocument } from '../../../schema/generated/graphql.ts';
import { changePassword, deleteAccount, requestEmailChange, type SignedInUser } from '../../support/account-changes.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { requestOtp, uniquePhone } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

// A password that was right when it was checked, and is replaced before the change that it confirms.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

const CONFIRMED: Record<string, (person: SignedInUser) => Promise<{ __typename?: string }>> = {
  'a deletion': (person) => deleteAccount(person),
  'a change of address': (person) => requestEmailChange(person, uniqueEmail('grace')),
  'a new number': ({ client, accessToken: token }) =>
    requestOtp(client, { phone: uniquePhone(), purpose: 'VERIFY', password: PASSWORD }, { token }),
  'a reauthentication': async ({ client, accessToken: token }) =>
    (await client.request(ReauthenticateDocument, { input: { password: PASSWORD } }, { token })).reauthenticate,
  'another password change': (person) => changePassword(person, 'thief-knows-this-91-orchard'),
};

describePostgres('parallel requests with one current password', () => {
  const { app, replica, query } = useReplicas({ LOGIN_BUDGET_ACCOUNT: '100/15m' });

  /** How many statements wait for a lock. */
  async function waiting(): Promise<number> {
    const count = sql`select count(*)::integer as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    const [row] = await query<{ n: number }>(count);
    return row?.n ?? 0;
  }

  test('of ten password changes, one succeeds (T60)', async () => {
    const ada = await signUp(app());
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        changePassword({ ...ada, client: replica(index).client() }, `${NEW_PASSWORD}-${index}`),
      ),
    );
    const changed = answers.filter(({ __typename }) => __typename === 'PasswordChanged');
    const refused = answers.filter(({ __typename }) => __typename === 'InvalidCredentials');
    expect([changed.length, refused.length]).toEqual([1, 9]);
    const password = `${NEW_PASSWORD}-${answers.findIndex((answer) => changed.includes(answer))}`;
    expectType(await login(app().client(), ada.email, password), 'Authenticated');
  });

  test.each(Object.entries(CONFIRMED))(
    '%s with the old password fails if a new password is set after the check (T60)',
    async (_, act) => {
      const ada = await signUp(app());
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const blockade = app().app.services.db.transaction(async (tx) => {
        await tx.execute(sql`select from users where email = ${ada.email} for no key update`);
        await held;
      });
      const changing = changePassword(ada, NEW_PASSWORD);
      await expect.poll(waiting).toBe(1);
      const acting = act({ ...ada, client: replica(1).client() });
      await expect.poll(waiting).toBe(2).finally(release);
      expectType(await changing, 'PasswordChanged');
      expectType(await acting, 'InvalidCredentials');
      await blockade;
      expectType(await login(app().client(), ada.email, NEW_PASSWORD), 'Authenticated');
    },
  );
});

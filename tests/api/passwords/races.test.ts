import { hash as bcrypt } from '@node-rs/bcrypt';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ReauthenticateDocument } from '../../../schema/generated/graphql.ts';
import { changePassword, deleteAccount, requestEmailChange, type SignedInUser } from '../../support/account-changes.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { hold } from '../../support/locks.ts';
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
  const { app, replica, query } = useReplicas({ LOGIN_BUDGET_ACCOUNT: '100/15m', HASH_QUEUE_LIMIT: '200' });

  /** How many statements wait for a lock. */
  async function waiting(): Promise<number> {
    const count = sql`select count(*)::integer as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    const [row] = await query<{ n: number }>(count);
    return row?.n ?? 0;
  }

  /** As an import from another system leaves it. */
  async function importHash(email: string): Promise<void> {
    const hash = await bcrypt(PASSWORD, 4);
    await query(
      sql`update passwords set hash = ${hash} from users where users.id = passwords.user_id and users.email = ${email}`,
    );
  }
  const isUpgraded = async (email: string) => {
    const [row] = await query<{ hash: string }>(
      sql`select hash from passwords join users on users.id = user_id where email = ${email}`,
    );
    return row?.hash.startsWith('$argon2id$');
  };

  /** Holds the account's row until the returned function is called. */
  async function holdAccount(email: string) {
    const { begun, commit } = hold(app().app.services.db, (tx) =>
      tx.execute(sql`select from users where email = ${email} for no key update`),
    );
    await begun;
    return commit;
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
      const release = await holdAccount(ada.email);
      const changing = changePassword(ada, NEW_PASSWORD);
      await expect.poll(waiting).toBe(1);
      const acting = act({ ...ada, client: replica(1).client() });
      await expect.poll(waiting).toBe(2);
      await release();
      expectType(await changing, 'PasswordChanged');
      expectType(await acting, 'InvalidCredentials');
      expectType(await login(app().client(), ada.email, NEW_PASSWORD), 'Authenticated');
    },
  );

  test.each(Object.entries(CONFIRMED))(
    '%s succeeds if a sign-in replaces the imported hash of the same password after the check (T29)',
    async (_, act) => {
      const ada = await signUp(app());
      await importHash(ada.email);
      const release = await holdAccount(ada.email);
      const acting = act({ ...ada, client: replica(1).client() });
      await expect.poll(waiting).toBe(1);
      const signingIn = login(app().client(), ada.email, PASSWORD);
      await expect.poll(() => isUpgraded(ada.email)).toBe(true);
      await release();
      expect((await acting).__typename).not.toBe('InvalidCredentials');
      // It may come after the change.
      await signingIn;
    },
  );

  test('ten sign-ins and ten reauthentications at once all succeed while the imported hash is replaced (T29)', async () => {
    const ada = await signUp(app());
    await importHash(ada.email);
    const signIns = Array.from({ length: 10 }, (_, n) => login(replica(n).client(), ada.email, PASSWORD));
    const renewals = Array.from({ length: 10 }, async (_, n) => {
      const input = { password: PASSWORD };
      const client = replica(n).client();
      return (await client.request(ReauthenticateDocument, { input }, { token: ada.accessToken })).reauthenticate;
    });
    const answers = await Promise.all([...signIns, ...renewals]);
    expect(answers.map(({ __typename }) => __typename)).toEqual([
      ...Array(10).fill('Authenticated'),
      ...Array(10).fill('Reauthenticated'),
    ]);
  });

  test('of ten password changes while sign-ins replace the imported hash, one succeeds (T60, T29)', async () => {
    const ada = await signUp(app());
    await importHash(ada.email);
    const signIns = Array.from({ length: 10 }, (_, n) => login(replica(n).client(), ada.email, PASSWORD));
    const changes = Array.from({ length: 10 }, (_, n) =>
      changePassword({ ...ada, client: replica(n).client() }, `${NEW_PASSWORD}-${n}`),
    );
    await Promise.all(signIns);
    const answers = (await Promise.all(changes)).map(({ __typename }) => __typename);
    expect(answers.toSorted()).toEqual([...Array(9).fill('InvalidCredentials'), 'PasswordChanged']);
    const password = `${NEW_PASSWORD}-${answers.indexOf('PasswordChanged')}`;
    expectType(await login(app().client(), ada.email, PASSWORD), 'InvalidCredentials');
    expectType(await login(app().client(), ada.email, password), 'Authenticated');
  });
});

import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { createUser, listUsers, showUser, signInWithRoles, updateUser } from '../../support/admins.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, requestOtp, signUpByPhone, verifyNumber } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

// Lines whose number changed: accounts that are stored with the old number stay the accounts of the line.

describePostgres('an account that is stored with the old number of its line', () => {
  const { app, replica, query, failures } = useReplicas({ OTP_RESEND_COOLDOWN: '0s', LOGIN_BUDGET_ACCOUNT: '20/15m' });

  let made = 0;
  const lines = (): [older: string, current: string][] => {
    made += 1;
    const last = String(made).padStart(3, '0');
    return [
      [`+5215512345${last}`, `+525512345${last}`],
      [`+541151234${last}`, `+5491151234${last}`],
      [`+24106123${last}`, `+24166123${last}`],
      [`+22507123${last}`, `+2250707123${last}`],
    ];
  };

  /** As an earlier version of the service or an import wrote it. */
  async function store(older: string) {
    const { id, email } = await insertAccount(app());
    await query(sql`update users set phone = ${older}, phone_verified_at = created_at where id = ${id}`);
    return { id, email };
  }

  const owners = async (...phones: string[]) =>
    (
      await query<{ id: string }>(
        sql`select id from users where phone = any(${sql.param(phones)}::text[]) and phone_verified_at is not null`,
      )
    ).map(({ id }) => id);

  test('signs in with either number, by password and by code, and gets no second account', async () => {
    for (const [older, current] of lines()) {
      const { id } = await store(older);
      for (const phone of [older, current])
        expect(expectType(await login(app().client(), phone, PASSWORD), 'Authenticated').user).toMatchObject({
          id,
          phone: current,
        });
      const client = app().client();
      const challenge = expectType(await requestOtp(client, { phone: older }), 'Challenge');
      const [message] = await app().mail(current);
      const session = expectType(
        await confirmOtp(client, { challengeId: challenge.id, code: message?.code ?? '' }),
        'Authenticated',
      );
      expect(session).toMatchObject({ isNewUser: false, user: { id } });
      const { user } = await signUpByPhone(app(), { phone: current });
      expect(user.id).toBe(id);
      expect(await owners(older, current)).toEqual([id]);
    }
    expect(failures()).toEqual([]);
  });

  test('keeps the number when another account wants it, and gets the new one when it is verified again', async () => {
    for (const [older, current] of lines()) {
      const { id } = await store(older);
      const other = await signUp(app());
      expectType(await verifyNumber(app(), other.client, other.accessToken, current), 'PhoneTaken');
      expect(await owners(older, current)).toEqual([id]);
      const session = expectType(await login(app().client(), current, PASSWORD), 'Authenticated');
      expectType(await verifyNumber(app(), app().client(), session.accessToken, current), 'PhoneVerified');
      expect(await query(sql`select phone from users where id = ${id}`)).toEqual([{ phone: current }]);
    }
  });

  test('is found by administrators under both numbers, and shown with the new one', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    for (const [older, current] of lines()) {
      const { id } = await store(older);
      for (const search of [older, current]) {
        const found = await listUsers(admin, { filter: { search } });
        expect(found.edges.map(({ node }) => node.id)).toEqual([id]);
      }
      expect(await showUser(admin, id)).toMatchObject({ phone: current });
      // The same number is no change: it stays verified.
      expectType(await updateUser(admin, id, { phone: older, firstName: 'Ada' }), 'AdminUser');
      expect(await showUser(admin, id)).toMatchObject({ phone: current, phoneVerified: true });
    }
  });

  test('is the only owner after ten requests at once for the new number', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    for (const [older, current] of lines()) {
      const { id } = await store(older);
      const input = () => ({ email: uniqueEmail(), phone: current, phoneVerified: true });
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          createUser({ ...admin, client: replica(index).client() }, input()).then(({ __typename }) => __typename),
        ),
      );
      expect(new Set(outcomes)).toEqual(new Set(['PhoneTaken']));
      expect(await owners(older, current)).toEqual([id]);
    }
    expect(failures()).toEqual([]);
  });

  test('counts wrong passwords for both numbers together (T42)', async () => {
    const [[older, current] = ['', '']] = lines();
    await store(older);
    for (let guess = 0; guess < 20; guess++)
      expectType(
        await login(replica(guess).client(), guess % 2 ? older : current, 'wrong-harbour-92'),
        'InvalidCredentials',
      );
    for (const phone of [older, current]) expectType(await login(app().client(), phone, PASSWORD), 'RateLimited');
  });
});

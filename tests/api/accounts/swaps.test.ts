import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { lockSubjects } from '../../../src/features/accounts/user.sql.ts';
import { type Db, openForMigration } from '../../../src/infra/db/client.ts';
import { signInWithRoles, updateUser } from '../../support/admins.ts';
import { settingsFor } from '../../support/databases.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { confirmOtp, receiveCode, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres } from '../../support/servers.ts';

// Without one order of locks, two accounts that swap what must be unique wait for each other in the index.

const PAIRS = 5;

describePostgres('two accounts that swap', () => {
  const { app, replica, databaseUrl, query, failures } = useReplicas({ OTP_RESEND_COOLDOWN: '0s' });

  const deadlocks = async () =>
    (
      await query<{ count: string }>(
        sql`select deadlocks as count from pg_stat_database where datname = current_database()`,
      )
    )[0]?.count;

  async function withNumber() {
    const person = await signUp(app());
    const phone = uniquePhone();
    await verifyNumber(app(), person.client, person.accessToken, phone);
    return { ...person, phone, token: person.accessToken };
  }

  /** Verifications that swap the numbers of two accounts, when called. */
  async function prepareSwap() {
    const [ada, eve] = [await withNumber(), await withNumber()];
    const calls = [];
    for (const [person, phone] of [
      [ada, eve.phone],
      [eve, ada.phone],
    ] as const) {
      const input = { phone, purpose: 'VERIFY' as const, password: PASSWORD };
      const { submission } = await receiveCode(app(), person.client, input, { token: person.token });
      calls.push((index: number) => confirmOtp(replica(index).client(), submission, { token: person.token }));
    }
    return { phones: [ada.phone, eve.phone], calls };
  }

  const countWaiting = async (db: Db) =>
    (
      await rows<{ count: number }>(
        db,
        sql`select count(*)::int as count from pg_locks join pg_database on pg_database.oid = database
            where datname = current_database() and locktype = 'advisory' and not granted`,
      )
    )[0]?.count;

  /** Chance rarely makes two statements meet in the index. Here both wait for a lock and get it at the same moment. */
  async function beginTogether(phones: string[], calls: ((index: number) => Promise<{ __typename: string }>)[]) {
    const { db, close } = openForMigration(settingsFor(databaseUrl())); // It has no time limits.
    const results = await db.transaction(async (tx) => {
      await lockSubjects(tx, phones);
      const pending = Promise.allSettled(calls.map((call, index) => call(index)));
      await expect.poll(() => countWaiting(tx)).toBe(calls.length);
      return { pending };
    });
    const settled = await results.pending;
    await close();
    return settled.map((result) => (result.status === 'fulfilled' ? result.value.__typename : String(result.reason)));
  }

  test('numbers, and begin at the same moment, lock them in one order (F19)', async () => {
    const before = await deadlocks();
    const { phones, calls } = await prepareSwap();
    const results = await beginTogether(phones, calls);
    expect(results).toEqual(['PhoneTaken', 'PhoneTaken']);
    expect(await deadlocks()).toBe(before);
    expect(failures()).toEqual([]);
  });

  test('numbers by administrators, who begin at the same moment, lock them in one order (F19)', async () => {
    const before = await deadlocks();
    const [ada, eve] = [await withNumber(), await withNumber()];
    // Each changes one account: changes by the same administrator wait for each other anyway.
    const admins = [await signInWithRoles(app(), 'ADMIN'), await signInWithRoles(app(), 'ADMIN')];
    const give = (id: string, phone: string) => (index: number) =>
      updateUser({ client: replica(index).client(), token: admins[index]?.token ?? '' }, id, {
        phone,
        phoneVerified: true,
      });
    const calls = [give(ada.user.id, eve.phone), give(eve.user.id, ada.phone)];
    const results = await beginTogether([ada.phone, eve.phone], calls);
    expect(results).toEqual(['PhoneTaken', 'PhoneTaken']);
    expect(await deadlocks()).toBe(before);
    expect(failures()).toEqual([]);
  });

  test('numbers at the same moment do not wait for each other, five pairs at once (F19)', async () => {
    const before = await deadlocks();
    const swaps = [];
    for (let pair = 0; pair < PAIRS; pair++) swaps.push(...(await prepareSwap()).calls);
    const results = await Promise.all(swaps.map((call, index) => call(index)));
    expect(results.map(({ __typename }) => __typename)).toEqual(swaps.map(() => 'PhoneTaken'));
    expect(await deadlocks()).toBe(before);
    expect(failures()).toEqual([]);
  });

  test('addresses and numbers by administrators at the same moment do not wait for each other (F19)', async () => {
    const before = await deadlocks();
    const admins = [await signInWithRoles(app(), 'ADMIN'), await signInWithRoles(app(), 'ADMIN')];
    const people = [];
    for (let pair = 0; pair < PAIRS; pair++) people.push([await withNumber(), await withNumber()] as const);
    const results = await Promise.all(
      people.flatMap(([ada, eve], index) =>
        [
          [ada, eve],
          [eve, ada],
        ].map(async ([one, other], side) => {
          if (!one || !other) throw new Error('a pair');
          // Changes by the same administrator wait for each other anyway.
          const caller = { client: replica(index + side).client(), token: admins[side]?.token ?? '' };
          return updateUser(caller, one.user.id, { phone: other.phone, email: other.email, phoneVerified: true });
        }),
      ),
    );
    for (const { __typename } of results) expect(['EmailTaken', 'PhoneTaken']).toContain(__typename);
    expect(await deadlocks()).toBe(before);
    expect(failures()).toEqual([]);
  });
});

import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { signInWithRoles, updateUser } from '../../support/admins.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { askForCode, confirmOtp, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

// Without one order of locks, two accounts that swap what must be unique wait for each other in the index.

const PAIRS = 5;

describePostgres('two accounts that swap', () => {
  const { app, replica, query, failures } = useReplicas({ OTP_RESEND_COOLDOWN: '0s' });

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

  test('numbers at the same moment do not wait for each other, five pairs at once (F19)', async () => {
    const before = await deadlocks();
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const [ada, eve] = [await withNumber(), await withNumber()];
      for (const [person, phone] of [
        [ada, eve.phone],
        [eve, ada.phone],
      ] as const) {
        const input = { phone, purpose: 'VERIFY' as const, password: PASSWORD };
        pairs.push({ person, ...(await askForCode(app(), person.client, input, { token: person.token })) });
      }
    }
    const answers = await Promise.all(
      pairs.map(({ person, submission }, index) =>
        confirmOtp(replica(index).client(), submission, { token: person.token }),
      ),
    );
    expect(answers.map(({ __typename }) => __typename)).toEqual(pairs.map(() => 'PhoneTaken'));
    expect(await deadlocks()).toBe(before);
    expect(failures()).toEqual([]);
  });

  test('addresses and numbers by administrators at the same moment do not wait for each other (F19)', async () => {
    const before = await deadlocks();
    const admin = await signInWithRoles(app(), 'ADMIN');
    const people = [];
    for (let pair = 0; pair < PAIRS; pair++) people.push([await withNumber(), await withNumber()] as const);
    const answers = await Promise.all(
      people.flatMap(([ada, eve], index) =>
        [
          [ada, eve],
          [eve, ada],
        ].map(async ([one, other]) => {
          if (!one || !other) throw new Error('a pair');
          const caller = { client: replica(index).client(), token: admin.token };
          return updateUser(caller, one.user.id, { phone: other.phone, email: other.email, phoneVerified: true });
        }),
      ),
    );
    for (const { __typename } of answers) expect(['EmailTaken', 'PhoneTaken']).toContain(__typename);
    expect(await deadlocks()).toBe(before);
    expect(failures()).toEqual([]);
  });
});

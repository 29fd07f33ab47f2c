import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { expectType } from '../../support/client.ts';
import { impersonate } from '../../support/impersonation.ts';
import { describeReplicas, withinASecond } from '../../support/replicas.ts';
import { isTokenAccepted, logOutAll } from '../../support/sessions.ts';

const SETTINGS = { LOGIN_BUDGET_IP: '1000/15m' };
const TEN = Array.from({ length: 10 }, (_, index) => index);

describeReplicas('impersonations on two replicas', SETTINGS, ({ app, replica, query, failures }) => {
  const liveOf = (admin: UserWithRoles) =>
    query(sql`select id from sessions where impersonator_id = ${admin.id} and ended_at is null`);
  const at = (person: UserWithRoles, index: number) => ({ ...person, client: replica(index).client() });

  /** Ten impersonations at once, on both replicas, with something in between. Returns the tokens of those that began. */
  async function race(admin: UserWithRoles, between: () => Promise<unknown>): Promise<string[]> {
    const people = await Promise.all(TEN.map((index) => signInWithRoles(replica(index))));
    const [outcomes] = await Promise.all([
      Promise.allSettled(people.map(({ id }, index) => impersonate(at(admin, index), id))),
      between(),
    ]);
    return outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [expectType(outcome.value, 'Impersonation').accessToken] : [],
    );
  }

  const isGone = (tokens: readonly string[]) => async () => {
    const accepted = await Promise.all(
      tokens.flatMap((token) => [0, 1].map((index) => isTokenAccepted(replica(index).client(), token))),
    );
    return !accepted.includes(true);
  };

  test('none survives the removal of the role, ten at once (T110)', async () => {
    const boss = await signInWithRoles(app(), 'ADMIN');
    for (let round = 0; round < 3; round++) {
      const admin = await signInWithRoles(app(), 'ADMIN');
      const tokens = await race(admin, () => updateUser(boss, admin.id, { roles: [] }));
      expect(await liveOf(admin)).toEqual([]);
      await withinASecond(isGone(tokens));
    }
    expect(failures()).toEqual([]);
  });

  test('none survives the logout from all devices, ten at once (T110)', async () => {
    for (let round = 0; round < 3; round++) {
      const admin = await signInWithRoles(app(), 'ADMIN');
      const tokens = await race(admin, () => logOutAll(replica(1).client(), admin.token));
      expect(await liveOf(admin)).toEqual([]);
      await withinASecond(isGone(tokens));
    }
    expect(failures()).toEqual([]);
  });

  test('a token is refused on the other replica within a second of the removal (T110)', async () => {
    const [boss, admin, ada] = [
      await signInWithRoles(app(), 'ADMIN'),
      await signInWithRoles(app(), 'ADMIN'),
      await signInWithRoles(app()),
    ];
    const { accessToken } = expectType(await impersonate(at(admin, 1), ada.id), 'Impersonation');
    await updateUser(at(boss, 0), admin.id, { roles: [] });
    await withinASecond(isGone([accessToken]));
  });
});

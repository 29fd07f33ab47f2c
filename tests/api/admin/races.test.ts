import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { deleteAccount, resetPasswordWithToken, waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import {
  createUser,
  deleteUser,
  giveRoles,
  listUsers,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { login, me, refresh } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { useReplicas, withinASecond } from '../../support/replicas.ts';
import { eventually } from '../../support/server-process.ts';
import { describeServers, redisServer } from '../../support/servers.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Administrators at the same moment, on two replicas with PostgreSQL and Redis.

const TEN = Array.from({ length: 10 }, (_, index) => index);
const SETTINGS = { OTP_RESEND_COOLDOWN: '0s', LOGIN_BUDGET_IP: '1000/15m', LOGIN_BUDGET_ACCOUNT: '100/15m' };

describeServers('administration on two replicas', ['postgres', 'redis'], () => {
  const { app, replica, replicas, query, failures } = useReplicas(async () => ({
    ...SETTINGS,
    REDIS_URL: await redisServer(),
  }));
  /** The same user at one of the replicas. */
  const onReplica = (person: UserWithRoles, index: number): UserWithRoles => ({
    ...person,
    client: replica(index).client(),
  });
  const tally = (results: readonly string[]) => {
    const counts: Record<string, number> = {};
    for (const result of results) counts[result] = (counts[result] ?? 0) + 1;
    return counts;
  };
  /** The member of the union, or the code of the error. */
  const getOutcome = (result: Promise<{ __typename?: string }>): Promise<string> =>
    result.then(
      ({ __typename = '' }) => __typename,
      (error: Error) => /"code":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
    );
  const activeAdministrators = () =>
    query<{ id: string }>(sql`select id from users where roles @> '{ADMIN}' and is_active`);

  async function signInTenAdministrators(): Promise<UserWithRoles[]> {
    await query(sql`update users set roles = '{}'`);
    return Promise.all(TEN.map((index) => signInWithRoles(replica(index), 'ADMIN')));
  }

  test.each([
    ['demote', (actor: UserWithRoles, id: string) => updateUser(actor, id, { roles: [] })],
    ['deactivate', (actor: UserWithRoles, id: string) => updateUser(actor, id, { isActive: false })],
    ['delete', (actor: UserWithRoles, id: string) => deleteUser(actor, id)],
  ])('ten administrators who %s each other in a ring leave at least one', async (_, act) => {
    const people = await signInTenAdministrators();
    const results = await Promise.all(
      TEN.map((index) => {
        const [actor, target] = [people[index], people[(index + 1) % 10]];
        return getOutcome(act(onReplica(actor ?? expect.fail(), index), target?.id ?? ''));
      }),
    );
    const { AdminUser: done = 0, ...refused } = tally(results);
    expect(done).toBeGreaterThan(0);
    for (const why of Object.keys(refused)) expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(why);
    expect(await activeAdministrators()).toHaveLength(10 - done);
    expect(10 - done).toBeGreaterThan(0);
    expect(failures()).toEqual([]);
  });

  test('the last two administrators, who remove each other and themselves, leave at least one', async () => {
    for (let round = 0; round < 5; round++) {
      const [ada, grace] = await signInTenAdministrators();
      if (!ada || !grace) return expect.fail();
      await query(sql`update users set roles = '{}' where id not in (${ada.id}, ${grace.id})`);
      const results = await Promise.all([
        getOutcome(updateUser(onReplica(ada, 0), grace.id, { roles: [] })),
        getOutcome(deleteUser(onReplica(grace, 1), ada.id)),
        getOutcome(deleteAccount({ ...onReplica(ada, 1) })),
        getOutcome(deleteAccount({ ...onReplica(grace, 0) })),
        getOutcome(updateUser(onReplica(ada, 1), ada.id, { roles: [] })),
        getOutcome(updateUser(onReplica(grace, 0), grace.id, { isActive: false })),
      ]);
      expect((await activeAdministrators()).length, JSON.stringify(results)).toBeGreaterThan(0);
      expect(results).not.toContain('INTERNAL_SERVER_ERROR');
    }
    expect(failures()).toEqual([]);
  });

  test('an administrator who becomes the last one while deleting their account stays, and may try again', async () => {
    const grace = await signInWithRoles(replica(1));
    let leaving: Promise<string> | undefined;
    await app().app.services.db.transaction(async (tx) => {
      await tx.execute(sql`select id from users where id = ${grace.id} for update`);
      leaving = getOutcome(deleteAccount(grace));
      await eventually(async () => {
        const waiting = sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        if ((await query(waiting)).length === 0) throw new Error('not yet');
      });
      await tx.execute(sql`update users set roles = '{}' where id <> ${grace.id}`);
      await tx.execute(sql`update users set roles = '{ADMIN}' where id = ${grace.id}`);
    });
    expect(await leaving).toBe('SERVICE_UNAVAILABLE');
    expect(await activeAdministrators()).toEqual([{ id: grace.id }]);
    expect(await getOutcome(deleteAccount(grace))).toBe('LastAdministrator');
  });

  test('ten administrators who create an account for one address create one and send one invitation (T32, F20)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const email = uniqueEmail();
    const results = await Promise.all(TEN.map((index) => getOutcome(createUser(onReplica(admin, index), { email }))));
    expect(tally(results)).toEqual({ AdminUser: 1, EmailTaken: 9 });
    await waitForMessage(app(), email, 'invitation');
    expect(await app().mail(email)).toHaveLength(1);
  });

  test('of ten accounts moved to one address or verified number, one gets it (F20)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const accounts = await Promise.all(TEN.map(() => insertAccount(app())));
    const email = uniqueEmail();
    const moves = TEN.map((index) =>
      getOutcome(updateUser(onReplica(admin, index), accounts[index]?.id ?? '', { email })),
    );
    expect(tally(await Promise.all(moves))).toEqual({ AdminUser: 1, EmailTaken: 9 });
    const phone = { phone: '+998901234567', phoneVerified: true };
    const calls = TEN.map((index) => getOutcome(updateUser(onReplica(admin, index), accounts[index]?.id ?? '', phone)));
    expect(tally(await Promise.all(calls))).toEqual({ AdminUser: 1, PhoneTaken: 9 });
  });

  test('of ten changes of one user as it was, one is made, and nine are told that the user has changed', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const { id } = await insertAccount(app());
    const { updatedAt } = (await showUser(admin, id)) ?? expect.fail();
    const names = await Promise.all(
      TEN.map(async (index) => {
        const result = await updateUser(onReplica(admin, index), id, { firstName: `${index}` }, undefined, updatedAt);
        if (result.__typename === 'UserChanged') return { seen: result.user.firstName };
        return { written: expectType(result, 'AdminUser').user.firstName };
      }),
    );
    const [{ written } = {}, ...further] = names.filter((name) => 'written' in name);
    expect(further).toEqual([]);
    expect(names.filter((name) => 'seen' in name)).toEqual(Array.from({ length: 9 }, () => ({ seen: written })));
    expect((await showUser(admin, id))?.firstName).toBe(written);
  });

  test('of ten submissions of one invitation, one sets the password (F19, T58)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const email = uniqueEmail();
    expectType(await createUser(admin, { email }), 'AdminUser');
    const token = tokenFromLink((await waitForMessage(app(), email, 'invitation')).link);
    const password = (index: number) => `violet-harbour-${index}-lantern`;
    const results = await Promise.all(
      TEN.map((index) => getOutcome(resetPasswordWithToken(replica(index), token, password(index)))),
    );
    expect(tally(results)).toEqual({ PasswordChanged: 1, ChallengeFailed: 9 });
    expectType(await login(app().client(), email, password(results.indexOf('PasswordChanged'))), 'Authenticated');
  });

  test('a deactivation ends all sessions on every replica within a second, also those started at that moment (T72)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    for (let round = 0; round < 4; round++) {
      const ada = await insertAccount(app());
      const startedSessions = [expectType(await login(app().client(), ada.email, PASSWORD), 'Authenticated')];
      const keep = (result: Awaited<ReturnType<typeof login | typeof refresh>>) => {
        if (result.__typename === 'Authenticated') startedSessions.push(result);
      };
      const refreshToken = startedSessions[0]?.refreshToken ?? '';
      await Promise.all([
        updateUser(admin, ada.id, { isActive: false }),
        ...TEN.map((index) =>
          index % 2
            ? login(replica(index >> 1).client(), ada.email, PASSWORD).then(keep)
            : refresh(replica(index >> 1).client(), refreshToken).then(keep),
        ),
      ]);
      for (const each of replicas())
        for (const { accessToken } of startedSessions)
          await withinASecond(async () => !(await me(each.client(), accessToken)));
      const open = sql`select id from sessions where user_id = ${ada.id} and ended_at is null`;
      expect(await query(open)).toEqual([]);
      for (const each of replicas()) expectType(await login(each.client(), ada.email, PASSWORD), 'AccountDisabled');
    }
  });

  test('a role removed on one replica is removed on the other at once, with the same token (T72)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const [staff, second] = [await signInWithRoles(replica(1), 'STAFF'), await signInWithRoles(replica(1), 'ADMIN')];
    expect((await listUsers(staff)).edges).not.toEqual([]);
    expectType(await updateUser(admin, staff.id, { roles: [] }, 'left the team'), 'AdminUser');
    expectType(await updateUser(admin, second.id, { roles: [] }, 'left the team'), 'AdminUser');
    for (const index of [0, 1]) {
      expect(await getOutcome(listUsers(onReplica(staff, index)).then(() => ({})))).toBe('FORBIDDEN');
      expect(await getOutcome(createUser(onReplica(second, index), { email: uniqueEmail() }))).toBe('FORBIDDEN');
      expect(await me(replica(index).client(), staff.token)).toMatchObject({ roles: [] });
    }
  });

  test('ten deletions of one account succeed once and leave nothing behind (T72)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const ada = await signInWithRoles(app());
    const results = await Promise.all([
      ...TEN.map((index) => getOutcome(deleteUser(onReplica(admin, index), ada.id))),
      getOutcome(deleteAccount(onReplica(ada, 0))),
      getOutcome(updateUser(onReplica(admin, 1), ada.id, { firstName: 'Ada' })),
      getOutcome(login(replica(1).client(), ada.email, PASSWORD)),
    ]);
    const gone = [...results.slice(0, 10), results[10]].filter(
      (end) => end === 'AdminUser' || end === 'AccountDeleted',
    );
    expect(gone).toHaveLength(1);
    expect(await query(sql`select id from sessions where user_id = ${ada.id}`)).toEqual([]);
    expect(await showUser(admin, ada.id)).toBeNull();
    const deletions = sql`select id from audit_events where user_id = ${ada.id} and outcome = 'succeeded'
      and type in ('user-deletion', 'account-deletion')`;
    expect(await query(deletions)).toHaveLength(1);
    await giveRoles(app(), admin.id);
    expect(failures()).toEqual([]);
  });

  test('paging users while ten clients insert shows every earlier user exactly once', async () => {
    const staff = await signInWithRoles(app(), 'STAFF');
    const name = 'Walker';
    const insert = (count: number) =>
      query(sql`insert into users (id, first_name, created_at, updated_at)
        select gen_random_uuid(), ${name}, date_trunc('second', now()), now() from generate_series(1, ${count}::int)`);
    await insert(60);
    const before = await query<{ id: string }>(sql`select id from users where first_name = ${name}`);
    const seen: string[] = [];
    const writers = TEN.map(async () => {
      for (let turn = 0; turn < 10; turn++) await insert(1);
    });
    const orderBy = 'CREATED_AT_ASC' as const;
    for (let after: string | null = null, turn = 0; turn < 100; turn++) {
      const page = await listUsers(onReplica(staff, turn), { filter: { search: name }, first: 7, after, orderBy });
      seen.push(...page.edges.map(({ node }) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor ?? null;
    }
    await Promise.all(writers);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
  });
});

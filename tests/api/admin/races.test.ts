import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import type { TestApp } from '../../support/app.ts';
import { login, me, refresh } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { startReplicas, withinASecond } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { eventually } from '../../support/server-process.ts';
import { describeServers, postgresServer, redisServer } from '../../support/servers.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Administrators at once, over two replicas on PostgreSQL and Redis.

const TEN = Array.from({ length: 10 }, (_, index) => index);
const SETTINGS = { OTP_RESEND_COOLDOWN: '0s', LOGIN_BUDGET_IP: '1000/15m', LOGIN_BUDGET_ACCOUNT: '100/15m' };

describeServers('administration, over two replicas', ['postgres', 'redis'], () => {
  let database: FreshDatabase;
  let replicas: readonly [TestApp, TestApp];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    replicas = await startReplicas({ ...SETTINGS, DATABASE_URL: database.url, REDIS_URL: await redisServer() });
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });

  const [app, other] = [() => replicas[0], () => replicas[1]];
  const query = <Row>(statement: ReturnType<typeof sql>) => rows<Row>(app().app.services.db, statement);
  const replicaOf = (index: number) => (index % 2 ? other() : app());
  /** The same person at one of the replicas. */
  const at = (person: UserWithRoles, index: number): UserWithRoles => ({
    ...person,
    client: replicaOf(index).client(),
  });
  const tally = (answers: readonly string[]) => {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  };
  /** How it ended: the member of the union, or the code of the error. */
  const ended = (answer: Promise<{ __typename?: string }>): Promise<string> =>
    answer.then(
      ({ __typename = '' }) => __typename,
      (error: Error) => /"code":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
    );
  const failures = () => replicas.flatMap(({ logged }) => logged.filter((line) => /"level":(?:"error"|50)/.test(line)));
  const activeAdministrators = () =>
    query<{ id: string }>(sql`select id from users where roles @> '{ADMIN}' and is_active`);

  async function tenAdministrators(): Promise<UserWithRoles[]> {
    await query(sql`update users set roles = '{}'`);
    return Promise.all(TEN.map((index) => signInWithRoles(replicaOf(index), 'ADMIN')));
  }

  test.each([
    ['demote', (actor: UserWithRoles, id: string) => updateUser(actor, id, { roles: [] })],
    ['deactivate', (actor: UserWithRoles, id: string) => updateUser(actor, id, { isActive: false })],
    ['delete', (actor: UserWithRoles, id: string) => deleteUser(actor, id)],
  ])('of ten administrators who %s each other in a ring at once somebody is left', async (_, act) => {
    const people = await tenAdministrators();
    const answers = await Promise.all(
      TEN.map((index) => {
        const [actor, target] = [people[index], people[(index + 1) % 10]];
        return ended(act(at(actor ?? expect.fail(), index), target?.id ?? ''));
      }),
    );
    const { AdminUser: done = 0, ...refused } = tally(answers);
    expect(done).toBeGreaterThan(0);
    for (const why of Object.keys(refused)) expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(why);
    expect(await activeAdministrators()).toHaveLength(10 - done);
    expect(10 - done).toBeGreaterThan(0);
    expect(failures()).toEqual([]);
  });

  test('of the last two administrators, who act on each other and leave at once, one is left', async () => {
    for (let round = 0; round < 5; round++) {
      const [ada, grace] = await tenAdministrators();
      if (!ada || !grace) return expect.fail();
      await query(sql`update users set roles = '{}' where id not in (${ada.id}, ${grace.id})`);
      const answers = await Promise.all([
        ended(updateUser(at(ada, 0), grace.id, { roles: [] })),
        ended(deleteUser(at(grace, 1), ada.id)),
        ended(deleteAccount({ ...at(ada, 1) })),
        ended(deleteAccount({ ...at(grace, 0) })),
        ended(updateUser(at(ada, 1), ada.id, { roles: [] })),
        ended(updateUser(at(grace, 0), grace.id, { isActive: false })),
      ]);
      expect((await activeAdministrators()).length, JSON.stringify(answers)).toBeGreaterThan(0);
      expect(answers).not.toContain('INTERNAL_SERVER_ERROR');
    }
    expect(failures()).toEqual([]);
  });

  test('whoever is made the only administrator in the moment in which they leave stays, and may try again', async () => {
    const grace = await signInWithRoles(other());
    let leaving: Promise<string> | undefined;
    await app().app.services.db.transaction(async (tx) => {
      await tx.execute(sql`select id from users where id = ${grace.id} for update`);
      leaving = ended(deleteAccount(grace));
      await eventually(async () => {
        const waiting = sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        if ((await query(waiting)).length === 0) throw new Error('not yet');
      });
      await tx.execute(sql`update users set roles = '{}' where id <> ${grace.id}`);
      await tx.execute(sql`update users set roles = '{ADMIN}' where id = ${grace.id}`);
    });
    expect(await leaving).toBe('SERVICE_UNAVAILABLE');
    expect(await activeAdministrators()).toEqual([{ id: grace.id }]);
    expect(await ended(deleteAccount(grace))).toBe('LastAdministrator');
  });

  test('of ten who make an account for one address one does, and one invitation goes out (T32, F20)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const email = uniqueEmail();
    const answers = await Promise.all(TEN.map((index) => ended(createUser(at(admin, index), { email }))));
    expect(tally(answers)).toEqual({ AdminUser: 1, EmailTaken: 9 });
    await waitForMessage(app(), email, 'invitation');
    expect(await app().mail(email)).toHaveLength(1);
  });

  test('of ten accounts that are moved to one address, and given one proved number, at once one gets it (F20)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const accounts = await Promise.all(TEN.map(() => insertAccount(app())));
    const email = uniqueEmail();
    const moves = TEN.map((index) => ended(updateUser(at(admin, index), accounts[index]?.id ?? '', { email })));
    expect(tally(await Promise.all(moves))).toEqual({ AdminUser: 1, EmailTaken: 9 });
    const phone = { phone: '+998901234567', phoneVerified: true };
    const calls = TEN.map((index) => ended(updateUser(at(admin, index), accounts[index]?.id ?? '', phone)));
    expect(tally(await Promise.all(calls))).toEqual({ AdminUser: 1, PhoneTaken: 9 });
  });

  test('of ten who answer one invitation at once one chooses the password (F19, T58)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const email = uniqueEmail();
    expectType(await createUser(admin, { email }), 'AdminUser');
    const token = tokenFromLink((await waitForMessage(app(), email, 'invitation')).link);
    const password = (index: number) => `violet-harbour-${index}-lantern`;
    const answers = await Promise.all(
      TEN.map((index) => ended(resetPasswordWithToken(replicaOf(index), token, password(index)))),
    );
    expect(tally(answers)).toEqual({ PasswordChanged: 1, ChallengeFailed: 9 });
    expectType(await login(app().client(), email, password(answers.indexOf('PasswordChanged'))), 'Authenticated');
  });

  test('a deactivation is felt on every replica within a second, and by sign-ins and refreshes at that moment (T72)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    for (let round = 0; round < 4; round++) {
      const ada = await insertAccount(app());
      const begun = [expectType(await login(app().client(), ada.email, PASSWORD), 'Authenticated')];
      const keep = (answer: Awaited<ReturnType<typeof login | typeof refresh>>) => {
        if (answer.__typename === 'Authenticated') begun.push(answer);
      };
      const refreshToken = begun[0]?.refreshToken ?? '';
      await Promise.all([
        updateUser(admin, ada.id, { isActive: false }),
        ...TEN.map((index) =>
          index % 2
            ? login(replicaOf(index >> 1).client(), ada.email, PASSWORD).then(keep)
            : refresh(replicaOf(index >> 1).client(), refreshToken).then(keep),
        ),
      ]);
      for (const replica of replicas)
        for (const { accessToken } of begun)
          await withinASecond(async () => !(await me(replica.client(), accessToken)));
      const open = sql`select id from sessions where user_id = ${ada.id} and ended_at is null`;
      expect(await query(open)).toEqual([]);
      for (const replica of replicas) expectType(await login(replica.client(), ada.email, PASSWORD), 'AccountDisabled');
    }
  });

  test('a role that is taken away at one replica is gone at the other at once, while the token lives on (T72)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const [staff, second] = [await signInWithRoles(other(), 'STAFF'), await signInWithRoles(other(), 'ADMIN')];
    expect((await listUsers(staff)).edges).not.toEqual([]);
    expectType(await updateUser(admin, staff.id, { roles: [] }, 'left the team'), 'AdminUser');
    expectType(await updateUser(admin, second.id, { roles: [] }, 'left the team'), 'AdminUser');
    for (const index of [0, 1]) {
      expect(await ended(listUsers(at(staff, index)).then(() => ({})))).toBe('FORBIDDEN');
      expect(await ended(createUser(at(second, index), { email: uniqueEmail() }))).toBe('FORBIDDEN');
      expect(await me(replicaOf(index).client(), staff.token)).toMatchObject({ roles: [] });
    }
  });

  test('ten deletions of one account: one does it, and nothing of it is left (T72)', async () => {
    const admin = await signInWithRoles(app(), 'ADMIN');
    const ada = await signInWithRoles(app());
    const answers = await Promise.all([
      ...TEN.map((index) => ended(deleteUser(at(admin, index), ada.id))),
      ended(deleteAccount(at(ada, 0))),
      ended(updateUser(at(admin, 1), ada.id, { firstName: 'Ada' })),
      ended(login(other().client(), ada.email, PASSWORD)),
    ]);
    const gone = [...answers.slice(0, 10), answers[10]].filter(
      (end) => end === 'AdminUser' || end === 'AccountDeleted',
    );
    expect(gone).toHaveLength(1);
    expect(await query(sql`select id from sessions where user_id = ${ada.id}`)).toEqual([]);
    expect(await showUser(admin, ada.id)).toBeNull();
    const deeds = sql`select id from audit_events where user_id = ${ada.id} and outcome = 'succeeded'
      and type in ('user-deletion', 'account-deletion')`;
    expect(await query(deeds)).toHaveLength(1);
    await giveRoles(app(), admin.id);
    expect(failures()).toEqual([]);
  });

  test('pages of users miss nobody of before and show nobody twice while ten write', async () => {
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
      const page = await listUsers(at(staff, turn), { filter: { search: name }, first: 7, after, orderBy });
      seen.push(...page.edges.map(({ node }) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor ?? null;
    }
    await Promise.all(writers);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
  });
});

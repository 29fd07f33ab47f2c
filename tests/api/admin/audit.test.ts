import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditEventsDocument, type AuditEventsQueryVariables } from '../../../schema/generated/graphql.ts';
import { newId } from '../../../src/core/ids.ts';
import { auditEvents as table } from '../../../src/infra/db/tables.ts';
import { waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import {
  auditEvents,
  createUser,
  deleteUser,
  endSessions,
  sendReset,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { dumpTables } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' }, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

type Event = Awaited<ReturnType<typeof auditEvents>>['nodes'][number];

const listEvents = async (filter: AuditEventsQueryVariables['filter'], first = 100): Promise<Event[]> =>
  (await auditEvents(admin, { filter: filter ?? null, first })).nodes;

const kindsAndOutcomes = (found: readonly Event[]) => found.map(({ kind, outcome }) => `${kind} ${outcome}`);

const readFacts = ({ facts }: Pick<Event, 'facts'>) =>
  Object.fromEntries(facts.map(({ name, value }) => [name, value]));

describe('an administrator’s action (T90)', () => {
  test('is recorded with administrator, user, address and reason', async () => {
    const email = uniqueEmail();
    const reason = '  Asked for by phone, ticket 4711 ';
    const { user } = expectType(await createUser(admin, { email, roles: ['STAFF'] }, reason), 'AdminUser');
    expectType(await updateUser(admin, user.id, { roles: [], firstName: 'Ada', isActive: false }, reason), 'AdminUser');
    expectType(await updateUser(admin, user.id, { isActive: true }), 'AdminUser');
    clock.advance(61_000);
    expectType(await sendReset(admin, user.id, reason), 'PasswordLinkSent');
    expectType(await sendReset(admin, user.id), 'RateLimited');
    expectType(await endSessions(admin, user.id, reason), 'LoggedOut');
    expectType(await deleteUser(admin, user.id, reason), 'AdminUser');

    const found = await listEvents({ userId: user.id });
    expect(kindsAndOutcomes(found).reverse()).toEqual([
      'user-creation succeeded',
      'user-update succeeded',
      'user-update succeeded',
      'recovery-link sent',
      'recovery-link limited',
      'user-sessions-end succeeded',
      'user-deletion succeeded',
    ]);
    for (const event of found) expect(event).toMatchObject({ actorId: admin.id, requestId: expect.any(String) });
    expect(found.filter((event) => event.reason === 'Asked for by phone, ticket 4711')).toHaveLength(5);
    expect(found[0]?.ipAddress).toBe(admin.client.ip);
    expect(found.slice(1).map(({ ipAddress }) => ipAddress)).toEqual(Array(6).fill(null)); // Removed with the account.
    const [creation, update] = [...found].reverse();
    expect(readFacts(creation ?? expect.fail())).toEqual({ invited: 'true', roles: 'STAFF' });
    expect(readFacts(update ?? expect.fail())).toEqual({ changed: 'firstName,roles,isActive', roles: '' });
  });

  test('is recorded when it fails, too', async () => {
    const [ada, grace] = [await insertAccount(app), await insertAccount(app)];
    expectType(await updateUser(admin, ada.id, { email: grace.email }, 'why not'), 'EmailTaken');
    expect(await listEvents({ userId: ada.id })).toMatchObject([
      { kind: 'user-update', outcome: 'taken', actorId: admin.id, reason: 'why not' },
    ]);
    expectType(await createUser(admin, { email: grace.email }), 'EmailTaken');
    await signInWithRoles(app, 'ADMIN');
    expectType(await updateUser(admin, admin.id, { roles: [] }), 'OwnAccount');
    expectType(await deleteUser(admin, admin.id), 'OwnAccount');
    const own = kindsAndOutcomes(await listEvents({ actorId: admin.id }, 3));
    expect(own).toEqual(['user-deletion refused', 'user-update refused', 'user-creation taken']);
  });

  test('is not recorded when it changes nothing', async () => {
    const ada = await insertAccount(app);
    expectType(await updateUser(admin, ada.id, { isActive: true, emailVerified: true, email: ada.email }), 'AdminUser');
    expect(await listEvents({ userId: ada.id })).toEqual([]);
  });

  test('requires a reason to be one line of at most 500 characters', async () => {
    const ada = await insertAccount(app);
    for (const reason of ['r'.repeat(501), 'a\nb', 'a\u202eb', 'a\u001b[31mb']) {
      const results = [
        await updateUser(admin, ada.id, { firstName: 'x' }, reason),
        await createUser(admin, { email: uniqueEmail() }, reason),
        await endSessions(admin, ada.id, reason),
        await sendReset(admin, ada.id, reason),
        await deleteUser(admin, ada.id, reason),
      ];
      for (const result of results)
        expect(result).toMatchObject({ __typename: 'InvalidInput', fields: [{ path: 'reason' }] });
    }
    expect(await listEvents({ userId: ada.id })).toEqual([]);
    expectType(await updateUser(admin, ada.id, { firstName: 'x' }, '🙂'.repeat(500)), 'AdminUser');
  });
});

test('links, passwords, addresses, names and reasons of administration appear in no log line and no table (T53, T88, T89)', async () => {
  const email = uniqueEmail('canary');
  const password = 'canary-horse-battery-92-lantern';
  const reason = 'canaryreason';
  const { user } = expectType(await createUser(admin, { email, firstName: 'Canaryname' }, reason), 'AdminUser');
  const token = tokenFromLink((await waitForMessage(app, email, 'invitation')).link);
  const other = { email: uniqueEmail('canary'), password, emailVerified: true };
  expectType(await createUser(admin, other, reason), 'AdminUser');
  expectType(
    await updateUser(admin, user.id, { email: uniqueEmail('canary'), phone: '+998901234567' }, reason),
    'AdminUser',
  );
  expectType(await deleteUser(admin, user.id, reason), 'AdminUser');
  const log = app.logged.join('\n');
  expect(log).toContain('"audit":"user-creation"');
  for (const secret of [token, password, email, other.email, reason, 'Canaryname', '998901234567'])
    expect(log, secret).not.toContain(secret);
  for (const line of app.logged) expect(() => JSON.parse(line)).not.toThrow();
  const tables = await dumpTables(app.app.services.db);
  for (const secret of [token, password]) expect(tables, secret).not.toContain(secret);
});

describe('auditEvents', () => {
  /** Inserts events of a new user, one second apart; ids newest first. */
  async function insertEvents(
    kindsOf: readonly [kind: string, outcome: string][],
    at = Date.parse('2024-03-01T00:00:00.000Z'),
  ) {
    const userId = newId(new Date());
    const rows = kindsOf.map(([type, outcome], index) => ({
      id: newId(new Date()),
      at: new Date(at + index * 1000),
      type,
      outcome,
      userId,
    }));
    await app.app.services.db.insert(table).values(rows);
    return { userId, ids: rows.map(({ id }) => id).reverse() };
  }
  const listIds = async (filter: AuditEventsQueryVariables['filter']) => (await listEvents(filter)).map(({ id }) => id);

  test('filters by user, kind, outcome and time, alone and together', async () => {
    const { userId, ids } = await insertEvents([
      ['sign-in', 'succeeded'],
      ['sign-in', 'limited'],
      ['password-reset', 'limited'],
      ['password-reset', 'succeeded'],
    ]);
    const [fourth, third, second, first] = ids;
    expect(await listIds({ userId })).toEqual(ids);
    expect(await listIds({ userId: userId.toUpperCase(), kind: 'sign-in' })).toEqual([second, first]);
    expect(await listIds({ userId, outcome: 'limited' })).toEqual([third, second]);
    expect(await listIds({ userId, kind: 'sign-in', outcome: 'limited' })).toEqual([second]);
    const [since, until] = ['2024-03-01T00:00:01.000Z', '2024-03-01T00:00:03.000Z'];
    expect(await listIds({ userId, since })).toEqual([fourth, third, second]);
    expect(await listIds({ userId, until })).toEqual([third, second, first]);
    expect(await listIds({ since, until })).toEqual([third, second]);
    expect(await listIds({ id: third?.toUpperCase() ?? '' })).toEqual([third]);
    expect(await listIds({ id: third ?? '', kind: 'password-reset', outcome: 'limited' })).toEqual([third]);
    expect(await listIds({ id: third ?? '', kind: 'sign-in' })).toEqual([]);
    // Over all users, these use the index of kinds.
    expect(await listIds({ kind: 'sign-in', since, until })).toEqual([second]);
    expect(await listIds({ outcome: 'limited', since, until })).toEqual([third, second]);
    expect(await listIds({ kind: 'password-reset', outcome: 'limited', since, until })).toEqual([third]);
    expect(await listIds({ kind: 'no-such-kind' })).toEqual([]);
    expect(await listIds({ userId: 'x' })).toEqual([]);
    // Empty values, as forms send them, match nothing rather than everything.
    expect(await listIds({ userId: '' })).toEqual([]);
    expect(await listIds({ id: '' })).toEqual([]);
    expect(await listIds({ actorId: '' })).toEqual([]);
    await expect(listIds({ kind: '' })).rejects.toThrow('BAD_USER_INPUT');
    await expect(listIds({ userId, outcome: '' })).rejects.toThrow('BAD_USER_INPUT');
    expect(await listIds({ actorId: newId(new Date()) })).toEqual([]);
  });

  test('shows the user and the administrator as they are now, until they are deleted', async () => {
    const ada = await insertAccount(app);
    expectType(await updateUser(admin, ada.id, { firstName: 'Ada' }), 'AdminUser');
    const query =
      'query ($id: ID!) { auditEvents(filter: { userId: $id }) { nodes { kind user { email } actor { id } } } }';
    const show = async () => {
      const { data } = await admin.client.post({ query, variables: { id: ada.id } }, { token: admin.token });
      return (data as { auditEvents: { nodes: object[] } }).auditEvents.nodes; // As in the query.
    };
    expect(await show()).toEqual([{ kind: 'user-update', user: { email: ada.email }, actor: { id: admin.id } }]);
    expectType(await deleteUser(admin, ada.id), 'AdminUser');
    expect(await show()).toContainEqual({ kind: 'user-update', user: null, actor: { id: admin.id } });
  });

  test.each([{ kind: undefined }, { kind: 'sign-in' }])(
    'pages over events of the same moment in both directions while others are written: %o',
    async ({ kind }) => {
      const userId = newId(new Date());
      const at = new Date(Date.parse('2019-01-01T00:00:00.000Z') + (kind ? 0 : 86_400_000));
      const rows = Array.from({ length: 11 }, (_, index) => ({
        id: newId(new Date()),
        at,
        type: 'sign-in',
        outcome: index % 2 ? 'succeeded' : 'limited',
        userId,
      }));
      await app.app.services.db.insert(table).values(rows);
      const filter = {
        ...(kind ? { kind } : { userId }),
        since: at.toISOString(),
        until: new Date(at.getTime() + 1).toISOString(),
      };
      const forward: string[] = [];
      for (let after: string | null = null; ; ) {
        const { nodes, pageInfo } = await auditEvents(admin, { first: 4, after, filter });
        forward.push(...nodes.map(({ id }) => id));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor ?? null;
        await login(app.client(), uniqueEmail(), PASSWORD); // Writes a newer event.
      }
      expect(forward).toEqual(
        rows
          .map(({ id }) => id)
          .sort()
          .reverse(),
      );
      const backward: string[] = [];
      for (let before: string | null = null; ; ) {
        const { nodes, pageInfo } = await auditEvents(admin, { last: 4, before, filter });
        backward.unshift(...nodes.map(({ id }) => id));
        if (!pageInfo.hasPreviousPage) break;
        before = pageInfo.startCursor ?? null;
      }
      expect(backward).toEqual(forward);
    },
  );

  test.each<[string, AuditEventsQueryVariables]>([
    [
      'a cursor of the user list',
      {
        after: Buffer.from(JSON.stringify(['created', '2026-01-01T00:00:00.000Z', newId(new Date())])).toString(
          'base64url',
        ),
      },
    ],
    ['a kind with special characters', { filter: { kind: "sign-in' or true --" } }],
    ['an outcome of kilobytes', { filter: { outcome: 'a'.repeat(10_000) } }],
    ['too many', { first: 1000 }],
    ['a moment in the year 0', { filter: { since: '0000-01-01T00:00:00.000Z' } }],
  ])('rejects %s', async (_, variables) => {
    const { errors } = await admin.client.send(AuditEventsDocument, variables, { token: admin.token });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

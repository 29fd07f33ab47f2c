import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditEventsDocument, type AuditEventsQueryVariables } from '../../../schema/generated/graphql.ts';
import { newId } from '../../../src/core/ids.ts';
import { auditEvents as table } from '../../../src/infra/db/tables.ts';
import { insertAccount } from '../../support/accounts.ts';
import { auditEvents, deleteUser, signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

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
  const listIds = async (filter: AuditEventsQueryVariables['filter']) =>
    (await auditEvents(admin, { filter: filter ?? null, first: 100 })).nodes.map(({ id }) => id);

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

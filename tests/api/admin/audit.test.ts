import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEventsQueryVariables } from '../../../schema/generated/graphql.ts';
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
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { uniqueEmail } from '../../support/people.ts';
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

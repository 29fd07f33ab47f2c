import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ResetPasswordDocument } from '../../../schema/generated/graphql.ts';
import { DAY, HOUR } from '../../../src/core/clock.ts';
import {
  changePassword,
  confirmEmailChange,
  requestResetToken,
  startEmailChange,
  waitForMessage,
} from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { endSessions, signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { describeReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { logOut, logOutAll, revokeSession } from '../../support/sessions.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Which networks and devices an account still knows after its sessions have ended.

const WRONG = 'wrong-horse-battery-staple';
const NEW_PASSWORD = 'copper-meadow-17-whistle';
const OF_THIEF = 'Tablet';

const clock = testClock();
let app: TestApp;
let administrator: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
beforeEach(async () => {
  administrator = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

async function signIn(client: ApiClient, email: string, device?: string, password = PASSWORD) {
  const headers = device === undefined ? {} : { 'user-agent': device };
  return { client, ...expectType(await login(client, email, password, { headers }), 'Authenticated') };
}

/** An account at which a thief has signed in and signed out again. The owner still has a session. */
async function visitedAccount() {
  const { id, email } = await insertAccount(app);
  const owner = { id, email, ...(await signIn(app.client(), email)) };
  const thief = app.client();
  const stolen = await signIn(thief, email, OF_THIEF);
  expectType(await logOut(thief, stolen.refreshToken ?? ''), 'LoggedOut');
  return { owner, thief };
}

/** Whether a caller has attempts of their own, once strangers have used up those at the account. */
async function isKnown(client: ApiClient, email: string): Promise<boolean> {
  for (let time = 0; time < 10; time++) await login(app.client(), email, WRONG);
  expect((await login(app.client(), email, WRONG)).__typename).toBe('RateLimited');
  return (await login(client, email, WRONG)).__typename === 'InvalidCredentials';
}

type Owner = Awaited<ReturnType<typeof visitedAccount>>['owner'];
interface Change {
  name: string;
  run(owner: Owner): Promise<unknown>;
  /** The address afterwards. */
  email?: string;
}

const BY_OWNER: Change[] = [
  { name: 'logoutAll', run: ({ client, accessToken }) => logOutAll(client, accessToken) },
  {
    name: 'logoutAll except the current session',
    run: ({ client, accessToken }) => logOutAll(client, accessToken, { exceptCurrent: true }),
  },
  { name: 'changePassword', run: (owner) => changePassword(owner, NEW_PASSWORD) },
  {
    name: 'resetPassword',
    async run({ client, email }) {
      const token = await requestResetToken(app, email);
      const { resetPassword } = await client.request(ResetPasswordDocument, {
        input: { token, newPassword: NEW_PASSWORD },
      });
      expectType(resetPassword, 'PasswordChanged');
    },
  },
  {
    name: '“This wasn’t me”',
    async run({ client, email }) {
      const { link } = await waitForMessage(app, email, 'new-device');
      const headers = { 'x-forwarded-for': client.ip };
      const body = new URLSearchParams({ token: tokenFromLink(link) });
      expect((await fetch(`${app.url}/not-me`, { method: 'POST', headers, body })).status).toBe(200);
    },
  },
  {
    name: 'an undone change of address',
    async run(owner) {
      const { challengeId, code } = await startEmailChange(app, owner);
      expectType(await confirmEmailChange(owner.client, { challengeId, code }, owner.accessToken), 'EmailChanged');
      const { link } = await waitForMessage(app, owner.email, 'email-changed');
      const headers = { 'x-forwarded-for': owner.client.ip };
      const body = new URLSearchParams({ token: tokenFromLink(link) });
      expect((await fetch(`${app.url}/undo-email-change`, { method: 'POST', headers, body })).status).toBe(200);
    },
  },
];

describe('a thief who signed out before is a stranger', () => {
  test.each(BY_OWNER)('after $name, and its owner is not (T97)', async ({ run }) => {
    const { owner, thief } = await visitedAccount();
    expect(await isKnown(thief, owner.email)).toBe(true);
    clock.advance(DAY);
    await run(await renewed(owner));
    expect(await isKnown(thief, owner.email)).toBe(false);
    expect(await isKnown(owner.client, owner.email)).toBe(true);
  });

  /** A day later, with a session that counts as recent. */
  const renewed = async (owner: Owner) => ({ ...owner, ...(await signIn(owner.client, owner.email)) });

  const BY_ADMINISTRATOR: Change[] = [
    { name: 'endUserSessions', run: ({ id }) => endSessions(administrator, id) },
    {
      name: 'a deactivation',
      async run({ id }) {
        expectType(await updateUser(administrator, id, { isActive: false }), 'AdminUser');
        expectType(await updateUser(administrator, id, { isActive: true }), 'AdminUser');
      },
    },
  ];

  test.each(BY_ADMINISTRATOR)('after $name by an administrator, and so is everyone (T97)', async ({ run }) => {
    const { owner, thief } = await visitedAccount();
    await run(owner);
    expect(await isKnown(thief, owner.email)).toBe(false);
    expect(await isKnown(owner.client, owner.email)).toBe(false);
  });

  test('after an administrator changes the address, and so is everyone (T97)', async () => {
    const { owner, thief } = await visitedAccount();
    const email = uniqueEmail();
    expectType(await updateUser(administrator, owner.id, { email }), 'AdminUser');
    expect(await isKnown(thief, email)).toBe(false);
    expect(await isKnown(owner.client, email)).toBe(false);
  });

  test('if the owner ends the session in the list (T97)', async () => {
    const { id, email } = await insertAccount(app);
    const owner = await signIn(app.client(), email);
    const thief = app.client();
    await signIn(thief, email, OF_THIEF);
    const [stolen] = await rows<{ id: string }>(
      app.app.services.db,
      sql`select id from sessions where user_id = ${id} and device = ${OF_THIEF}`,
    );
    expectType(await revokeSession(owner.client, owner.accessToken, stolen?.id ?? ''), 'LoggedOut');
    expect(await isKnown(thief, email)).toBe(false);
    expect(await isKnown(owner.client, email)).toBe(true);
  });
});

describe('a thief who ends the owner’s sessions', () => {
  test.each(['logoutAll', 'changePassword'])('with %s keeps them unknown only until a reset (T97)', async (name) => {
    const { id, email } = await insertAccount(app);
    const owner = { id, email, ...(await signIn(app.client(), email)) };
    const thief = await signIn(app.client(), email, OF_THIEF);
    const run = BY_OWNER.find((change) => change.name === name)?.run;
    await run?.({ id, email, ...thief });
    expect(await isKnown(owner.client, email)).toBe(false);
    expect(await isKnown(thief.client, email)).toBe(true);

    const token = await requestResetToken(app, email);
    const input = { token, newPassword: 'amber-quarry-17-thicket' };
    expectType((await owner.client.request(ResetPasswordDocument, { input })).resetPassword, 'PasswordChanged');
    expect(await isKnown(owner.client, email)).toBe(true);
    expect(await isKnown(thief.client, email)).toBe(false);
  });
});

test('a network is known for seven days after its last session, and no longer (T97)', async () => {
  const { email } = await insertAccount(app);
  const owner = await signIn(app.client(), email);
  clock.advance(DAY);
  expectType(await logOut(owner.client, owner.refreshToken ?? ''), 'LoggedOut');
  clock.advance(7 * DAY - HOUR);
  expect(await isKnown(owner.client, email)).toBe(true);
  clock.advance(2 * HOUR);
  expect(await isKnown(owner.client, email)).toBe(false);
});

test('the device of a session that a reset ended is new again; the one that is kept is not', async () => {
  const { id, email } = await insertAccount(app);
  const owner = { id, email, ...(await signIn(app.client(), email, 'Laptop')) };
  await signIn(app.client(), email, OF_THIEF);
  expectType(await changePassword(owner, NEW_PASSWORD), 'PasswordChanged');
  const newDevices = async () => {
    const found = await rows<{ device: string }>(
      app.app.services.db,
      sql`select s.device from audit_events e join sessions s on s.id = e.session_id
          where e.user_id = ${id} and e.type = 'sign-in' and e.detail ->> 'newDevice' = 'true' order by e.id`,
    );
    return found.map(({ device }) => device);
  };
  const before = await newDevices();
  await signIn(app.client(), email, 'Laptop', NEW_PASSWORD);
  expect(await newDevices()).toEqual(before);
  await signIn(app.client(), email, OF_THIEF, NEW_PASSWORD);
  expect(await newDevices()).toHaveLength(before.length + 1);
});

describeReplicas('sessions that end at the same moment (T97)', {}, ({ app: first, replica, query }) => {
  test('are all distrusted, whichever request ends them (T97)', { repeats: 9 }, async () => {
    const { id, email } = await insertAccount(first());
    const owner = expectType(await login(first().client(), email, PASSWORD), 'Authenticated');
    const stolen = await Promise.all(
      Array.from({ length: 10 }, async () =>
        expectType(await login(first().client(), email, PASSWORD), 'Authenticated'),
      ),
    );
    const ends = stolen.map(({ refreshToken }, index) => logOut(replica(index).client(), refreshToken ?? ''));
    const all = Array.from({ length: 3 }, (_, index) =>
      logOutAll(replica(index).client(), owner.accessToken, { exceptCurrent: true }),
    );
    await Promise.all([...ends, ...all]);
    const trust = await query(
      sql`select trust, count(*)::int as count from sessions where user_id = ${id} group by 1 order by 1`,
    );
    expect(trust).toEqual([
      { trust: 'full', count: 1 },
      { trust: 'none', count: 10 },
    ]);
    const [events] = await query(
      sql`select count(distinct session_id)::int as sessions, sum(count)::int as events from audit_events where user_id = ${id} and type = 'session-end'`,
    );
    expect(events).toEqual({ sessions: 10, events: 10 });
  });
});

import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identities, passwords, type Role, users } from '../../../src/infra/db/tables.ts';
import type { Mailer } from '../../../src/infra/mail/mailer.ts';
import {
  deleteAccount,
  requestEmailChange,
  resetPasswordByLink,
  startEmailChange,
  waitForMessage,
} from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { dumpTables, rows } from '../../support/rows.ts';
import { registerUser, verifyToken, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const MINUTE = 60_000;

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

const db = () => app.app.services.db;

describe('deleteAccount', () => {
  test('ends all sessions at once and notifies the address (T72)', async () => {
    const ada = await signUp(app);
    const other = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expect(await deleteAccount(ada)).toEqual({ __typename: 'AccountDeleted', sessionsEnded: 2 });

    for (const token of [ada.accessToken, other.accessToken]) {
      expect(await me(app.client(), token)).toBeNull();
      expect(await verifyToken(app.client(), token)).toMatchObject({ active: false });
    }
    expect(await refresh(app.client(), ada.refreshToken)).toMatchObject({ reason: 'REVOKED' });
    expect((await login(app.client(), ada.email, PASSWORD)).__typename).toBe('InvalidCredentials');
    const notice = await waitForMessage(app, ada.email, 'account-deleted');
    expect([notice.code, notice.link]).toEqual([null, null]);
    const revoked = await rows(db(), sql`select session_id from revocations where session_id = ${ada.session.id}`);
    expect(revoked).toHaveLength(1); // The revocation outlives session and user.
  });

  test('requires the password (T60)', async () => {
    const ada = await signUp(app);
    for (const password of [null, '', 'not-the-password-of-anyone'])
      expect((await deleteAccount(ada, password)).__typename).toBe('InvalidCredentials');
    expect((await me(ada.client, ada.accessToken))?.email).toBe(ada.email);
  });

  test('counts wrong passwords together with those of the login (T42)', async () => {
    const ada = await signUp(app);
    // Ten like those of a stranger, and ten of the caller's own, who is known by the session.
    for (let guess = 0; guess < 20; guess++) await deleteAccount(ada, 'not-the-password-of-anyone');
    expect((await deleteAccount(ada)).__typename).toBe('RateLimited');
    expect((await login(app.client(), ada.email, PASSWORD)).__typename).toBe('RateLimited');
  });

  test('without a password requires a sign-in within the last ten minutes; a refresh does not count', async () => {
    const ada = await signUp(app);
    await db().delete(passwords).where(eq(passwords.userId, ada.user.id));
    clock.advance(10 * MINUTE + 1000);
    const next = expectType(await refresh(ada.client, ada.refreshToken), 'Authenticated');
    const late = { ...ada, accessToken: next.accessToken };
    expect((await deleteAccount(late, null)).__typename).toBe('ReauthenticationRequired');
    expect((await deleteAccount(late, PASSWORD)).__typename).toBe('ReauthenticationRequired');

    const eve = await signUp(app);
    await db().delete(passwords).where(eq(passwords.userId, eve.user.id));
    expect((await deleteAccount(eve, null)).__typename).toBe('AccountDeleted');
  });

  test('clears the refresh cookie', async () => {
    const open = await startApp(WITHOUT_VERIFICATION);
    try {
      const ada = await registerUser(open.client());
      const query = `mutation { deleteAccount(input: { password: "${PASSWORD}" }) { __typename } }`;
      const headers = { cookie: `refresh=${ada.refreshToken}` };
      const response = await open.client().post({ query }, { token: ada.accessToken, headers });
      expect(response.headers.get('set-cookie')).toMatch(/^refresh=;.*(?:Max-Age=0|1970)/);
    } finally {
      await open.close();
    }
  });

  test('leaves nothing of the user but the id in the audit and the address in the last notice', async () => {
    const names = { firstName: 'Wilhelmina', companyName: 'Unmistakable Ltd' };
    const email = uniqueEmail('unmistakable');
    const client = app.client({ ip: '203.0.113.77' });
    await register(client, { email, password: PASSWORD, ...names });
    const ada = await signUp(app, client, email);
    await startEmailChange(app, ada);
    await requestEmailChange(ada, (await signUp(app)).email); // a decoy
    await db()
      .insert(identities)
      .values({
        id: crypto.randomUUID(),
        userId: ada.user.id,
        provider: 'google',
        issuer: 'https://accounts.google.com',
        subject: `of-${email}`,
        email,
        createdAt: clock.now(),
      });
    await deleteAccount({ ...ada, client: app.client({ ip: '203.0.113.99' }) });
    await waitForMessage(app, email, 'account-deleted');

    const left = await dumpTables(db());
    for (const trace of [email, 'Wilhelmina', 'Unmistakable'])
      expect(left.split('\n').filter((line) => line.includes(trace))).toEqual([]);
    const about = left.split('\n').filter((line) => line.includes(ada.user.id));
    expect(about.length).toBeGreaterThan(3);
    expect(about.every((line) => line.startsWith('audit_events '))).toBe(true);
    expect(about.filter((line) => line.includes('203.0.113.77'))).toEqual([]);
    const from = await rows<{ type: string; outcome: string }>(
      db(),
      sql`select type, outcome from audit_events where host(ip_address) = '203.0.113.99' order by id`,
    );
    expect(from).toEqual([
      { type: 'session-end', outcome: 'deleted' },
      { type: 'account-deletion', outcome: 'succeeded' },
    ]);
  });

  test('frees the address, and no old token works for the new account', async () => {
    const ada = await signUp(app);
    const change = await startEmailChange(app, ada);
    await deleteAccount(ada);
    const again = await signUp(app, app.client(), ada.email);
    expect(again.user.id).not.toBe(ada.user.id);
    expect(await me(app.client(), ada.accessToken)).toBeNull();
    expect(await app.mail(change.newEmail)).toHaveLength(1);
    expect((await resetPasswordByLink(app, ada.email, 'saffron-glacier-57-trumpet')).__typename).toBe(
      'PasswordChanged',
    );
  });

  test('discards messages to the user that wait to be sent', async () => {
    const mailer: Mailer = {
      send: async () => ({ outcome: 'deferred', error: 'not yet' }),
      verify: async () => ({ outcome: 'sent' }),
      close: async () => {},
    };
    const shut = await startApp(WITHOUT_VERIFICATION, { mailer });
    try {
      const ada = await registerUser(shut.client());
      const other = await registerUser(shut.client());
      for (const person of [ada, other])
        await login(shut.client(), person.email, PASSWORD, { headers: { 'user-agent': 'Lynx/2.8.9' } });
      await deleteAccount(ada);
      const states = await rows<{ kind: string; state: string }>(
        shut.app.services.db,
        sql`select kind, state from outbox order by id`,
      );
      expect(states).toEqual([
        { kind: 'new-device', state: 'discarded' },
        { kind: 'new-device', state: 'pending' },
        { kind: 'account-deleted', state: 'pending' },
      ]);
      const kept = await rows(
        shut.app.services.db,
        sql`select id from outbox where state = 'discarded' and sealed is not null`,
      );
      expect(kept).toEqual([]);
    } finally {
      await shut.close();
    }
  });
});

describe('the last administrator', () => {
  test('cannot delete the account until there is another active one', async () => {
    const alone = await startApp(WITHOUT_VERIFICATION);
    const setRoles = (id: string, roles: Role[]) =>
      alone.app.services.db.update(users).set({ roles }).where(eq(users.id, id));
    try {
      const [ada, eve, staff] = [
        await registerUser(alone.client()),
        await registerUser(alone.client()),
        await registerUser(alone.client()),
      ];
      await setRoles(ada.user.id, ['STAFF', 'ADMIN']);
      await setRoles(staff.user.id, ['STAFF']);
      expect((await deleteAccount(staff)).__typename).toBe('AccountDeleted');
      expect((await deleteAccount(ada)).__typename).toBe('LastAdministrator');
      expect((await me(ada.client, ada.accessToken))?.email).toBe(ada.email);

      await setRoles(eve.user.id, ['ADMIN']);
      await alone.app.services.db.update(users).set({ isActive: false }).where(eq(users.id, eve.user.id));
      expect((await deleteAccount(ada)).__typename).toBe('LastAdministrator'); // A deactivated administrator does not count.
      await alone.app.services.db.update(users).set({ isActive: true }).where(eq(users.id, eve.user.id));
      expect((await deleteAccount(ada)).__typename).toBe('AccountDeleted');
    } finally {
      await alone.close();
    }
  });
});

test('deletions are recorded, also rejected ones (T90)', async () => {
  const ada = await signUp(app);
  await deleteAccount(ada, null);
  await deleteAccount(ada);
  const found = sql`select outcome from audit_events where user_id = ${ada.user.id} and type = 'account-deletion' order by at`;
  await expect.poll(() => rows(db(), found)).toEqual([{ outcome: 'refused' }, { outcome: 'succeeded' }]);
});

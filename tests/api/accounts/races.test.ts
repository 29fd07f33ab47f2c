import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { users } from '../../../src/infra/db/tables.ts';
import {
  changePassword,
  confirmEmailChange,
  deleteAccount,
  requestEmailChange,
  requestResetToken,
  resetPasswordWithToken,
  type SignedInUser,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import type { TestApp } from '../../support/app.ts';
import { login, me, refresh, resend, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { useReplicas, withinASecond } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Address changes, deletions and sign-ins at the same moment, on two replicas and PostgreSQL.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

describePostgres('parallel requests on two replicas', () => {
  const { app, replicas, replica, query, failures } = useReplicas({
    OTP_RESEND_COOLDOWN: '0s',
    LOGIN_BUDGET_ACCOUNT: '100/15m',
  });
  const many = <T>(times: number, act: (replica: TestApp, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: times }, (_, index) => act(replica(index), index)));
  const tally = (results: { __typename?: string }[]) => {
    const counts: Record<string, number> = {};
    for (const { __typename = '' } of results) counts[__typename] = (counts[__typename] ?? 0) + 1;
    return counts;
  };

  test('ten confirmations of one address change succeed once and send one notice (F19, T45)', async () => {
    const ada = await signUp(app());
    const { newEmail, challengeId, code, token } = await startEmailChange(app(), ada);
    const results = await many(10, (replica, index) =>
      index < 3
        ? confirmEmailChange(replica.client(), { challengeId, code }, ada.accessToken)
        : confirmEmailChange(replica.client(), { token }),
    );
    expect(tally(results)).toEqual({ EmailChanged: 1, ChallengeFailed: 9 });
    for (const result of results) if ('reason' in result) expect(result.reason).toBe('ALREADY_USED');
    expect(await query(sql`select email from users where id = ${ada.user.id}`)).toEqual([{ email: newEmail }]);
    const undos = sql`select id from challenges where user_id = ${ada.user.id} and purpose = 'UNDO_EMAIL_CHANGE'`;
    expect(await query(undos)).toHaveLength(1);
  });

  test('of ten accounts that change to one address, one gets it and the others get EmailTaken (F20)', async () => {
    const target = uniqueEmail('grace');
    const changes: { eve: SignedInUser; challengeId: string; code: string }[] = [];
    for (let person = 0; person < 10; person++) {
      const eve = await signUp(app());
      const challenge = expectType(await requestEmailChange(eve, target), 'Challenge');
      const messages = await app().mail(target, person + 1);
      changes.push({ eve, challengeId: challenge.id, code: messages[0]?.code ?? '' });
    }
    const results = await many(10, (replica, index) => {
      const { eve, challengeId, code } = changes[index] ?? expect.fail();
      return confirmEmailChange(replica.client(), { challengeId, code }, eve.accessToken);
    });
    expect(tally(results)).toEqual({ EmailChanged: 1, EmailTaken: 9 });
  });

  test('a reset and an attacker’s pending address change at the same moment do not both succeed (T61)', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await signUp(app());
      const { newEmail, token } = await startEmailChange(app(), ada);
      const link = await requestResetToken(app(), ada.email);
      const [reset, ...changes] = await Promise.all([
        resetPasswordWithToken(app(), link, NEW_PASSWORD),
        ...Array.from({ length: 9 }, async (_, index) => {
          await sleep(10 * (index + round)); // The reset hashes a password first.
          return confirmEmailChange(replica(index).client(), { token });
        }),
      ]);
      const changed = changes.some(({ __typename }) => __typename === 'EmailChanged');
      // When the change came first, the owner still has the undo.
      expect(reset.__typename).toBe(changed ? 'ChallengeFailed' : 'PasswordChanged');
      const [{ email } = { email: '' }] = await query<{ email: string }>(
        sql`select email from users where id = ${ada.user.id}`,
      );
      expect(email).toBe(changed ? newEmail : ada.email);
    }
  });

  test('an undo restores the owner’s address, whatever the attacker changes at the same moment', async () => {
    for (let round = 0; round < 3; round++) {
      const ada = await signUp(app());
      const first = await startEmailChange(app(), ada);
      await confirmEmailChange(app().client(), { token: first.token });
      const undo = tokenFromLink((await waitForMessage(app(), ada.email, 'email-changed')).link);
      const next = await startEmailChange(app(), { ...ada, email: first.newEmail });
      const results = await many<number | string | undefined>(10, async (replica, index) =>
        index % 2 === 0
          ? submitPage(replica, '/undo-email-change', undo).then(({ status }) => status)
          : confirmEmailChange(replica.client(), { token: next.token }).then(({ __typename }) => __typename),
      );
      expect(results.filter((result) => result === 200)).toHaveLength(1);
      expect(await query(sql`select email from users where id = ${ada.user.id}`)).toEqual([{ email: ada.email }]);
    }
  });

  test('deleting an account during sign-ins, refreshes and verifications leaves no session behind, and nothing fails (T72)', async () => {
    let deleted = 0;
    for (let round = 0; round < 6; round++) {
      const ada = await signUp(app());
      const change = await startEmailChange(app(), ada);
      const reset = await requestResetToken(app(), ada.email);
      await app().app.services.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, ada.user.id));
      const challenge = expectType(await resend(app().client(), { email: ada.email }), 'Challenge');
      const { code } = await waitForMessage(app(), ada.email, 'verify-email');
      await app().app.services.db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, ada.user.id));

      const startedSessions = [{ token: ada.accessToken, id: ada.session.id }];
      const keep = (result: Awaited<ReturnType<typeof login | typeof refresh | typeof verify>>) => {
        if (result.__typename === 'Authenticated')
          startedSessions.push({ token: result.accessToken, id: result.session.id });
      };
      const acts = [
        (replica: TestApp) => login(replica.client(), ada.email, PASSWORD).then(keep),
        (replica: TestApp) =>
          login(replica.client(), ada.email, PASSWORD, { headers: { 'user-agent': `x${round}` } }).then(keep),
        (replica: TestApp) => refresh(replica.client(), ada.refreshToken).then(keep),
        (replica: TestApp) => verify(replica.client(), { challengeId: challenge.id, code }).then(keep),
        (replica: TestApp) =>
          round % 3 === 0 ? resetPasswordWithToken(replica, reset, NEW_PASSWORD) : me(replica.client(), ''),
        (replica: TestApp) => resend(replica.client(), { email: ada.email }),
        (replica: TestApp) => confirmEmailChange(replica.client(), { token: change.token }),
        (replica: TestApp) => login(replica.client(), ada.email, PASSWORD).then(keep),
        (replica: TestApp) => refresh(replica.client(), ada.refreshToken).then(keep),
      ];
      const [gone] = await Promise.all([
        deleteAccount(ada).catch((error: Error) => error.message),
        ...acts.map((act, index) => act(replica(index))),
      ]);
      // A reset may have ended the session before the deletion.
      if (typeof gone === 'string') expect(gone).toContain('UNAUTHENTICATED');
      else expect(gone.__typename).toBe('AccountDeleted');
      if (typeof gone === 'string') continue;
      deleted += 1;
      const id = ada.user.id;
      expect(await query(sql`select id from users where id = ${id}`)).toEqual([]);
      expect(await query(sql`select id from sessions where user_id = ${id}`)).toEqual([]);
      expect(await query(sql`select id from challenges where user_id = ${id}`)).toEqual([]);
      for (const session of startedSessions)
        expect(await query(sql`select 1 from revocations where session_id = ${session.id}`)).toHaveLength(1);
      for (const replica of replicas())
        for (const { token } of startedSessions) await withinASecond(async () => !(await me(replica.client(), token)));
    }
    expect(deleted).toBeGreaterThanOrEqual(4);
    expect(failures()).toEqual([]);
  });

  test('ten deletions of one account succeed once', async () => {
    const ada = await signUp(app());
    const results = await many(10, (replica) =>
      deleteAccount({ ...ada, client: replica.client() }).then(
        ({ __typename }) => __typename,
        () => 'UNAUTHENTICATED',
      ),
    );
    expect(results.filter((result) => result === 'AccountDeleted')).toHaveLength(1);
    const deletions = sql`select id from audit_events where user_id = ${ada.user.id} and type = 'account-deletion' and outcome = 'succeeded'`;
    expect(await query(deletions)).toHaveLength(1);
    expect((await app().mail(ada.email)).filter(({ kind }) => kind === 'account-deleted')).toHaveLength(1);
  });

  test('of ten administrators who delete their accounts together, one has to stay', async () => {
    const people: SignedInUser[] = [];
    for (let person = 0; person < 10; person++) people.push(await signUp(app()));
    for (const { email } of people)
      await app()
        .app.services.db.update(users)
        .set({ roles: ['ADMIN'] })
        .where(eq(users.email, email));
    const results = await many(10, (replica, index) => {
      const person = people[index] ?? expect.fail();
      return deleteAccount({ ...person, client: replica.client() });
    });
    expect(tally(results)).toEqual({ AccountDeleted: 9, LastAdministrator: 1 });
  });

  test('ten sign-ins from one new device send one notice', async () => {
    const { email } = await insertAccount(app());
    await login(app().client(), email, PASSWORD);
    const agent = { headers: { 'user-agent': 'Lynx/2.8.9' } };
    const results = await many(10, (replica) => login(replica.client(), email, PASSWORD, agent));
    expect(tally(results)).toEqual({ Authenticated: 10 });
    expect(await query(sql`select id from challenges where subject = ${email} and purpose = 'NOT_ME'`)).toHaveLength(1);
  });

  test('an attacker’s password change does not overwrite a reset at the same moment (T60)', async () => {
    for (let round = 0; round < 3; round++) {
      const ada = await signUp(app());
      const link = await requestResetToken(app(), ada.email);
      await Promise.all([
        resetPasswordWithToken(app(), link, NEW_PASSWORD),
        ...Array.from({ length: 4 }, () => changePassword(ada, 'thief-knows-this-91-orchard').catch(() => {})),
      ]);
      expect((await login(app().client(), ada.email, NEW_PASSWORD)).__typename).toBe('Authenticated');
    }
  });

  test.each(['reset', 'change'] as const)(
    'a sign-in that has checked the old password fails when a password %s completes before it (T59)',
    async (how) => {
      const ada = await signUp(app());
      const link = await requestResetToken(app(), ada.email);
      const { db } = app().app.services;
      const { held, release } = createGate();
      // The new password is set and its account locked, but the notice waits.
      const blockade = db.transaction(async (tx) => {
        await tx.execute(sql`lock table outbox in share mode`);
        await held;
      });
      const setting =
        how === 'reset' ? resetPasswordWithToken(app(), link, NEW_PASSWORD) : changePassword(ada, NEW_PASSWORD);
      await sleep(400);
      const signingIn = login(app().client(), ada.email, PASSWORD);
      await sleep(400);
      release();
      const [, outcome, result] = await Promise.all([blockade, setting, signingIn]);
      expect(outcome.__typename).toBe('PasswordChanged');
      expect(result.__typename).toBe('InvalidCredentials');
      expect((await login(app().client(), ada.email, NEW_PASSWORD)).__typename).toBe('Authenticated');
    },
  );
});

/** Blocks until it is released. */
function createGate() {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { held, release };
}

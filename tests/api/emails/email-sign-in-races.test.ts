import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { deleteAccount, requestResetToken, resetPasswordWithToken, submitPage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import type { TestApp } from '../../support/app.ts';
import { me, register, verify } from '../../support/calls.ts';
import { confirmEmailOtp, receiveSignInMail } from '../../support/email-sign-in.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { useReplicas, withinASecond } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { REDIRECT_URI } from '../../support/social/peer.ts';
import { tokenLogin } from '../../support/social/sign-in.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// Sign-ins by email at the same moment, on two replicas and PostgreSQL.

let google: GooglePeer;

describePostgres('parallel sign-ins by email on two replicas', () => {
  const { app, replica, query, failures } = useReplicas(async () => {
    google = await startGoogle();
    return { ...google.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI, OTP_RESEND_COOLDOWN: '0s' };
  });

  const TEN = Array.from({ length: 10 }, (_, index) => index);
  const sorted = (results: { __typename: string }[]) => results.map(({ __typename }) => __typename).sort();
  const ONE_OF_TEN = ['Authenticated', ...Array(9).fill('ChallengeFailed')];
  const accountsOf = (email: string) => query<{ id: string }>(sql`select id from users where email = ${email}`);
  const sessionsOf = (email: string) =>
    query(sql`select s.id from sessions s join users u on u.id = s.user_id where email = ${email}`);

  const OWNERS = {
    'an account': async () => (await insertAccount(app())).email,
    'an unverified account': async () => (await insertAccount(app(), { verified: false })).email,
    'no account': async () => uniqueEmail(),
  };
  const cases = Object.keys(OWNERS).flatMap((owner) =>
    (['byCode', 'byLink'] as const).map((by) => [owner, by] as const),
  );

  test.each(cases)('of ten with one mail to an address with %s, %s, one succeeds (T44, T45)', async (owner, by) => {
    const email = await OWNERS[owner as keyof typeof OWNERS]();
    const mail = await receiveSignInMail(app(), app().client(), { email });
    const results = await Promise.all(TEN.map((index) => confirmEmailOtp(replica(index).client(), mail[by])));
    expect(sorted(results)).toEqual(ONE_OF_TEN);
    expect(await accountsOf(email)).toHaveLength(1);
    expect(await sessionsOf(email)).toHaveLength(1);
    expect(failures()).toEqual([]);
  });

  test('ten with ten mails to a new address create one account, and all sign in (F20)', async () => {
    const email = uniqueEmail();
    const mails: Awaited<ReturnType<typeof receiveSignInMail>>[] = [];
    // Three an hour go to one address, so the limit is emptied in between.
    for (const _ of TEN) {
      mails.push(await receiveSignInMail(app(), app().client(), { email }));
      await query(sql`delete from budgets where name = 'send-link'`);
    }
    const results = await Promise.all(
      mails.map(({ byCode, byLink }, index) =>
        confirmEmailOtp(replica(index).client(), index % 4 < 2 ? byCode : byLink),
      ),
    );
    expect(sorted(results)).toEqual(Array(10).fill('Authenticated'));
    expect(results.filter((result) => 'isNewUser' in result && result.isNewUser)).toHaveLength(1);
    expect(await accountsOf(email)).toHaveLength(1);
    expect(await sessionsOf(email)).toHaveLength(10);
  });

  test('of ten wrong codes three are compared, and the right one then fails (T47)', async () => {
    const { byCode } = await receiveSignInMail(app(), app().client(), { email: uniqueEmail() });
    const wrong = { ...byCode, code: wrongCodeFor(byCode.code) };
    const results = await Promise.all(TEN.map((index) => confirmEmailOtp(replica(index).client(), wrong)));
    const reasons = results.map((result) => ('reason' in result ? result.reason : result.__typename)).sort();
    expect(reasons).toEqual([...Array(7).fill('TOO_MANY_ATTEMPTS'), ...Array(3).fill('WRONG_CODE')]);
    expect(await confirmEmailOtp(replica(1).client(), byCode)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  });

  test('a sign-up, a social sign-in and sign-ins by email of one new address share one account (F20)', async () => {
    for (let round = 0; round < 6; round++) {
      const email = uniqueEmail();
      const signingUp = await beginSignUp(app(), app().client(), email);
      const first = await receiveSignInMail(app(), app().client(), { email });
      const second = await receiveSignInMail(app(), app().client(), { email });
      google.person = { subject: crypto.randomUUID(), email, emailVerified: true };
      const idToken = await google.idToken();
      const acts: ((on: TestApp) => Promise<{ __typename: string }>)[] = [
        (on) => confirmEmailOtp(on.client(), first.byCode),
        (on) => tokenLogin(on.client(), { provider: 'google', idToken }),
        (on) => verify(on.client(), { challengeId: signingUp.challenge.id, code: signingUp.code }),
        (on) => confirmEmailOtp(on.client(), second.byLink),
      ];
      // Another one begins first in each round.
      const turned = [...acts.slice(round % 4), ...acts.slice(0, round % 4)];
      const results = await Promise.all(turned.map((act, index) => act(replica(index))));
      expect(results.filter((result) => 'isNewUser' in result && result.isNewUser)).toHaveLength(1);
      // A sign-up that comes later is no longer valid: its password may be another person's.
      expect(sorted(results).filter((name) => name === 'Authenticated').length).toBeGreaterThanOrEqual(3);
      expect(await accountsOf(email)).toHaveLength(1);
    }
    expect(failures()).toEqual([]);
  });

  test('a deletion leaves nothing behind of sign-ins by email at that moment, and nothing fails (T72)', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await signUp(app());
      const { byCode } = await receiveSignInMail(app(), app().client(), { email: ada.email });
      const { byLink } = await receiveSignInMail(app(), app().client(), { email: ada.email });
      const tokens = [ada.accessToken];
      const signInWith = (answer: object) => async (on: TestApp) => {
        const result = await confirmEmailOtp(on.client(), answer);
        if (result.__typename === 'Authenticated') tokens.push(result.accessToken);
      };
      const acts: ((on: TestApp) => Promise<unknown>)[] = [
        signInWith(byCode),
        (on) => deleteAccount({ ...ada, client: on.client() }),
        signInWith(byLink),
      ];
      await Promise.all(acts.map((act, index) => act(replica(index + round))));
      expect(await query(sql`select id from users where id = ${ada.user.id}`)).toEqual([]);
      expect(await query(sql`select id from challenges where user_id = ${ada.user.id}`)).toEqual([]);
      for (const token of tokens) await withinASecond(async () => !(await me(app().client(), token)));
    }
    expect(failures()).toEqual([]);
  });

  test('no sign-in by email outlives a reset that ends all sessions at that moment', async () => {
    for (let round = 0; round < 6; round++) {
      const { email } = await insertAccount(app());
      const { byCode } = await receiveSignInMail(app(), app().client(), { email });
      const reset = await requestResetToken(app(), email);
      const stolen: string[] = [];
      await Promise.all([
        confirmEmailOtp(replica(round).client(), byCode).then((result) => {
          if (result.__typename === 'Authenticated') stolen.push(result.accessToken);
        }),
        resetPasswordWithToken(replica(round + 1), reset, 'saffron-glacier-57-trumpet'),
      ]);
      for (const token of stolen) await withinASecond(async () => !(await me(app().client(), token)));
      expect(
        await query(
          sql`select s.id from sessions s join users u on u.id = s.user_id where email = ${email} and ended_at is null`,
        ),
      ).toEqual([]);
    }
  });

  test('of ten presses of the button on the page, one signs in', async () => {
    const { byLink } = await receiveSignInMail(app(), app().client(), { email: uniqueEmail() });
    const pages = await Promise.all(TEN.map((index) => submitPage(replica(index), '/sign-in', byLink.token)));
    expect(pages.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(410)]);
    expect(pages.filter(({ headers }) => headers.get('set-cookie'))).toHaveLength(1);
  });
});

describePostgres('with EMAIL_VERIFICATION=off, on two replicas', () => {
  const { app, replica, query, failures } = useReplicas({ EMAIL_VERIFICATION: 'off', OTP_RESEND_COOLDOWN: '0s' });

  test('a sign-up with a password at the moment of a sign-in by email never keeps its session or password (T98)', async () => {
    for (let round = 0; round < 8; round++) {
      const email = uniqueEmail();
      const { byCode } = await receiveSignInMail(app(), app().client(), { email });
      const [entered, planted] = await Promise.all([
        // The hash of the password takes a moment, so each may come first.
        sleep(5 * round).then(() => confirmEmailOtp(replica(round).client(), byCode)),
        register(replica(round + 1).client(), { email, password: PASSWORD }),
      ]);
      expect(entered.__typename).toBe('Authenticated');
      expect(['Authenticated', 'EmailTaken']).toContain(planted.__typename);
      const left = sql`select u.id, exists (select from passwords p where p.user_id = u.id) as has_password,
        (select count(*)::int from sessions s where s.user_id = u.id and ended_at is null) as sessions
        from users u where email = ${email}`;
      expect(await query(left)).toMatchObject([{ has_password: false, sessions: 1 }]);
    }
    expect(failures()).toEqual([]);
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { type OutboxMessage, startApp, type TestApp } from '../../support/app.ts';
import { login, refresh, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { startReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Limits and single use under concurrency, on two replicas and PostgreSQL.

describePostgres('parallel requests on two replicas', () => {
  let database: FreshDatabase;
  let replicas: readonly [TestApp, TestApp];
  /** On the same database, without a cool-down between messages. */
  let withoutCooldown: TestApp;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { DATABASE_URL: database.url, LOGIN_BUDGET_ACCOUNT: '5/15m', HASH_QUEUE_LIMIT: '64' };
    replicas = await startReplicas(env);
    withoutCooldown = await startApp({ ...env, OTP_RESEND_COOLDOWN: '0s' });
  });
  afterAll(async () => {
    await Promise.all([...replicas, withoutCooldown].map((replica) => replica.close()));
    await database.drop();
  });

  const many = <T>(times: number, act: (replica: TestApp, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: times }, (_, index) => act(replicas[index % 2] ?? replicas[0], index)));
  const query = <Row>(statement: ReturnType<typeof sql>) => rows<Row>(replicas[0].app.services.db, statement);
  const tally = (results: { __typename?: string }[]) => {
    const counts: Record<string, number> = {};
    for (const { __typename = '' } of results) counts[__typename] = (counts[__typename] ?? 0) + 1;
    return counts;
  };

  test('thirty-two registrations of one address create one account and send one mail (T32)', async () => {
    const email = uniqueEmail();
    const results = await many(32, (replica) => register(replica.client(), { email, password: PASSWORD }));
    expect(tally(results)).toEqual({ Challenge: 1, RateLimited: 31 });
    const [message, ...more] = await replicas[0].mail(email);
    expect(more).toEqual([]);
    expect(await query(sql`select id from challenges where subject = ${email}`)).toHaveLength(1);

    const challenge = results.find((result) => result.__typename === 'Challenge');
    const challengeId = challenge && expectType(challenge, 'Challenge').id;
    expectType(await verify(replicas[1].client(), { challengeId, code: message?.code }), 'Authenticated');
    expect(await query(sql`select id from users where email = ${email}`)).toHaveLength(1);
  });

  test('eight sign-ups for one address, confirmed together, create one account (T32)', async () => {
    for (const by of ['code', 'link'] as const) {
      const email = uniqueEmail();
      const attempts: { challengeId: string; message: OutboxMessage | undefined }[] = [];
      for (let attempt = 1; attempt <= 8; attempt++) {
        const result = await register(withoutCooldown.client(), { email, password: `${PASSWORD}-${attempt}` });
        const [message] = await withoutCooldown.mail(email, attempt);
        attempts.push({ challengeId: expectType(result, 'Challenge').id, message });
      }
      const results = await many(8, (replica, index) => {
        const { challengeId, message } = attempts[index] ?? {};
        const submission =
          by === 'code' ? { challengeId, code: message?.code } : { token: tokenFromLink(message?.link) };
        return verify(replica.client(), submission);
      });
      expect(tally(results)).toEqual({ [by === 'code' ? 'Authenticated' : 'EmailVerified']: 1, ChallengeFailed: 7 });
      expect(await query(sql`select id from users where email = ${email}`)).toHaveLength(1);
    }
  });

  /** A sign-up's code is guarded by the unique address, too; an account's code is not. */
  const issueChallenge = {
    'a sign-up': async () => {
      const { challenge, message, email } = await beginSignUp(replicas[0], replicas[0].client());
      return { challengeId: challenge.id, message, email };
    },
    'an account': async () => {
      const { email } = await insertAccount(replicas[0], { verified: false });
      const { id } = expectType(await login(replicas[0].client(), email, PASSWORD), 'Challenge');
      const [message] = await replicas[0].mail(email);
      return { challengeId: id, message, email };
    },
  };
  const KINDS = ['a sign-up', 'an account'] as const;

  test.each(KINDS)(
    'sixteen submits of the code of %s succeed once, and it never works again (T45, T44, F19)',
    async (kind) => {
      const { challengeId, message, email } = await issueChallenge[kind]();
      const submission = { challengeId, code: message?.code };
      const results = await many(16, (replica) => verify(replica.client(), submission));
      expect(tally(results)).toEqual({ Authenticated: 1, ChallengeFailed: 15 });
      const sessions = sql`select s.id from sessions s join users u on u.id = s.user_id where email = ${email}`;
      expect(await query(sessions)).toHaveLength(1);
      expect(await verify(replicas[1].client(), submission)).toMatchObject({ reason: 'ALREADY_USED' });
    },
  );

  test.each(KINDS)(
    'sixteen submits of the link of %s succeed once, and it never works again (T45, T44, F19)',
    async (kind) => {
      const { message } = await issueChallenge[kind]();
      const submission = { token: tokenFromLink(message?.link) };
      const results = await many(16, (replica) => verify(replica.client(), submission));
      expect(tally(results)).toEqual({ EmailVerified: 1, ChallengeFailed: 15 });
      expect(await verify(replicas[1].client(), submission)).toMatchObject({ reason: 'ALREADY_USED' });
    },
  );

  test('of sixteen wrong codes three are compared, and three stay counted (T47)', async () => {
    const { challenge, code } = await beginSignUp(replicas[0], replicas[0].client());
    const wrong = code === '000000' ? '000001' : '000000';
    const results = await many(16, (replica) => verify(replica.client(), { challengeId: challenge.id, code: wrong }));
    const reasons = results.map((result) => expectType(result, 'ChallengeFailed').reason).sort();
    expect(reasons).toEqual([...Array(13).fill('TOO_MANY_ATTEMPTS'), ...Array(3).fill('WRONG_CODE')]);
    expect(await query(sql`select attempts from challenges where id = ${challenge.id}`)).toEqual([{ attempts: 3 }]);
    const right = await verify(replicas[0].client(), { challengeId: challenge.id, code });
    expect(right).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS', attemptsRemaining: 0 });
  });

  test('of thirty-two wrong logins with a limit of five, five are verified (T38)', async () => {
    const { email, id } = await insertAccount(replicas[0]);
    const results = await many(32, (replica) => login(replica.client(), email, 'wrong-horse-battery'));
    expect(tally(results)).toEqual({ InvalidCredentials: 5, RateLimited: 27 });
    const events = sql`select id from audit_events where user_id = ${id} and outcome = 'wrong-credentials'`;
    await expect.poll(() => query(events)).toHaveLength(5);
    expectType(await login(replicas[0].client(), email, PASSWORD), 'RateLimited');
  });

  describe('with EMAIL_VERIFICATION=off', () => {
    let withoutVerification: TestApp;
    beforeAll(async () => {
      withoutVerification = await startApp({
        DATABASE_URL: database.url,
        EMAIL_VERIFICATION: 'off',
        OTP_RESEND_COOLDOWN: '0s',
      });
    });
    afterAll(() => withoutVerification.close());

    test('sixteen registrations of one address create one account, and the others get EmailTaken (T32, F20)', async () => {
      const email = uniqueEmail();
      const results = await Promise.all(
        Array.from({ length: 16 }, () => register(withoutVerification.client(), { email, password: PASSWORD })),
      );
      expect(tally(results)).toEqual({ Authenticated: 1, EmailTaken: 15 });
      expect(await query(sql`select id from users where email = ${email}`)).toHaveLength(1);
      expect(
        await query(sql`select user_id from passwords p join users u on u.id = p.user_id where email = ${email}`),
      ).toHaveLength(1);
      const winner = results.find((result) => result.__typename === 'Authenticated');
      const { refreshToken } = winner ? expectType(winner, 'Authenticated') : {};
      expectType(await refresh(withoutVerification.client(), refreshToken ?? ''), 'Authenticated');
    });
  });
});

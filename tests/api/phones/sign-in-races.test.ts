import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { confirmOtp, receiveCode, uniquePhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';

// Parallel sign-ups and sign-ins with codes by text message.

describePostgres('sixteen parallel sign-ins with one code (T45, F19)', () => {
  test('create one account and one session, and fifteen fail', async () => {
    const fresh = await freshDatabase(await postgresServer());
    const replicas = await Promise.all([
      startApp({ DATABASE_URL: fresh.url, OTP_MAX_ATTEMPTS: '10', OTP_ACCOUNT_BUDGET: '100/1h' }),
      startApp({ DATABASE_URL: fresh.url, OTP_MAX_ATTEMPTS: '10', OTP_ACCOUNT_BUDGET: '100/1h' }),
    ]);
    try {
      const phone = uniquePhone();
      const { challengeId, code } = await receiveCode(replicas[0], replicas[0].client(), { phone });
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, n) =>
          confirmOtp((replicas[n % 2] ?? replicas[0]).client(), { challengeId, code }),
        ),
      );
      expect(results.filter(({ __typename }) => __typename === 'Authenticated')).toHaveLength(1);
      expect(results.filter(({ __typename }) => __typename === 'ChallengeFailed')).toHaveLength(15);
      const { db } = replicas[0].app.services;
      expect(await rows(db, sql`select id from users where phone = ${phone}`)).toHaveLength(1);
      expect(await rows(db, sql`select id from sessions`)).toHaveLength(1);
    } finally {
      await Promise.all(replicas.map((replica) => replica.close()));
      await fresh.drop();
    }
  });

  test('sixteen codes for one new number create one account', async () => {
    const fresh = await freshDatabase(await postgresServer());
    const rateLimits = { OTP_ACCOUNT_BUDGET: '100/1h', SMS_PREFIX_BUDGET: '50/1h' };
    // Enough connections for all: on a busy machine, a confirmation that waits too long for one gets 503.
    const sizes = { DATABASE_POOL_SIZE: '16', ...rateLimits };
    const replica = await startApp({ DATABASE_URL: fresh.url, OTP_RESEND_COOLDOWN: '0s', ...sizes });
    try {
      const phone = uniquePhone();
      const submissions = [];
      for (let n = 0; n < 16; n++)
        submissions.push((await receiveCode(replica, replica.client(), { phone })).submission);
      const results = await Promise.all(submissions.map((submission) => confirmOtp(replica.client(), submission)));
      const sessions = results.map((result) => expectType(result, 'Authenticated'));
      expect(sessions.filter(({ isNewUser }) => isNewUser)).toHaveLength(1);
      expect(new Set(sessions.map(({ user }) => user.id)).size).toBe(1);
    } finally {
      await replica.close();
      await fresh.drop();
    }
  });
});

import { expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { beginSignUp, PASSWORD } from '../../support/people.ts';
import { startRedis } from '../../support/redis.ts';
import { describePostgres, describeServers, postgresServer } from '../../support/servers.ts';
import { wrongCodeFor } from '../../support/verification.ts';

const WRONG = 'wrong-horse-battery-staple';

/** Closes every started replica at the end. */
async function withReplicas(env: Record<string, string>, use: (start: () => Promise<TestApp>) => Promise<void>) {
  const database = await freshDatabase(await postgresServer());
  const started: TestApp[] = [];
  const start = async () => {
    const replica = await startApp({
      DATABASE_URL: database.url,
      OTP_MAX_ATTEMPTS: '5',
      OTP_ACCOUNT_BUDGET: '3/1h',
      ...env,
    });
    started.push(replica);
    return replica;
  };
  try {
    await use(start);
  } finally {
    await Promise.all(started.map((replica) => replica.close()));
    await database.drop();
  }
}

async function expectLocked(replica: TestApp, email: string, challengeId: string, code: string) {
  expectType(await login(replica.client(), email, PASSWORD), 'RateLimited');
  expect(await verify(replica.client(), { challengeId, code })).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
}

/** Uses up an account's passwords and an address's codes, half on each replica. */
async function exhaust(one: TestApp, other: TestApp) {
  const { email } = await insertAccount(one);
  for (let failure = 0; failure < 10; failure++)
    expectType(await login((failure % 2 ? one : other).client(), email, WRONG), 'InvalidCredentials');
  const { challenge, code } = await beginSignUp(one, one.client());
  for (const [replica, left] of [
    [one, 2],
    [other, 1],
    [one, 0],
  ] as const) {
    const guess = await verify(replica.client(), { challengeId: challenge.id, code: wrongCodeFor(code) });
    expect(guess).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining: left });
  }
  return { email, challengeId: challenge.id, code };
}

describePostgres('two replicas on PostgreSQL (T41)', () => {
  test('share one limit, which a restart does not reset (T41)', async () => {
    await withReplicas({}, async (start) => {
      const [one, other] = [await start(), await start()];
      const { email, challengeId, code } = await exhaust(one, other);
      for (const replica of [one, other]) await expectLocked(replica, email, challengeId, code);
      await Promise.all([one.close(), other.close()]);
      await expectLocked(await start(), email, challengeId, code);
    });
  });
});

describeServers('two replicas on PostgreSQL and Redis (T41)', ['postgres', 'own redis'], () => {
  test('share one limit, which neither a restart nor an empty or absent Redis resets (T41, F03)', async () => {
    const redis = await startRedis();
    try {
      await withReplicas({ REDIS_URL: redis.urls[0] }, async (start) => {
        const [one, other] = [await start(), await start()];
        const { email, challengeId, code } = await exhaust(one, other);
        for (const replica of [one, other]) await expectLocked(replica, email, challengeId, code);
        await redis.flush();
        for (const replica of [one, other]) await expectLocked(replica, email, challengeId, code);
        await Promise.all([one.close(), other.close()]);
        await redis.restart();
        await expectLocked(await start(), email, challengeId, code);
        await redis.kill();
        await expectLocked(await start(), email, challengeId, code);
      });
    } finally {
      await redis.stop();
    }
  });
});

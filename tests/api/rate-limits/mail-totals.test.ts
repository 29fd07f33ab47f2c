import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import type { Environment } from '../../../src/config.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { register, resend } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

// The limits of all emails of a use: 20,000 an hour.

const running: TestApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

async function startStage(env: Environment = {}) {
  const clock = testClock();
  const app = await startApp(env, { clock });
  running.push(app);
  return { app, clock };
}

const requestReset = async (app: TestApp, identifier: string) =>
  expectType(
    (await app.client().request(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset,
    'Challenge',
  );

const totals = (app: TestApp) =>
  rows<{ consumed: number }>(app.app.services.db, sql`select points as consumed from budgets where name = 'send-all'`);

const useUpTotals = (app: TestApp) =>
  rows(app.app.services.db, sql`update budgets set points = 20000 where name = 'send-all'`);

const resetMails = (app: TestApp, state: string) =>
  rows(app.app.services.db, sql`select id from outbox where kind = 'reset-password' and state = ${state}`);

describe('the hourly total of emails', () => {
  test('counts what is sent, and no request for an unknown address (T51, T97)', async () => {
    const { app } = await startStage();
    for (let time = 0; time < 3; time++) {
      await requestReset(app, uniqueEmail());
      expectType(await resend(app.client(), { email: uniqueEmail() }), 'Challenge');
    }
    expect(await totals(app)).toEqual([]);
    const { email } = await insertAccount(app);
    await requestReset(app, email);
    await app.mail(email);
    expect(await totals(app)).toEqual([{ consumed: 1 }]);
  });

  test('does not count a sign-up that sends nothing (T51)', async () => {
    const { app } = await startStage({ EMAIL_VERIFICATION: 'off' });
    const email = uniqueEmail();
    expectType(await register(app.client(), { email, password: PASSWORD }), 'Authenticated');
    expect(await totals(app)).toEqual([]);
  });

  test('once used up, delays an email, and the answer is the same as for an unknown address (T51)', async () => {
    const { app, clock } = await startStage();
    const first = await insertAccount(app);
    await requestReset(app, first.email);
    await app.mail(first.email);
    await useUpTotals(app);
    clock.advance(HOUR / 2);

    const { email } = await insertAccount(app);
    const [known, unknown] = [await requestReset(app, email), await requestReset(app, uniqueEmail())];
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    const waiting = sql`select id from outbox where state = 'pending' and last_error = 'a limit is exceeded'`;
    await expect.poll(() => rows(app.app.services.db, waiting)).toHaveLength(1);
    expect(await resetMails(app, 'sent')).toHaveLength(1);

    clock.advance(HOUR / 2 + SECOND);
    await expect.poll(() => resetMails(app, 'sent')).toHaveLength(2);
  });

  test('suppresses an email that would be late, and records it (T51, T92)', async () => {
    const { app, clock } = await startStage({ PASSWORD_RESET_TTL: '20m' });
    const first = await insertAccount(app);
    await requestReset(app, first.email);
    await app.mail(first.email);
    await useUpTotals(app);
    clock.advance(MINUTE);
    const { email } = await insertAccount(app);
    await requestReset(app, email);
    await requestReset(app, uniqueEmail());
    const events = sql`select outcome, user_id as user, detail from audit_events where type = 'notice'`;
    const detail = { kind: 'reset-password', channel: 'EMAIL', reason: 'cap' };
    await expect.poll(() => rows(app.app.services.db, events)).toEqual([{ outcome: 'suppressed', user: null, detail }]);
    expect(await resetMails(app, 'sent')).toHaveLength(1);
  });
});

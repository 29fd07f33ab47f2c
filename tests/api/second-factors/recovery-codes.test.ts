import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForMessage } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { rows } from '../../support/rows.ts';
import {
  beginLogin,
  disableTotp,
  enroll,
  regenerateCodes,
  signUpWithTotp,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m' }, { clock });
});
afterAll(() => app.close());

const signUpAda = () => signUpWithTotp(app, clock.now());

async function answer(ada: { client: ReturnType<TestApp['client']>; email: string }, recoveryCode = '') {
  const { challengeId } = await beginLogin(ada.client, ada.email);
  return verifySecondFactor(ada.client, { challengeId, recoveryCode });
}

describe('recovery codes', () => {
  test('are ten, readable, and shown once (T109)', async () => {
    const ada = await signUpAda();
    expect(new Set(ada.recoveryCodes).size).toBe(10);
    for (const code of ada.recoveryCodes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    clock.advance(TIME_STEP);
    const changed = await enroll(ada, clock.now());
    expect(changed.recoveryCodes).toEqual([]);
  });

  test('complete a sign-in once each, as people type them (T109)', async () => {
    const ada = await signUpAda();
    const [first = '', second = '', third = ''] = ada.recoveryCodes;
    const spoken = third.replaceAll('0', 'o').replaceAll('1', 'l');
    for (const typed of [first, ` ${second.toLowerCase().replace('-', ' ')} `, spoken])
      expectType(await answer(ada, typed), 'Authenticated');
    for (const typed of [first, second.replace('-', ''), spoken])
      expect(await answer(ada, typed)).toMatchObject({ reason: 'ALREADY_USED' });
    const session = expectType(await answer(ada, ada.recoveryCodes[3]), 'Authenticated');
    expect(await me(ada.client, session.accessToken)).toMatchObject({ recoveryCodesRemaining: 6 });
  });

  test('of another account are wrong (T49)', async () => {
    const [ada, eve] = [await signUpAda(), await signUpAda()];
    expect(await answer(ada, eve.recoveryCodes[0])).toMatchObject({ reason: 'WRONG_CODE' });
  });

  test('are stored as digests (T109)', async () => {
    const ada = await signUpAda();
    const stored = await rows<{ digest: string }>(
      app.app.services.db,
      sql`select digest from recovery_codes where user_id = ${ada.user.id}`,
    );
    expect(stored).toHaveLength(10);
    const text = JSON.stringify(stored);
    for (const code of ada.recoveryCodes) for (const part of code.split('-')) expect(text).not.toContain(part);
    for (const { digest } of stored) expect(Buffer.from(digest, 'base64url')).toHaveLength(32);
  });

  test('are announced to the owner when one is used, with how many are left (T109)', async () => {
    const ada = await signUpAda();
    expectType(await answer(ada, ada.recoveryCodes[0]), 'Authenticated');
    const notice = await waitForMessage(app, ada.email, 'recovery-code-used');
    expect(notice.text).toContain('Codes left: 9');
    expect(notice.text).not.toContain(ada.recoveryCodes[0]);
    const events = sql`select detail from audit_events where user_id = ${ada.user.id} and outcome = 'recovery-code-used'`;
    expect(await rows(app.app.services.db, events)).toEqual([{ detail: { left: 9 } }]);
  });

  test('count as guesses if they are wrong (T47, T109)', async () => {
    const ada = await signUpAda();
    const stranger = { client: app.client(), email: ada.email };
    for (let guess = 0; guess < 10; guess++)
      expect(await answer(stranger, 'AAAAA-AAAAA')).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await answer(stranger, ada.recoveryCodes[0])).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  });

  test('stop working when new ones are created (T109)', async () => {
    const ada = await signUpAda();
    const { recoveryCodes, user } = expectType(await regenerateCodes(ada), 'SecondFactorChanged');
    expect(recoveryCodes).toHaveLength(10);
    expect(user).toMatchObject({ recoveryCodesRemaining: 10 });
    expect(await answer(ada, ada.recoveryCodes[0])).toMatchObject({ reason: 'WRONG_CODE' });
    expectType(await answer(ada, recoveryCodes?.[0]), 'Authenticated');
  });

  test('are created only for a user who has a factor', async () => {
    const ada = await signUpAda();
    expectType(await disableTotp(ada), 'SecondFactorChanged');
    expectType(await regenerateCodes(ada), 'NoSecondFactor');
  });
});

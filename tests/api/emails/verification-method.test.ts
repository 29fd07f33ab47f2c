import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../../src/config.ts';
import { HOUR, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

// What EMAIL_VERIFICATION, EMAIL_VERIFICATION_METHOD and SIGN_UP change.

let app: TestApp;
let clock: TestClock;

const use = (env: Environment) => {
  beforeAll(async () => {
    clock = testClock();
    app = await startApp(env, { clock });
  });
  afterAll(() => app.close());
};

describe('EMAIL_VERIFICATION_METHOD=link', () => {
  use({ EMAIL_VERIFICATION_METHOD: 'link' });

  test('sends a link without a code, and the challenge expires with the link', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const challenge = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
    expect(challenge.codeLength).toBe(0);
    expect(Date.parse(challenge.expiresAt) - clock.now().getTime()).toBeGreaterThan(HOUR - 5 * SECOND);
    const [message] = await app.mail(email);
    expect(message).toMatchObject({
      kind: 'sign-up',
      code: null,
      link: expect.stringMatching(/\/verify-email\?token=/),
    });
    expect(message?.text).not.toMatch(/\b\d{6}\b/);
    expect(await verify(client, { challengeId: challenge.id, code: '000000' })).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await verify(client, { token: tokenFromLink(message?.link) })).toEqual({
      __typename: 'EmailVerified',
      email,
      passwordRemoved: false,
    });
    expectType(await login(client, email, PASSWORD), 'Authenticated');
  });

  test('returns the same responses for known and unknown addresses (T30)', async () => {
    const owner = await insertAccount(app);
    const views = [];
    for (const email of [owner.email, uniqueEmail()]) {
      const challenge = expectType(await register(app.client(), { email, password: PASSWORD }), 'Challenge');
      const { id, expiresAt, resendAt, ...rest } = challenge;
      const guess = await verify(app.client(), { challengeId: id, code: '000000' });
      views.push({ rest, guess, between: Date.parse(expiresAt) - Date.parse(resendAt) });
    }
    expect(views[0]).toEqual(views[1]);
  });

  test('accepts a sign-in after the link was opened with the password', async () => {
    const { email } = await insertAccount(app, { verified: false });
    expect(expectType(await login(app.client(), email, PASSWORD), 'Challenge').codeLength).toBe(0);
    const [message] = await app.mail(email);
    const token = tokenFromLink(message?.link);
    expectType(await verify(app.client(), { token, password: PASSWORD }), 'EmailVerified');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });
});

describe('EMAIL_VERIFICATION_METHOD=code', () => {
  use({ EMAIL_VERIFICATION_METHOD: 'code' });

  test('sends a code without a link', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const challenge = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
    expect(challenge.codeLength).toBe(6);
    const [message] = await app.mail(email);
    expect(message).toMatchObject({ kind: 'sign-up', code: expect.stringMatching(/^\d{6}$/), link: null });
    expect(message?.text).not.toMatch(/https?:/);
    const digests = sql`select token_digest as digest from challenges where id = ${challenge.id}`;
    expect(await rows(app.app.services.db, digests)).toEqual([{ digest: null }]);
    expectType(await verify(client, { challengeId: challenge.id, code: message?.code }), 'Authenticated');
  });
});

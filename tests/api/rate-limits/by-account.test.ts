import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LoginDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh, resend, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// Limits of wrong passwords and codes: per account and per network, on every path.

const WRONG = 'wrong-horse-battery-staple';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '20/15m' }, { clock });
});
afterAll(() => app.close());

async function failLogins(at: TestApp, identifier: string, times: number, ip?: string) {
  const names: (string | undefined)[] = [];
  for (let time = 0; time < times; time++)
    names.push((await login(at.client(ip === undefined ? {} : { ip }), identifier, WRONG)).__typename);
  return names;
}
const expectedOutcomes = (verified: number, times: number) => [
  ...Array<string>(verified).fill('InvalidCredentials'),
  ...Array<string>(times - verified).fill('RateLimited'),
];

describe('the limit of an account', () => {
  test('verifies ten of 101 wrong passwords from as many networks, and then rejects the right one (T37)', async () => {
    const { id, email } = await insertAccount(app);
    expect(await failLogins(app, email, 101)).toEqual(expectedOutcomes(10, 101));
    const refused = expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
    expect(refused.retryAfter).toBeGreaterThan(13 * 60);
    expect(refused.retryAfter).toBeLessThanOrEqual(15 * 60);
    const recorded = sql`select id from audit_events where user_id = ${id} and outcome = 'wrong-credentials'`;
    await expect.poll(() => rows(app.app.services.db, recorded)).toHaveLength(10);

    clock.advance(15 * MINUTE + SECOND);
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('applies to an address without an account, too (T37)', async () => {
    const email = uniqueEmail();
    expect(await failLogins(app, email, 12)).toEqual(expectedOutcomes(10, 12));
  });

  test('is reset by a successful login, which does not count itself (T37)', async () => {
    const { email } = await insertAccount(app);
    for (let round = 0; round < 3; round++) {
      expect(await failLogins(app, email, 9)).toEqual(expectedOutcomes(9, 9));
      expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    }
  });

  test('applies to all spellings, transports and device names together (T42)', async () => {
    const { email } = await insertAccount(app);
    const spellings = [
      email,
      email.toUpperCase(),
      ` ${email}\n`,
      email.replace('@', '＠'),
      email.replace('.com', '․com'),
    ];
    for (const identifier of [...spellings, ...spellings]) {
      const input = { identifier, password: WRONG, transport: 'COOKIE' as const, device: `d${Math.random()}` };
      const { login } = await app.client().request(LoginDocument, { input });
      expectType(login, 'InvalidCredentials');
    }
    for (const identifier of spellings) expectType(await login(app.client(), identifier, PASSWORD), 'RateLimited');
  });

  test('for codes applies to all codes of one use for an address together; other uses have their own (T42, T97)', async () => {
    const env = { OTP_ACCOUNT_BUDGET: '4/1h', OTP_MAX_ATTEMPTS: '10', OTP_RESEND_COOLDOWN: '0s' };
    const strict = await startApp({ ...env, EMAIL_VERIFICATION: 'login' });
    const { email } = await insertAccount(strict, { verified: false });
    const requested: { challengeId: string; code: string }[] = [];
    for (let time = 1; time <= 2; time++) {
      const { id } = expectType(await resend(strict.client(), { email }), 'Challenge');
      const [message] = await strict.mail(email, time);
      requested.push({ challengeId: id, code: message?.code ?? '' });
    }
    for (const [time, left] of [3, 2, 1, 0].entries()) {
      const { challengeId, code } = requested[time % 2] ?? { challengeId: '', code: '' };
      const guess = await verify(strict.client(), { challengeId, code: wrongCodeFor(code) });
      expect(guess).toMatchObject({ attemptsRemaining: left });
    }
    for (const submission of requested)
      expect(await verify(strict.client(), submission)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });

    for (let time = 0; time < 18; time++) await resend(strict.client(), { email });
    await rows(strict.app.services.db, sql`delete from challenges where purpose = 'VERIFY_EMAIL'`);
    const { id } = expectType(await login(strict.client(), email, PASSWORD), 'Challenge');
    const [message] = (await strict.mail(email, 21)).filter(({ kind }) => kind === 'login-email');
    expectType(await verify(strict.client(), { challengeId: id, code: message?.code }), 'Authenticated');
    await strict.close();
  });

  test('does not affect the owner’s open sessions or verification of the address (T39)', async () => {
    const { email } = await insertAccount(app);
    const session = expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    await failLogins(app, email, 11);
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
    expect(await me(app.client(), session.accessToken)).toMatchObject({ email });
    const next = expectType(await refresh(app.client(), session.refreshToken ?? ''), 'Authenticated');
    expect(await me(app.client(), next.accessToken)).toMatchObject({ email });

    const unverified = await insertAccount(app, { verified: false });
    await failLogins(app, unverified.email, 11);
    const { id } = expectType(await resend(app.client(), { email: unverified.email }), 'Challenge');
    const [message] = await app.mail(unverified.email);
    expectType(await verify(app.client(), { challengeId: id, code: message?.code }), 'Authenticated');
  });

  test('is not affected by requests for messages (T39)', async () => {
    const { email } = await insertAccount(app);
    for (let time = 0; time < 25; time++) await resend(app.client(), { email });
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });
});

describe('the limit of a network', () => {
  test('counts failures across all accounts, and no successes', async () => {
    const { email } = await insertAccount(app);
    const ip = '198.51.100.7';
    const client = app.client({ ip });
    for (let failure = 0; failure < 20; failure++) {
      expectType(await login(client, uniqueEmail(), WRONG), 'InvalidCredentials');
      if (failure % 5 === 0) expectType(await login(client, email, PASSWORD), 'Authenticated');
    }
    expectType(await login(client, email, PASSWORD), 'RateLimited');
    // Other networks are not affected, and rejected logins do not count against the account.
    for (let time = 0; time < 12; time++) expectType(await login(client, email, WRONG), 'RateLimited');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    clock.advance(15 * MINUTE + SECOND);
    expectType(await login(client, email, PASSWORD), 'Authenticated');
  });

  test('treats the addresses of one IPv6 customer as one network', async () => {
    for (let failure = 0; failure < 20; failure++)
      expectType(
        await login(app.client({ ip: `2001:db8:7::${failure + 1}` }), uniqueEmail(), WRONG),
        'InvalidCredentials',
      );
    expectType(await login(app.client({ ip: '2001:db8:7:0:ffff::1' }), uniqueEmail(), WRONG), 'RateLimited');
    expectType(await login(app.client({ ip: '2001:db8:7:1::1' }), uniqueEmail(), WRONG), 'InvalidCredentials');
  });

  const FORGED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'client-ip', 'true-client-ip', 'cf-connecting-ip'];
  const forgedHeaders = (index: number) => {
    const ip = `203.0.113.${index + 1}`;
    return Object.fromEntries(FORGED.map((name) => [name, name === 'forwarded' ? `for=${ip}` : ip]));
  };

  test('ignores all forwarding headers without a trusted proxy (T40)', async () => {
    const withoutProxy = await startApp({ TRUSTED_PROXIES: '', LOGIN_BUDGET_IP: '5/15m' });
    const results = [];
    for (let time = 0; time < 7; time++)
      results.push(
        (await login(withoutProxy.client({ headers: forgedHeaders(time) }), uniqueEmail(), WRONG)).__typename,
      );
    expect(results).toEqual(expectedOutcomes(5, 7));
    const addresses = sql`select distinct host(ip_address) as ip from audit_events where type = 'sign-in'`;
    await expect.poll(() => rows(withoutProxy.app.services.db, addresses)).toEqual([{ ip: '127.0.0.1' }]);
    await withoutProxy.close();
  });

  test('uses only the address added by a trusted proxy, not those the client sent (T40)', async () => {
    const results = [];
    for (let time = 0; time < 22; time++) {
      const forged = { ...forgedHeaders(time), 'x-forwarded-for': `203.0.113.${time + 1}, 192.0.2.40` };
      results.push((await login(app.client({ headers: forged }), uniqueEmail(), WRONG)).__typename);
    }
    expect(results).toEqual(expectedOutcomes(20, 22));
  });
});

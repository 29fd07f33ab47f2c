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

// How often somebody may be wrong: for one account, from one network, on every way in.

const WRONG = 'wrong-horse-battery-staple';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '20/15m' }, { clock });
});
afterAll(() => app.close());

async function failures(at: TestApp, identifier: string, times: number, ip?: string) {
  const names: (string | undefined)[] = [];
  for (let time = 0; time < times; time++)
    names.push((await login(at.client(ip === undefined ? {} : { ip }), identifier, WRONG)).__typename);
  return names;
}
const outOf = (verified: number, times: number) => [
  ...Array<string>(verified).fill('InvalidCredentials'),
  ...Array<string>(times - verified).fill('RateLimited'),
];

describe('one account', () => {
  test('of a hundred and one failures from as many addresses ten are verified, and then the right one is not (T37)', async () => {
    const { id, email } = await insertAccount(app);
    expect(await failures(app, email, 101)).toEqual(outOf(10, 101));
    const refused = expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
    expect(refused.retryAfter).toBeGreaterThan(13 * 60);
    expect(refused.retryAfter).toBeLessThanOrEqual(15 * 60);
    const recorded = await rows(
      app.app.services.db,
      sql`select id from audit_events where user_id = ${id} and outcome = 'wrong-credentials'`,
    );
    expect(recorded).toHaveLength(10);

    clock.advance(15 * MINUTE + SECOND);
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('an address without an account is blocked in the same way (T37)', async () => {
    const email = uniqueEmail();
    expect(await failures(app, email, 12)).toEqual(outOf(10, 12));
  });

  test('failures before a success are forgiven, and the success costs nothing (T37)', async () => {
    const { email } = await insertAccount(app);
    for (let round = 0; round < 3; round++) {
      expect(await failures(app, email, 9)).toEqual(outOf(9, 9));
      expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    }
  });

  test('it is one account by whatever spelling, transport or device name (T42)', async () => {
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
      const { login } = await app.client().ask(LoginDocument, { input });
      expectType(login, 'InvalidCredentials');
    }
    for (const identifier of spellings) expectType(await login(app.client(), identifier, PASSWORD), 'RateLimited');
  });

  test('the address’s budget of codes is one for every kind of message (T42)', async () => {
    const strict = await startApp({ OTP_ACCOUNT_BUDGET: '4/1h', OTP_MAX_ATTEMPTS: '10', OTP_RESEND_COOLDOWN: '0s' });
    const { email } = await insertAccount(strict, { verified: false });
    const asked = expectType(await resend(strict.client(), { email }), 'Challenge');
    const [first] = await strict.mail(email, 1);
    const atSignIn = expectType(await login(strict.client(), email, PASSWORD), 'Challenge');
    const [second] = await strict.mail(email, 2);
    const guess = (challengeId: string, code: string | null | undefined) =>
      verify(strict.client(), { challengeId, code: wrongCodeFor(code ?? '') });
    for (const left of [3, 2]) expect(await guess(asked.id, first?.code)).toMatchObject({ attemptsRemaining: left });
    for (const left of [1, 0])
      expect(await guess(atSignIn.id, second?.code)).toMatchObject({ attemptsRemaining: left });
    for (const [id, message] of [
      [asked.id, first],
      [atSignIn.id, second],
    ] as const) {
      const right = await verify(strict.client(), { challengeId: id, code: message?.code });
      expect(right).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    }
    // Another door with other locks: wrong codes do not stop the password, nor wrong passwords the codes.
    expectType(await login(strict.client(), email, PASSWORD), 'Challenge');
    await strict.close();
  });

  test('who is locked out by somebody else’s failures goes on in open sessions and can prove the address (T39)', async () => {
    const { email } = await insertAccount(app);
    const here = expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    await failures(app, email, 11);
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
    expect(await me(app.client(), here.accessToken)).toMatchObject({ email });
    const next = expectType(await refresh(app.client(), here.refreshToken ?? ''), 'Authenticated');
    expect(await me(app.client(), next.accessToken)).toMatchObject({ email });

    const unverified = await insertAccount(app, { verified: false });
    await failures(app, unverified.email, 11);
    const { id } = expectType(await resend(app.client(), { email: unverified.email }), 'Challenge');
    const [message] = await app.mail(unverified.email);
    expectType(await verify(app.client(), { challengeId: id, code: message?.code }), 'Authenticated');
  });

  test('asking for messages never locks the password (T39)', async () => {
    const { email } = await insertAccount(app);
    for (let time = 0; time < 25; time++) await resend(app.client(), { email });
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });
});

describe('one network', () => {
  test('the failures of a network are counted over all accounts, its successes are not', async () => {
    const { email } = await insertAccount(app);
    const ip = '198.51.100.7';
    const client = app.client({ ip });
    for (let failure = 0; failure < 20; failure++) {
      expectType(await login(client, uniqueEmail(), WRONG), 'InvalidCredentials');
      if (failure % 5 === 0) expectType(await login(client, email, PASSWORD), 'Authenticated');
    }
    expectType(await login(client, email, PASSWORD), 'RateLimited');
    // Nobody else suffers, and what was refused did not count against the account.
    for (let time = 0; time < 12; time++) expectType(await login(client, email, WRONG), 'RateLimited');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    clock.advance(15 * MINUTE + SECOND);
    expectType(await login(client, email, PASSWORD), 'Authenticated');
  });

  test('the addresses of one IPv6 customer are one network', async () => {
    for (let failure = 0; failure < 20; failure++)
      expectType(
        await login(app.client({ ip: `2001:db8:7::${failure + 1}` }), uniqueEmail(), WRONG),
        'InvalidCredentials',
      );
    expectType(await login(app.client({ ip: '2001:db8:7:0:ffff::1' }), uniqueEmail(), WRONG), 'RateLimited');
    expectType(await login(app.client({ ip: '2001:db8:7:1::1' }), uniqueEmail(), WRONG), 'InvalidCredentials');
  });

  const FORGED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'client-ip', 'true-client-ip', 'cf-connecting-ip'];
  const claim = (index: number) => {
    const ip = `203.0.113.${index + 1}`;
    return Object.fromEntries(FORGED.map((name) => [name, name === 'forwarded' ? `for=${ip}` : ip]));
  };

  test('without a trusted proxy nothing that a client says of its address is believed (T40)', async () => {
    const bare = await startApp({ TRUSTED_PROXIES: '', LOGIN_BUDGET_IP: '5/15m' });
    const answers = [];
    for (let time = 0; time < 7; time++)
      answers.push((await login(bare.client({ headers: claim(time) }), uniqueEmail(), WRONG)).__typename);
    expect(answers).toEqual(outOf(5, 7));
    const events = await rows(
      bare.app.services.db,
      sql`select distinct host(ip_address) as ip from audit_events where type = 'sign-in'`,
    );
    expect(events).toEqual([{ ip: '127.0.0.1' }]);
    await bare.close();
  });

  test('behind a trusted proxy only what the proxy adds is believed, not what the client had written there (T40)', async () => {
    const answers = [];
    for (let time = 0; time < 22; time++) {
      const forged = { ...claim(time), 'x-forwarded-for': `203.0.113.${time + 1}, 192.0.2.40` };
      answers.push((await login(app.client({ headers: forged }), uniqueEmail(), WRONG)).__typename);
    }
    expect(answers).toEqual(outOf(20, 22));
  });
});

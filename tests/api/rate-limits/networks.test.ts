import { randomInt } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoginDocument, SocialTokenLoginDocument } from '../../../schema/generated/graphql.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { requestOtp, uniquePhone } from '../../support/phones.ts';
import { describeReplicas, useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

// Limits of a network: an IPv4 address, and the /64, the /56 and the /48 of an IPv6 address.

const WRONG = 'wrong-horse-battery-staple';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '5/15m' });
});
afterAll(() => app.close());

const attempt = async (ip: string, at = app) => (await login(at.client({ ip }), uniqueEmail(), WRONG)).__typename;

async function attempts(times: number, address: (time: number) => string): Promise<(string | undefined)[]> {
  const outcomes: (string | undefined)[] = [];
  for (let time = 0; time < times; time++) outcomes.push(await attempt(address(time)));
  return outcomes;
}
const refused = (times: number) => Array<string>(times).fill('InvalidCredentials');

test('a household with a /56 gets four times the limit of one network, not 256 times (T102)', async () => {
  const household = (time: number) => `2001:db8:56:${(0x100 + time).toString(16)}::1`;
  expect(await attempts(20, household)).toEqual(refused(20));
  expect(await attempt('2001:db8:56:1ff::1')).toBe('RateLimited');
  expect(await attempt('2001:db8:56:200::1')).toBe('InvalidCredentials');
});

test('a site with a /48 gets sixteen times the limit of one network (T102)', async () => {
  const site = (time: number) => `2001:db8:48:${(0x100 * time).toString(16)}::1`;
  expect(await attempts(80, site)).toEqual(refused(80));
  expect(await attempt('2001:db8:48:ff00::1')).toBe('RateLimited');
  expect(await attempt('2001:db8:49:ff00::1')).toBe('InvalidCredentials');
});

test('an IPv4 address that arrives through a translator or 6to4 is the same network (T102)', async () => {
  expect(await attempts(2, () => '198.51.100.23')).toEqual(refused(2));
  expect(await attempts(2, () => '64:ff9b::c633:6417')).toEqual(refused(2));
  expect(await attempts(1, (time) => `2002:c633:6417:${time}::1`)).toEqual(refused(1));
  for (const ip of ['198.51.100.23', '64:ff9b::c633:6417', '2002:c633:6417:77::1'])
    expect(await attempt(ip)).toBe('RateLimited');
  expect(await attempt('64:ff9b::c633:6418')).toBe('InvalidCredentials');
});

test('a household cannot use up the text messages of a day (T102)', async () => {
  const strict = await startApp({ SMS_PREFIX_BUDGET: '2/1h', SMS_DAILY_CAP: '100' });
  const request = async (ip: string) => (await requestOtp(strict.client({ ip }), { phone: uniquePhone() })).__typename;
  const results = [];
  for (let time = 0; time < 20; time++) results.push(await request(`2001:db8:5:${time.toString(16)}::1`));
  expect(results.filter((result) => result === 'RateLimited')).toHaveLength(12);
  expect(await request('2001:db8:5:100::1')).toBe('Challenge');
  await strict.close();
});

const SETTINGS = {
  LOGIN_BUDGET_IP: '5/15m',
  HASH_QUEUE_LIMIT: '1000',
  OIDC_ONE_ISSUER: 'https://127.0.0.1:9',
  OIDC_ONE_CLIENT_ID: 'latchkey',
  OIDC_ONE_CLIENT_SECRET: 'a-secret-of-thirty-two-characters',
  SOCIAL_REDIRECT_URIS: 'https://app.example.com/callback',
};

describeReplicas('many requests at once from IPv6 networks (T102)', SETTINGS, ({ replica }) => {
  test('use up the limit of their own network, and not those of its neighbours (T102)', async () => {
    const flood = Array.from({ length: 60 }, (_, index) => attempt(`2001:db8:7:1::${index + 1}`, replica(index)));
    const results = await Promise.all(flood);
    expect(results.filter((result) => result === 'InvalidCredentials')).toHaveLength(5);
    const neighbours = Array.from({ length: 15 }, (_, index) =>
      attempt(`2001:db8:7:${(index % 3) + 2}::1`, replica(index)),
    );
    expect(await Promise.all(neighbours)).toEqual(refused(15));
    expectType(await login(replica(0).client({ ip: '2001:db8:7:5::1' }), uniqueEmail(), WRONG), 'RateLimited');
  });

  test('use up the limits of a household and of a site, and no more (T102)', async () => {
    const checked = async (addresses: string[]) => {
      const answers = await Promise.all(addresses.map((ip, index) => attempt(ip, replica(index))));
      return answers.filter((answer) => answer === 'InvalidCredentials').length;
    };
    const inOneHousehold = Array.from({ length: 30 }, (_, index) => `2001:db8:56:${(0x100 + index).toString(16)}::1`);
    expect(await checked(inOneHousehold)).toBe(20);
    const inOneSite = Array.from({ length: 100 }, (_, index) => `2001:db8:48:${(0x100 * index).toString(16)}::1`);
    expect(await checked(inOneSite)).toBe(80);
  });

  test('use up the volume limits of a network and of a household, and no more (T102)', async () => {
    const site = `2001:db8:${randomInt(0x1000, 0xffff).toString(16)}`;
    const rejectedFrom = async (counts: Record<string, number>) => {
      const addresses = Object.entries(counts).flatMap(([subnet, count]) =>
        Array<string>(count).fill(`${site}:${subnet}::1`),
      );
      const input = { provider: 'one', idToken: 'x.y.z' };
      const answers = await Promise.all(
        addresses.map((ip, index) => replica(index).client({ ip }).request(SocialTokenLoginDocument, { input })),
      );
      return answers.filter(({ socialTokenLogin }) => socialTokenLogin.__typename !== 'RateLimited').length;
    };
    expect(await rejectedFrom({ 101: 110 })).toBe(100);
    expect(await rejectedFrom({ 102: 100, 103: 100, 104: 100 })).toBe(300);
    expect(await rejectedFrom({ 105: 10 })).toBe(0);
    expect(await rejectedFrom({ 201: 10 })).toBe(10);
  });
});

describePostgres('an attacker with an account of their own (T38)', () => {
  const { app: first, query } = useReplicas({ LOGIN_BUDGET_IP: '20/15m' });

  test('regains no guesses by signing in while the account changes all the time (T38)', async () => {
    // The service reads milliseconds only, so at each sign-in the account seems to have changed. Before any statement.
    await query(sql`alter table users alter column updated_at type timestamptz(6)`);
    const guess = (client: ApiClient) => login(client, uniqueEmail(), WRONG);
    const own = await insertAccount(first());
    await query(sql`update users set updated_at = updated_at + interval '1 microsecond' where id = ${own.id}`);
    const attacker = first().client();
    let guesses = 0;
    for (; guesses < 12; guesses++) expectType(await guess(attacker), 'InvalidCredentials');

    const input = { identifier: own.email, password: PASSWORD };
    for (let time = 0; time < 3; time++) expect((await attacker.send(LoginDocument, { input })).status).toBe(503);

    while (guesses <= 20 && (await guess(attacker)).__typename === 'InvalidCredentials') guesses += 1;
    expect(guesses).toBeLessThanOrEqual(20);
  });
});

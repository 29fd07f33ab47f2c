import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../../support/app.ts';
import { login, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

const WRONG = 'violet-harbour-92-lanterm';
let app: TestApp;
beforeAll(async () => {
  app = await startApp(DEFAULT_ARGON2);
});
afterAll(() => app.close());

describe('with a full hash queue', () => {
  let limited: TestApp;
  beforeAll(async () => {
    limited = await startApp({ ...DEFAULT_ARGON2, HASH_QUEUE_LIMIT: '1' });
  });
  afterAll(() => limited.close());

  test('rejects logins at once with retryAfter, and counts nothing (F10)', async () => {
    const emails = Array.from({ length: 40 }, () => uniqueEmail());
    const results = await Promise.all(emails.map((email) => login(limited.client(), email, WRONG)));
    const verified = results.filter(({ __typename }) => __typename === 'InvalidCredentials').length;
    const refused = results.filter(({ __typename }) => __typename === 'RateLimited');
    expect(verified).toBeGreaterThan(0);
    expect(refused.length).toBe(40 - verified);
    expect(refused.length).toBeGreaterThan(0);
    for (const result of refused) expect(expectType(result, 'RateLimited').retryAfter).toBe(1);

    const counted = () =>
      rows(
        limited.app.services.db,
        sql`select sum(points) filter (where name = 'login-account')::int as account,
                   sum(points) filter (where name = 'login-ip')::int as network,
                   (select sum(count)::int from audit_events where outcome = 'wrong-credentials') as recorded
            from budgets`,
      );
    await expect.poll(counted).toEqual([{ account: verified, network: verified, recorded: verified }]);
  });

  test('rejects sign-ups that can be repeated at once (F10)', async () => {
    const emails = Array.from({ length: 20 }, () => uniqueEmail());
    const results = await Promise.all(emails.map((email) => register(limited.client(), { email, password: PASSWORD })));
    const refused = emails.filter((_, index) => results[index]?.__typename === 'RateLimited');
    expect(refused.length).toBeGreaterThan(0);
    for (const email of refused) {
      expect(await limited.mail(email, 0)).toEqual([]);
      expectType(await register(limited.client(), { email, password: PASSWORD }), 'Challenge');
    }
  });
});

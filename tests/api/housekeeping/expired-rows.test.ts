import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LogoutDocument } from '../../../schema/generated/graphql.ts';
import { DAY } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const TABLES = ['audit_events', 'budgets', 'challenges', 'outbox', 'revocations', 'sessions'];

const count = async (table: string) =>
  (await rows<{ count: number }>(app.app.services.db, sql.raw(`select count(*)::int as count from ${table}`)))[0]
    ?.count;
const countAll = () => Promise.all(TABLES.map(count));

test('a round of housekeeping deletes all rows that have expired, and no account', async () => {
  const { email, client, refreshToken } = await signUp(app);
  await login(app.client(), email, 'wrong-harbour-92-lantern');
  expectType((await client.request(LogoutDocument, { input: { refreshToken } })).logout, 'LoggedOut');
  expectType(await login(client, email, PASSWORD), 'Authenticated');
  const before = await countAll();
  expect(before).not.toContain(0);
  await app.app.prune();
  expect(await countAll()).toEqual(before);

  clock.advance(1000 * DAY);
  await app.app.prune();
  expect(await countAll()).toEqual(TABLES.map(() => 0));
  expect(await count('users')).toBe(1);
});

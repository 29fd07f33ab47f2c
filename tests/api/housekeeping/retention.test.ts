import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Environment } from '../../../src/config.ts';
import { DAY } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/ids.ts';
import { outbox, sessions } from '../../../src/infra/db/tables.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { loadTestConfig } from '../../support/config.ts';
import { rows } from '../../support/rows.ts';

const AGES = [1.5, 6, 8, 29, 31, 60, 100];
const before = (days: number) => new Date(Date.now() - days * DAY);

/** Inserts a row for each of the ages, in days, prunes in batches, and returns the ages of those that are kept. */
async function keptWith(
  env: Environment,
  table: 'sessions' | 'outbox',
  insert: (app: TestApp) => Promise<unknown>,
): Promise<number[]> {
  const app = await startApp(env);
  try {
    await insert(app);
    const { prune } = app.app.services[table];
    while ((await prune(2)) > 0);
    const found = await rows<{ id: string }>(app.app.services.db, sql.raw(`select id from ${table}`));
    return AGES.filter((age) => found.some(({ id }) => id.startsWith(idOf(age))));
  } finally {
    await app.close();
  }
}

/** The beginning of a UUID that says which age it is of. */
const idOf = (age: number): string => String(age * 10).padStart(8, '0');
const withAge = (age: number): string => idOf(age) + newId(new Date()).slice(8);

test.each([
  [{}, [1.5, 6]],
  [{ SESSION_RETENTION: '30d' }, [1.5, 6, 8, 29]],
])('with %o, sessions that expired so many days ago are kept: %o', async (env, kept) => {
  const insert = async (app: TestApp) => {
    const { id: userId } = await insertAccount(app);
    const at = before(200);
    const common = { userId, rotatedAt: at, device: 'none', lastUsedAt: at, createdAt: at };
    await app.app.services.db
      .insert(sessions)
      .values(AGES.map((age) => ({ ...common, id: withAge(age), idleExpiresAt: before(age), expiresAt: before(age) })));
  };
  expect(await keptWith(env, 'sessions', insert)).toEqual(kept);
});

test.each([
  [{}, 'sent', []],
  [{}, 'dead', [1.5, 6, 8, 29]],
  [{ OUTBOX_RETENTION: '7d' }, 'sent', [1.5, 6]],
  [{ OUTBOX_RETENTION: '7d' }, 'dead', [1.5, 6, 8, 29]],
  [{ OUTBOX_RETENTION: '90d' }, 'expired', [1.5, 6, 8, 29, 31, 60]],
  [{ OUTBOX_RETENTION: '90d' }, 'dead', [1.5, 6, 8, 29, 31, 60]],
] as const)('with %o, messages that were %s so many days ago are kept: %o', async (env, state, kept) => {
  const insert = ({ app }: TestApp) => {
    const at = before(200);
    const common = {
      channel: 'EMAIL',
      kind: 'sign-up',
      locale: 'en',
      state,
      nextAttemptAt: at,
      expiresAt: at,
    } as const;
    return app.services.db
      .insert(outbox)
      .values(AGES.map((age) => ({ ...common, id: withAge(age), createdAt: at, finishedAt: before(age) })));
  };
  expect(await keptWith(env, 'outbox', insert)).toEqual(kept);
});

test.each([
  ['SESSION_RETENTION', '6d'],
  ['SESSION_RETENTION', '0'],
  ['OUTBOX_RETENTION', '23h'],
  ['OUTBOX_RETENTION', '401d'],
])('%s=%s is rejected', (name, text) => {
  expect(() => loadTestConfig({ [name]: text })).toThrow(name);
});

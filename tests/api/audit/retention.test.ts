import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/ids.ts';
import { auditEvents } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { loadTestConfig } from '../../support/config.ts';
import { rows } from '../../support/rows.ts';

const ages = (app: TestApp) =>
  rows<{ days: number }>(
    app.app.services.db,
    sql`select round(extract(epoch from now() - at) / 86400)::int as days from audit_events order by at desc`,
  ).then((found) => found.map(({ days }) => days));

async function insertEvents(app: TestApp, ...days: number[]): Promise<void> {
  await app.app.services.db.insert(auditEvents).values(
    days.map((age) => {
      const at = new Date(Date.now() - age * DAY);
      return { id: newId(at), at, type: 'sign-in', outcome: 'succeeded' };
    }),
  );
}

test.each([
  [{}, [1, 399]],
  [{ AUDIT_RETENTION: '30d' }, [1]],
  [{ AUDIT_RETENTION: '0' }, [1, 399, 401, 402, 4000]],
])('with %o, events of these ages in days are kept: %o', async (env, kept) => {
  const app = await startApp(env);
  try {
    await insertEvents(app, 1, 399, 401, 402, 4000);
    const { prune } = app.app.services.audit;
    // In batches, the oldest first.
    while ((await prune(2)) > 0);
    expect((await ages(app)).filter((age) => age > 0)).toEqual(kept);
  } finally {
    await app.close();
  }
});

test.each(['1h', '23h', '4000d', '-1', 'forever'])('AUDIT_RETENTION=%s is rejected', (text) => {
  expect(() => loadTestConfig({ AUDIT_RETENTION: text })).toThrow('AUDIT_RETENTION');
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/ids.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { resend } from '../../support/calls.ts';
import { apiClient, expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../../support/databases.ts';
import { uniqueEmail } from '../../support/people.ts';
import { type RunningService, startService } from '../../support/program.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { compareTimings } from '../../support/statistics.ts';

// A separate process, as an attacker sees it: messages are sent after the response.

const SAMPLES = 100;

describePostgres('the response time of requestEmailVerification', () => {
  let database: FreshDatabase;
  let service: RunningService;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { SECRET_KEY: randomBytes(32).toString('base64'), TRUSTED_PROXIES: '127.0.0.1/32' };
    service = await startService({ ...env, DATABASE_URL: database.url });
    for (let warmUp = 0; warmUp < 50; warmUp++) await ask(uniqueEmail());
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  const ask = async (email: string) => expectType(await resend(apiClient(service.url), { email }), 'Challenge');

  /** Twice as many addresses as samples, because compareTimings may measure twice. */
  async function accounts(verified: boolean): Promise<string[]> {
    const { db, close } = await openPostgresDatabase(database.url, 1);
    const emails = Array.from({ length: 2 * SAMPLES }, () => uniqueEmail());
    const now = systemClock.now();
    const stamps = { createdAt: now, updatedAt: now, emailVerifiedAt: verified ? now : null };
    await db.insert(users).values(emails.map((email) => ({ id: newId(now), email, ...stamps })));
    await close();
    return emails;
  }

  const STATES = [
    ['a verified address', true],
    ['an address that gets the message', false],
  ] as const;

  test.each(STATES)('is the same for %s as for an unknown one (T30)', async (_, verified) => {
    const known = await accounts(verified);
    const p = await compareTimings(
      SAMPLES,
      () => ask(known.pop() ?? ''),
      () => ask(uniqueEmail()),
    );
    expect(p).toBeGreaterThan(0.01);
  });
});

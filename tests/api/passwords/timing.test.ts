import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/ids.ts';
import { passwords, users } from '../../../src/infra/db/tables.ts';
import { login } from '../../support/calls.ts';
import { apiClient, expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../../support/databases.ts';
import { FOREIGN_SAMPLES } from '../../support/foreign-hashes.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { type RunningService, startService } from '../../support/program.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { compareTimings } from '../../support/statistics.ts';

const SAMPLES = 100;
/** Twice as many as samples, because compareTimings may measure twice. */
const ACCOUNTS = 2 * SAMPLES;
/** Of the standard normal distribution beyond |z| = 3. */
const BEYOND_THREE = 0.0027;

const foreignHash = (name: string): string => {
  const sample = FOREIGN_SAMPLES.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`there is no sample of ${name}`);
  return sample.hash;
};
const ownHash = () => hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

const MIXES = [
  ['only our own hashes', []],
  ['half of them imported from Django', ['Django’s pbkdf2_sha256']],
  [
    'half of them imported, of three kinds',
    ['Django’s pbkdf2_sha256', 'Django’s bcrypt', 'Django’s scrypt, of its own tests'],
  ],
] as const;

describePostgres('the response time of a sign-in with a wrong password', () => {
  let database: FreshDatabase;
  let service: RunningService;
  afterEach(async () => {
    await service.stop();
    await database.drop();
  });

  const signIn = async (email: string) =>
    expectType(await login(apiClient(service.url), email, 'wrong-harbour-92-lantern'), 'InvalidCredentials');

  /** Addresses of accounts, every second one with an imported hash if there are any, in random order. */
  async function insertAccounts(imported: readonly string[]): Promise<string[]> {
    const { db, close } = await openPostgresDatabase(database.url, 1);
    const now = systemClock.now();
    const stamps = { createdAt: now, updatedAt: now, emailVerifiedAt: now };
    const accounts = Array.from({ length: ACCOUNTS }, () => ({ id: newId(now), email: uniqueEmail(), ...stamps }));
    const own = await ownHash();
    const hashes = accounts.map(({ id: userId }, index) => {
      const foreign = index % 2 === 0 ? imported[(index / 2) % imported.length] : undefined;
      return { userId, hash: foreign ?? own, updatedAt: now };
    });
    await db.insert(users).values(accounts);
    await db.insert(passwords).values(hashes);
    await close();
    return accounts.map(({ email }) => email).sort(() => Math.random() - 0.5);
  }

  test.each(MIXES)('is the same for accounts as for unknown addresses, with %s (T114)', async (_, names) => {
    database = await freshDatabase(await postgresServer());
    const env = { SECRET_KEY: randomBytes(32).toString('base64'), TRUSTED_PROXIES: '127.0.0.1/32' };
    service = await startService({ ...env, DATABASE_URL: database.url });
    const known = await insertAccounts(names.map(foreignHash));
    for (let warmUp = 0; warmUp < 20; warmUp++) await signIn(uniqueEmail());
    const p = await compareTimings(
      SAMPLES,
      () => signIn(known.pop() ?? ''),
      () => signIn(uniqueEmail()),
    );
    expect(p).toBeGreaterThan(BEYOND_THREE);
  });
});

import { hash } from '@node-rs/argon2';
import { afterEach, expect, test } from 'vitest';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { FOREIGN_SAMPLES } from '../support/foreign-hashes.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { describePostgres } from '../support/servers.ts';
import { compareTimings } from '../support/statistics.ts';
import { startTimedService, type TimedService } from '../support/timed-service.ts';

const SAMPLES = 100;
/** Twice as many as samples, because compareTimings may measure twice. */
const ACCOUNTS = 2 * SAMPLES;
/** Of the standard normal distribution beyond |z| = 3. */
const BEYOND_THREE = 0.0027;

const OWN = 'our own';
/** Every account has the hash of one of these, in turn. */
const MIXES = [
  [[OWN]],
  [[OWN, 'Django’s pbkdf2_sha256']],
  [['Django’s bcrypt', 'Django’s argon2']],
  [[OWN, 'Django’s pbkdf2_sha256', OWN, 'Django’s bcrypt', OWN, 'Django’s scrypt, of its own tests']],
];

async function readHash(name: string): Promise<string> {
  if (name === OWN) return hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const sample = FOREIGN_SAMPLES.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`there is no sample of ${name}`);
  return sample.hash;
}

describePostgres('the response time of a sign-in with a wrong password', () => {
  let service: TimedService;
  afterEach(() => service.stop());

  const signIn = async (email: string) =>
    expectType(await login(service.client(), email, 'wrong-harbour-92-lantern'), 'InvalidCredentials');

  test.each(MIXES)('is the same for accounts with the hashes %j as for unknown addresses (T36, T114)', async (mix) => {
    service = await startTimedService();
    const hashes = await Promise.all(mix.map(readHash));
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
      email: uniqueEmail(),
      isVerified: true,
      passwordHash: hashes[index % hashes.length] ?? '',
    }));
    await service.insert(accounts);
    const known = accounts.map(({ email }) => email).sort(() => Math.random() - 0.5);
    for (let warmUp = 0; warmUp < 20; warmUp++) await signIn(uniqueEmail());
    const p = await compareTimings(
      SAMPLES,
      () => signIn(known.pop() ?? ''),
      () => signIn(uniqueEmail()),
    );
    expect(p).toBeGreaterThan(BEYOND_THREE);
  });

  test('is the same for accounts that require a second factor as for others (T107, T114)', async () => {
    service = await startTimedService();
    const passwordHash = await readHash(OWN);
    const create = (hasSecondFactor: boolean) =>
      Array.from({ length: ACCOUNTS }, () => ({
        email: uniqueEmail(),
        isVerified: true,
        passwordHash,
        hasSecondFactor,
      }));
    const [guarded, others] = [create(true), create(false)];
    await service.insert([...guarded, ...others]);
    for (let warmUp = 0; warmUp < 20; warmUp++) await signIn(uniqueEmail());
    const p = await compareTimings(
      SAMPLES,
      () => signIn(guarded.pop()?.email ?? ''),
      () => signIn(others.pop()?.email ?? ''),
    );
    expect(p).toBeGreaterThan(BEYOND_THREE);
  });
});

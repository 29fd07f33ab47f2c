import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { openReadyDatabase } from '../../src/infra/db/ready-database.ts';
import { startApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { runCommand } from '../support/command.ts';
import { loadTestConfig } from '../support/config.ts';
import { dataDirectory } from '../support/databases.ts';
import { beginLogin, signUpWithTotp, TIME_STEP, verifySecondFactor } from '../support/second-factors.ts';

const secret = () => ({ SECRET_KEY: randomBytes(32).toString('base64') });
const [FIRST, SECOND, OTHER] = [secret(), secret(), secret()];
const CHANGING = { ...SECOND, SECRET_KEY_PREVIOUS: FIRST.SECRET_KEY };

const clock = testClock();
let data: { DATA_DIR: string };
let ada: Awaited<ReturnType<typeof signUpWithTotp>>;

async function serve(secrets: object) {
  const env = { ...data, ...secrets };
  const database = await openReadyDatabase(loadTestConfig(env), 0);
  return startApp(env, { database, clock });
}

const doctor = async (secrets: object) => (await runCommand(['doctor'], { env: { ...data, ...secrets } })).stdout;

/** Completes a sign-in with the next code of the app. */
async function signIn({ client }: Awaited<ReturnType<typeof serve>>) {
  clock.advance(TIME_STEP);
  const caller = client();
  const { challengeId } = await beginLogin(caller, ada.email);
  return verifySecondFactor(caller, { challengeId, totp: ada.authenticator.code(clock.now()) });
}

beforeAll(async () => {
  data = { DATA_DIR: await dataDirectory() };
  const app = await serve(FIRST);
  ada = await signUpWithTotp(app, clock.now());
  await app.close();
});

describe('when SECRET_KEY is changed', () => {
  test('authenticator apps go on, and SECRET_KEY_PREVIOUS can be removed once housekeeping has encrypted them anew', async () => {
    expect(await doctor(FIRST)).toMatch(/✓ totp secrets +SECRET_KEY decrypts all 1/);
    expect(await doctor(CHANGING)).toMatch(/! totp secrets +SECRET_KEY_PREVIOUS decrypts 1 of 1/);

    const changing = await serve(CHANGING);
    expect(await signIn(changing)).toMatchObject({ __typename: 'Authenticated' });
    await changing.app.prune();
    await changing.app.services.keys.rotate({ immediately: true });
    await changing.close();
    expect(await doctor(SECOND)).toMatch(/✓ totp secrets +SECRET_KEY decrypts all 1/);

    const changed = await serve(SECOND);
    expect(await signIn(changed)).toMatchObject({ __typename: 'Authenticated' });
    await changed.close();
  });

  test('a secret that no key decrypts makes codes wrong, with a line in the log, and the doctor says so', async () => {
    await runCommand(['keys', 'rotate', '--now'], { env: { ...data, ...OTHER } });
    expect(await doctor(OTHER)).toMatch(/✗ totp secrets +SECRET_KEY does not decrypt 1 of 1: their codes are refused/);
    const app = await serve(OTHER);
    expect(await signIn(app)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE' });
    expect(app.logged.join()).toContain('the secret of an authenticator app cannot be decrypted');
    await app.close();
  });
});

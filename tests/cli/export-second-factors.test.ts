import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { lines } from '../support/other-systems/sample.ts';
import { beginLogin, TIME_STEP, verifySecondFactor } from '../support/second-factors.ts';
import { PASSWORD_OF_HASH, QUICK_HASH } from '../support/transfer.ts';

/** Stands still in the middle of a time step. */
const now = Math.floor(Date.now() / TIME_STEP) * TIME_STEP + TIME_STEP / 2;
const clock = { now: () => new Date(now) };
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // RFC 6238, appendix B.
const CODES = ['abcdefgh', 'ijklmnop'];

let app: TestApp;
let sameKey: TestApp;
let otherKey: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
  sameKey = await startApp({}, { clock });
  otherKey = await startApp({ SECRET_KEY: randomBytes(32).toString('base64') }, { clock });
});
afterAll(() => Promise.all([app, sameKey, otherKey].map((one) => one?.close())));

const codeAt = (steps: number) =>
  new TOTP({ secret: Secret.fromBase32(SECRET), digits: 8, algorithm: 'SHA256' }).generate({
    timestamp: now + steps * TIME_STEP,
  });

async function signIn(server: TestApp, email: string, answer: { totp: string } | { recoveryCode: string }) {
  const client = server.client();
  const { challengeId } = await beginLogin(client, email, PASSWORD_OF_HASH);
  return verifySecondFactor(client, { challengeId, ...answer });
}

/** A user with an app and two recovery codes, of which one was used, as exported. */
async function exportUser(email: string) {
  const secondFactors = { totp: { secret: SECRET, digits: 8, algorithm: 'SHA256' }, recoveryCodes: CODES };
  await importText(app, lines({ email, passwordHash: QUICK_HASH, secondFactors }), { emailVerified: true });
  expectType(await signIn(app, email, { totp: codeAt(0) }), 'Authenticated');
  expectType(await signIn(app, email, { recoveryCode: CODES[0] ?? '' }), 'Authenticated');
  const { [email]: account } = await exportedAccounts(app);
  return account ?? expect.fail('it was not exported');
}

const ANOTHER_KEY = expect.stringContaining('only a server with the same SECRET_KEY can read them');

describe('an export of second factors', () => {
  test('is read by another server, which does not accept the code that was used (T107)', async () => {
    const account = await exportUser('app@export.example');
    expect((await importText(otherKey, lines(account))).problems).toEqual([ANOTHER_KEY]);
    const { 'app@export.example': moved } = await exportedAccounts(otherKey);
    const { recoveryCodes: _, ...others } = JSON.parse(JSON.stringify(account.secondFactors));
    expect(JSON.parse(JSON.stringify(moved?.secondFactors))).toEqual(others);
    expect(await signIn(otherKey, 'app@export.example', { totp: codeAt(0) })).toMatchObject({ reason: 'ALREADY_USED' });
    expectType(await signIn(otherKey, 'app@export.example', { totp: codeAt(1) }), 'Authenticated');
  });

  test('has the unused recovery codes for a server with the same SECRET_KEY (T109)', async () => {
    const account = await exportUser('codes@export.example');
    expect(JSON.stringify(account)).not.toContain(CODES[1]);
    expect((await importText(sameKey, lines(account))).problems).toEqual([]);
    const [used = '', unused = ''] = CODES;
    expectType(await signIn(sameKey, 'codes@export.example', { recoveryCode: used }), 'ChallengeFailed');
    expectType(await signIn(sameKey, 'codes@export.example', { recoveryCode: unused }), 'Authenticated');
  });

  test('loses recovery codes, and reports it, if the account gets another id: they are bound to it', async () => {
    const { id: _, ...account } = await exportUser('id@export.example');
    expect((await importText(sameKey, lines({ ...account, email: 'id2@export.example' }))).problems).toEqual([
      ANOTHER_KEY,
    ]);
  });

  test('keeps that the user has turned the requirement off', async () => {
    const secondFactors = { required: false, totp: { secret: SECRET } };
    const email = 'optional@export.example';
    await importText(app, lines({ email, passwordHash: QUICK_HASH, secondFactors }), { emailVerified: true });
    const { [email]: account } = await exportedAccounts(app);
    await importText(otherKey, lines(account));
    expectType(await login(otherKey.client(), email, PASSWORD_OF_HASH), 'Authenticated');
  });
});

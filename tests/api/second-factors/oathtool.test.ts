import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { signUp } from '../../support/people.ts';
import {
  beginLogin,
  confirmEnrollment,
  startEnrollment,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { findProgram } from '../../support/server-process.ts';
import { STARTS_PROGRAMS } from '../../support/servers.ts';

const oathtool = findProgram('oathtool');
const title = 'oathtool as the authenticator app';

/** The code of the secret in a URI at a time. */
function codeOf(uri: string, at: Date): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const now = at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z/, ' UTC');
  return execFileSync(oathtool ?? '', ['--totp', '--base32', `--now=${now}`, secret], { encoding: 'utf8' }).trim();
}

describe.skipIf(!oathtool)(oathtool ? title : `${title} (skipped: it is not installed)`, STARTS_PROGRAMS, () => {
  test('is set up with the URI, and its codes sign in (T107)', async () => {
    const clock = testClock();
    const app = await startApp({}, { clock });
    try {
      const ada = await signUp(app);
      const { challengeId, uri } = expectType(await startEnrollment(ada), 'TotpEnrollment');
      const code = codeOf(uri, clock.now());
      expect(code).toMatch(/^\d{6}$/);
      expectType(await confirmEnrollment(ada, { challengeId, code }), 'SecondFactorChanged');
      clock.advance(TIME_STEP);
      const required = await beginLogin(ada.client, ada.email);
      const totp = codeOf(uri, clock.now());
      const answer = { challengeId: required.challengeId, totp };
      expectType(await verifySecondFactor(ada.client, answer), 'Authenticated');
    } finally {
      await app.close();
    }
  });
});

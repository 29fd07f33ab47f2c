import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../schema/generated/graphql.ts';
import { register, resend } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { requestEmailOtp } from '../support/email-sign-in.ts';
import { FOREIGN_SAMPLES } from '../support/foreign-hashes.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { requestOtp, uniquePhone } from '../support/phones.ts';
import { describePostgres } from '../support/servers.ts';
import { compareTimings } from '../support/statistics.ts';
import { startTimedService, type TimedService } from '../support/timed-service.ts';

const SAMPLES = 100;
/** Twice as many as samples, because compareTimings may measure twice. */
const ACCOUNTS = 2 * SAMPLES;

describePostgres('the response time', () => {
  let service: TimedService;
  beforeAll(async () => {
    service = await startTimedService();
  });
  afterAll(() => service.stop());

  const requests = {
    registerEmail: async (email: string) =>
      expectType(await register(service.client(), { email, password: PASSWORD }), 'Challenge'),
    requestEmailVerification: async (email: string) =>
      expectType(await resend(service.client(), { email }), 'Challenge'),
    requestPasswordReset: async (identifier: string) => {
      const { requestPasswordReset } = await service
        .client()
        .request(RequestPasswordResetDocument, { input: { identifier } });
      expectType(requestPasswordReset, 'Challenge');
    },
    requestEmailOtp: async (email: string) =>
      expectType(await requestEmailOtp(service.client(), { email }), 'Challenge'),
    requestPhoneOtp: async (phone: string) =>
      expectType(await requestOtp(service.client(), { phone, purpose: 'AUTHENTICATE' }), 'Challenge'),
  };

  const CASES = [
    ['registerEmail', 'a verified address', true],
    ['registerEmail', 'an unverified address', false],
    ['requestEmailVerification', 'a verified address', true],
    ['requestEmailVerification', 'an address that gets the message', false],
    ['requestPasswordReset', 'a verified address', true],
    ['requestPasswordReset', 'an unverified address', false],
    ['requestEmailOtp', 'a verified address', true],
    ['requestEmailOtp', 'an unverified address', false],
    ['requestPhoneOtp', 'a verified number', true],
  ] as const;

  test.each(CASES)(
    'of %s is the same for %s of an imported account as for an unknown one (T30, T114)',
    async (operation, _, isVerified) => {
      const send = requests[operation];
      const create = operation === 'requestPhoneOtp' ? uniquePhone : () => uniqueEmail();
      const known = Array.from({ length: ACCOUNTS }, create);
      const passwordHash = FOREIGN_SAMPLES[0]?.hash ?? '';
      await service.insert(
        known.map((name) => ({
          ...(name.includes('@') ? { email: name } : { phone: name }),
          isVerified,
          passwordHash,
        })),
      );
      for (let warmUp = 0; warmUp < 50; warmUp++) await send(create());
      const p = await compareTimings(
        SAMPLES,
        () => send(known.pop() ?? ''),
        () => send(create()),
      );
      expect(p).toBeGreaterThan(0.01);
    },
  );
});

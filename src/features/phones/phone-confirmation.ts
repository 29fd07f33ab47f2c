import { acceptInput } from '../../core/input.ts';
import { type InvalidInput, isProblem } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { DEVICE_MAX_LENGTH, type ProfileInput, parseProfile, personalWords, tidyText } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { type Answer, parseAnswer } from '../challenges/answer.ts';
import type { RefusalOutcome } from '../challenges/redemption.service.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';

export interface ConfirmationInput extends Omit<ProfileInput, 'locale'> {
  challengeId: string;
  code: string;
  password?: string | null | undefined;
  device?: string | null | undefined;
}

/** A code, and the account to create if the number has none. */
export interface Confirmation {
  answer: Answer;
  /** In canonical form; undefined if none was given. */
  password: string | undefined;
  profile: Omit<Profile, 'locale'>;
  device: string | null;
}

/**
 * Checks every rule before the code: a refusal here costs no guess and does not depend on whether an account exists.
 * @param subject the number, which must not be the password
 */
export function parseConfirmation(
  input: ConfirmationInput,
  subject: string | undefined,
  policy: PasswordPolicy,
): Confirmation | InvalidInput {
  const answer = parseAnswer({ challengeId: input.challengeId, code: input.code });
  if (isProblem(answer)) return answer;
  const words = [subject, ...personalWords(input)];
  const accepted = acceptInput({
    password:
      typeof input.password === 'string' ? policy.judge(input.password, { words, path: 'password' }) : undefined,
    profile: parseProfile(input),
    device: tidyText('device', input.device, DEVICE_MAX_LENGTH),
  });
  return isProblem(accepted) ? accepted : { answer, ...accepted };
}

export const refusedConfirmation = (refusal: RefusalOutcome, client: Client): AuditEvent => ({
  type: 'phone-verification',
  outcome: refusal,
  method: 'sms-code',
  client,
});

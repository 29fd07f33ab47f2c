import { acceptInput } from '../../core/input.ts';
import { type InvalidInput, isProblem } from '../../core/problems.ts';
import { DEVICE_MAX_LENGTH, type ProfileInput, parseProfile, personalWords, tidyText } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import { type Answer, parseAnswer } from '../challenges/answer.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';

export interface ConfirmationInput extends Omit<ProfileInput, 'locale'> {
  challengeId: string;
  code: string;
  password?: string | null | undefined;
  device?: string | null | undefined;
}

/** A code, and the account to be in case there is none yet. */
export interface Confirmation {
  answer: Answer;
  /** As it will be hashed; undefined: none was given. */
  password: string | undefined;
  profile: Omit<Profile, 'locale'>;
  device: string | null;
}

/**
 * Every rule, before the code is looked at: what is refused here costs no guess, and it is refused alike whether or not
 * an account would be made.
 * @param subject the number that is asked about, which is no password
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

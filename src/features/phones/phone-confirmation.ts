import { FieldProblem, InvalidInput } from '../../core/problems.ts';
import { DEVICE_MAX_LENGTH, type ProfileInput, parseProfile, tidyText } from '../accounts/profile.ts';
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
  const { challengeId, code, password } = input;
  const answer = parseAnswer({ challengeId, code });
  if (answer instanceof InvalidInput) return answer;
  const { firstName, lastName, companyName } = input;
  const profile = parseProfile({ firstName, lastName, companyName });
  const device = tidyText('device', input.device, DEVICE_MAX_LENGTH);
  const words = [subject, firstName, lastName, companyName].map((word) => word?.slice(0, 254));
  const given = typeof password === 'string';
  const judged = given ? policy.judge(password, { words, path: 'password' }) : { password: undefined };

  const problems = [
    ...('problem' in judged ? [judged.problem] : []),
    ...(Array.isArray(profile) ? profile : []),
    ...(device instanceof FieldProblem ? [device] : []),
  ];
  if ('problem' in judged || Array.isArray(profile) || device instanceof FieldProblem)
    return new InvalidInput(problems);
  return { answer, password: judged.password, profile, device };
}

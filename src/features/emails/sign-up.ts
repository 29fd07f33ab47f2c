import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import { FieldProblem } from '../../core/problems.ts';
import { DEVICE_MAX_LENGTH, type ProfileInput, parseProfile, tidyText } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';

export interface SignUpInput extends ProfileInput {
  email: string;
  password: string;
  passwordConfirmation?: string | null | undefined;
  phone?: string | null | undefined;
  device?: string | null | undefined;
}

/** An account that somebody asked for, every rule checked. */
export interface SignUp {
  email: Email;
  password: string;
  /** Said and not proved. */
  phone: Phone | null;
  profile: Profile;
  device: string | null;
}

/** The sign-up, or everything that is wrong with it. */
export function parseSignUp(input: SignUpInput, policy: PasswordPolicy): SignUp | FieldProblem[] {
  const email = parseEmail(input.email);
  const phone = input.phone?.trim() ? parsePhone(input.phone) : null;
  const profile = parseProfile(input);
  const device = tidyText('device', input.device, DEVICE_MAX_LENGTH);
  const words = [input.email.slice(0, 254), input.firstName, input.lastName, input.companyName];
  const judged = policy.judge(input.password, { words: words.map((word) => word?.slice(0, 254)), path: 'password' });
  const confirmation = input.passwordConfirmation ?? input.password;

  const problems = [
    ...(email ? [] : [new FieldProblem('email', 'INVALID_FORMAT', 'email-format')]),
    ...('problem' in judged ? [judged.problem] : []),
    ...(confirmation === input.password
      ? []
      : [new FieldProblem('passwordConfirmation', 'MISMATCH', 'password-mismatch')]),
    ...(phone === undefined ? [new FieldProblem('phone', 'INVALID_FORMAT', 'phone-format')] : []),
    ...(Array.isArray(profile) ? profile : []),
    ...(device instanceof FieldProblem ? [device] : []),
  ];
  if (!email || phone === undefined || 'problem' in judged || Array.isArray(profile)) return problems;
  if (device instanceof FieldProblem || problems.length > 0) return problems;
  return { email, password: judged.password, phone, profile, device };
}

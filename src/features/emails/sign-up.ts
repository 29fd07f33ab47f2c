import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { acceptInput } from '../../core/input.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import { FieldProblem, type InvalidInput, isProblem } from '../../core/problems.ts';
import { DEVICE_MAX_LENGTH, type ProfileInput, parseProfile, personalWords, tidyText } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';

export interface SignUpInput extends ProfileInput {
  email: string;
  password: string;
  passwordConfirmation?: string | null | undefined;
  phone?: string | null | undefined;
  device?: string | null | undefined;
}

/** A valid request for an account. */
export interface SignUp {
  email: Email;
  password: string;
  /** Not verified. */
  phone: Phone | null;
  profile: Profile;
  device: string | null;
}

/** Checks every field before it returns, so that a form can show all its errors at once. */
export function parseSignUp(input: SignUpInput, policy: PasswordPolicy, phones: PhoneReader): SignUp | InvalidInput {
  const words = [input.email.slice(0, 254), ...personalWords(input)];
  const isConfirmed = (input.passwordConfirmation ?? input.password) === input.password;
  const accepted = acceptInput({
    email: parseEmail(input.email) ?? new FieldProblem('email', 'INVALID_FORMAT', 'email-format'),
    password: policy.judge(input.password, { words, path: 'password' }),
    confirmation: isConfirmed || new FieldProblem('passwordConfirmation', 'MISMATCH', 'password-mismatch'),
    phone: input.phone?.trim() ? phones.read('phone', input.phone) : null,
    profile: parseProfile(input),
    device: tidyText('device', input.device, DEVICE_MAX_LENGTH),
  });
  if (isProblem(accepted)) return accepted;
  const { confirmation: _, ...signUp } = accepted;
  return signUp;
}

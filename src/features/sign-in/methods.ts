import type { AuthenticationMethod } from '../../core/authentication-methods.ts';

/** The first factors by their names in audit events, with their values in the amr claim. */
export const METHODS = {
  password: ['pwd'],
  'email-code': ['otp'],
  'email-link': ['otp'],
  'sms-code': ['sms'],
  social: ['fed'],
  /** Each sign-in with one says whether it was hwk or swk. */
  passkey: [],
} as const satisfies Record<string, readonly AuthenticationMethod[]>;

export type SignInMethod = keyof typeof METHODS;

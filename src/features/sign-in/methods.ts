import type { AuthenticationMethod } from '../../core/authentication-methods.ts';

/** What each first factor is in the amr claim. The names are those of audit events. */
export const METHODS = {
  password: ['pwd'],
  'email-code': ['otp'],
  'email-link': ['otp'],
  'sms-code': ['sms'],
  social: ['fed'],
  passkey: ['swk'],
} as const satisfies Record<string, readonly AuthenticationMethod[]>;

export type SignInMethod = keyof typeof METHODS;

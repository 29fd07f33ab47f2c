/** How a user signed in: the values of the amr claim (RFC 8176 section 2). `fed` is not registered there. */
export type AuthenticationMethod =
  | 'pwd'
  /** A code from a message or an authenticator app, or a recovery code. */
  | 'otp'
  | 'sms'
  /** A social provider. */
  | 'fed'
  /** A key that its device does not release. */
  | 'hwk'
  /** A key that is synced between devices. */
  | 'swk'
  /** The user confirmed the use of the key. */
  | 'user'
  | 'mfa';

/** Whether the session has two factors. */
export const hasTwoFactors = (methods: readonly string[]): boolean => methods.includes('mfa');

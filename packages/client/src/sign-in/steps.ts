import type { FormErrors } from '../form-errors.ts';
import type {
  ConfirmEmailOtpResult,
  ConfirmPhoneOtpResult,
  LoginResult,
  RegisterEmailResult,
  RequestEmailOtpResult,
  RequestEmailVerificationResult,
  RequestPasswordResetResult,
  RequestPhoneOtpResult,
  ResetPasswordResult,
  SocialAuthorizeResult,
  SocialTokenLoginResult,
  VerifyEmailResult,
  VerifySecondFactorResult,
} from '../generated/operations.ts';
import type { RegisterEmailInput, SecondFactor } from '../generated/types.ts';
import type { SignInWithPasskeyResult } from '../passkeys.ts';
import type { SessionUser } from '../session.ts';
import type { CompleteSocialResult, SocialOptions } from '../social.ts';

/** The result of any operation on the way to a session. */
export type SignInOutcome =
  | ConfirmEmailOtpResult
  | ConfirmPhoneOtpResult
  | LoginResult
  | RegisterEmailResult
  | RequestEmailOtpResult
  | RequestEmailVerificationResult
  | RequestPasswordResetResult
  | RequestPhoneOtpResult
  | ResetPasswordResult
  | SignInWithPasskeyResult
  | SocialAuthorizeResult
  | SocialTokenLoginResult
  | VerifyEmailResult
  | VerifySecondFactorResult
  | CompleteSocialResult;

/**
 * What happened, for a message of the app.
 *
 * - `EMAIL_VERIFIED`: the address is verified; sign in.
 * - `PASSWORD_CHANGED`: sign in with the new password.
 * - `SOCIAL_NOT_STARTED`: this tab did not start the social sign-in, or has completed it already.
 */
export type SignInNotice =
  | 'EMAIL_VERIFIED'
  | 'PASSWORD_CHANGED'
  | 'PASSKEY_CANCELLED'
  | 'PASSKEY_UNSUPPORTED'
  | 'SOCIAL_CANCELLED'
  | 'SOCIAL_NOT_STARTED';

interface Step {
  /** Problems of the last input, for the form of this step. */
  readonly errors: FormErrors;
  /** Whether a response is awaited. */
  readonly isPending: boolean;
  readonly notice?: SignInNotice | undefined;
  /** Goes to the start. A problem that is still on its way is not shown. */
  back(): void;
}

/** The user chooses how to sign in. Each method goes on to the next step, or shows its problems. */
export interface StartStep extends Step {
  readonly step: 'start';
  withPassword(input: { readonly identifier: string; readonly password: string }): Promise<void>;
  register(input: Omit<RegisterEmailInput, 'transport' | 'device'>): Promise<void>;
  withEmailCode(input: { readonly email: string }): Promise<void>;
  withPhoneCode(input: { readonly phone: string }): Promise<void>;
  /** Leaves the page. The user comes back to it, or to `redirectUri`, where `useSignIn` goes on. */
  withSocial(provider: string, options?: SocialOptions): Promise<void>;
  withPasskey(): Promise<void>;
  /** Sends a code for a new password. */
  resetPassword(input: { readonly identifier: string }): Promise<void>;
  /** Goes on with the result of any other operation that signs in, such as `confirmEmailOtp` with the token of a link. */
  with(call: () => Promise<SignInOutcome>): Promise<void>;
}

interface SentCode extends Step {
  /** The recipient, masked. */
  readonly sentTo: string;
  /** What the user has entered: the recipient, or the identifier of the sign-in with a password. */
  readonly to?: string | undefined;
  readonly channel: 'EMAIL' | 'SMS';
  readonly codeLength: number;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** ISO 8601. When `resend` works. */
  readonly resendAt: string;
  /** After a wrong code. 0: the code no longer works; let the user send a new one. */
  readonly attemptsRemaining?: number | undefined;
  /**
   * Sends a new code. Undefined if the user must start again for one: after a reload, if it needs the password, or if the step
   * has followed another code.
   */
  resend?: (() => Promise<void>) | undefined;
}

/** A code was sent. */
export interface CodeStep extends SentCode {
  readonly step: 'code';
  submit(input: { readonly code: string }): Promise<void>;
}

/** A code for a new password was sent. */
export interface NewPasswordStep extends SentCode {
  readonly step: 'newPassword';
  submit(input: { readonly code: string; readonly newPassword: string }): Promise<void>;
}

/** The first factor was right, and a second one is needed. */
export interface SecondFactorStep extends Step {
  readonly step: 'secondFactor';
  /** What the user can use, strongest first. */
  readonly factors: readonly SecondFactor[];
  /** ISO 8601. */
  readonly expiresAt: string;
  /** After a wrong code. */
  readonly attemptsRemaining?: number | undefined;
  submit(input: { readonly totp: string } | { readonly recoveryCode: string }): Promise<void>;
  withPasskey(): Promise<void>;
}

/** The user is signed in, here or meanwhile in another tab. */
export interface SignedInStep extends Step {
  readonly step: 'signedIn';
  readonly user: SessionUser;
  /** Whether this sign-in has created the account. */
  readonly isNewUser: boolean;
  /** From `withSocial`. */
  readonly returnTo?: string | undefined;
}

export type SignInState = StartStep | CodeStep | NewPasswordStep | SecondFactorStep | SignedInStep;

export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point in time in UTC (RFC 3339), such as 2026-11-20T09:00:00.000Z. */
  DateTime: { input: string; output: string; }
  /** A JSON object. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
};

/** Filters audit events. All given conditions must match. */
export type AuditEventFilter = {
  /** ID of the administrator who acted. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Event ID, for links to one event. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Event type, such as sign-in. All types are listed in docs/audit.md. */
  kind?: InputMaybe<Scalars['String']['input']>;
  /** Outcome, such as succeeded. */
  outcome?: InputMaybe<Scalars['String']['input']>;
  /** Events at this time or later. Counted refusals match by the time of the last one. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Events before this time. Counted refusals match by the time of the first one. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
  /** ID of the affected user, who may have been deleted. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Why a code or link was not accepted. */
export type ChallengeFailure =
  /** The code or link has already been used. */
  | 'ALREADY_USED'
  /** The code or link has expired; request a new one. */
  | 'EXPIRED'
  /** The passkey was not accepted: it was removed, belongs to another account, or did not verify the user. */
  | 'PASSKEY_REJECTED'
  /** Too many wrong guesses; request a new code later. */
  | 'TOO_MANY_ATTEMPTS'
  /** The code or link is not valid. */
  | 'UNKNOWN'
  /** The code is wrong. */
  | 'WRONG_CODE';

/** The current and the new password. */
export type ChangePasswordInput = {
  /** Required if the account has a password, except within ten minutes of reauthenticate. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  newPassword: Scalars['String']['input'];
};

/** Delivery channel of a message. */
export type Channel =
  /** Email. */
  | 'EMAIL'
  /** Text message. */
  | 'SMS';

/** Either challengeId and code, or token; and the profile of a new account. */
export type ConfirmEmailOtpInput = {
  /** ID of the challenge that the code belongs to. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The code from the message: six digits. Other characters are ignored. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** The token from the link. */
  token?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** The code, and the profile of a new account. */
export type ConfirmPhoneOtpInput = {
  /** ID of the challenge that the code belongs to. */
  challengeId: Scalars['ID']['input'];
  /** The code from the message: six digits. Other characters are ignored. */
  code: Scalars['String']['input'];
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Saved only if this creates the account, but must always meet the password rules. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** The enrollment, and a code from the app. */
export type ConfirmTotpEnrollmentInput = {
  /** From TotpEnrollment. */
  challengeId: Scalars['ID']['input'];
  /** The current code of the app. It does not also work for a sign-in. */
  code: Scalars['String']['input'];
};

/** A new account. Requires an email address or a verified phone number. */
export type CreateUserInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** A single email address, case-insensitive. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Marks the address as verified. */
  emailVerified?: Scalars['Boolean']['input'];
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Language for messages, as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** If omitted, the owner is invited to choose one. Any characters, at most 256; must not be easy to guess. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** What the user may do in the surrounding app, such as orders:write: at most 100 scope values (RFC 6749) of at most 100 characters each and 2048 bytes together. */
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** In international format. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** Marks the number as verified. The owner can then sign in with a code sent by SMS. */
  phoneVerified?: Scalars['Boolean']['input'];
  /** Data of the surrounding app that only administrators may read. At most 4096 bytes of JSON, nested at most 10 levels deep; the names __proto__, constructor and prototype are not allowed. */
  privateMetadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Data of the surrounding app that the user may read. At most 4096 bytes of JSON, nested at most 10 levels deep; the names __proto__, constructor and prototype are not allowed. */
  publicMetadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Administrative roles. */
  roles?: Array<Role>;
};

/** Confirms that the owner is making the request. */
export type DeleteAccountInput = {
  /** Required if the account has one, except within ten minutes of reauthenticate. Otherwise there must have been a sign-in within the last ten minutes. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** How something is delivered. */
export type DeliveryChannel =
  /** An email to a user. */
  | 'MAIL'
  /** A text message to a user. */
  | 'SMS'
  /** An event for another server: docs/webhooks.md. */
  | 'WEBHOOK';

/** Filters deliveries. All given conditions must match. */
export type DeliveryFilter = {
  /** How they are delivered. */
  channel?: InputMaybe<DeliveryChannel>;
  /** Written at this time or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** What became of them. */
  state?: InputMaybe<DeliveryState>;
  /** Written before this time. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What became of a delivery. */
export type DeliveryState =
  /** Its code or link expired before it could be sent. */
  | 'EXPIRED'
  /** It was refused, or failed too often. An administrator can retry it, unless it is a text message. */
  | 'GIVEN_UP'
  /** The mail server, the SMS gateway or the receiver accepted it. */
  | 'SENT'
  /** It is being sent, or will be sent or retried. */
  | 'WAITING';

/** When users must verify their email address. */
export type EmailVerificationPolicy =
  /** Before the first sign-in after signing up. */
  | 'LOGIN'
  /** Never. */
  | 'OFF'
  /** Before the account is created. */
  | 'SIGN_UP';

/** Which rule an input field breaks. */
export type FieldProblemCode =
  /** The password is on a list of common passwords that attackers try first. */
  | 'BREACHED'
  /** The format is wrong. */
  | 'INVALID_FORMAT'
  /** The value differs from the field it must match. */
  | 'MISMATCH'
  /** Not allowed on this server or in this context. */
  | 'NOT_ALLOWED'
  /** The field is required. */
  | 'REQUIRED'
  /** Too many characters, entries or bytes. */
  | 'TOO_LONG'
  /** Too few characters. */
  | 'TOO_SHORT'
  /** The password is too easy to guess. */
  | 'TOO_WEAK';

/** What the authenticator returned for the options. */
export type FinishPasskeyLoginInput = {
  /** The challengeId from startPasskeyLogin. */
  challengeId: Scalars['ID']['input'];
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** AuthenticationResponseJSON as JSON text: in browsers, JSON.stringify(credential). */
  response: Scalars['String']['input'];
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** What the authenticator returned for the options. */
export type FinishPasskeyRegistrationInput = {
  /** The challengeId from startPasskeyRegistration. */
  challengeId: Scalars['ID']['input'];
  /** Name for the list of passkeys, at most 100 characters. By default derived from the browser. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** RegistrationResponseJSON as JSON text: in browsers, JSON.stringify(credential). */
  response: Scalars['String']['input'];
};

/** Whether a service is available. */
export type HealthStatus =
  /** Unavailable. */
  | 'DOWN'
  /** Available. */
  | 'UP';

/** The credentials. */
export type LoginInput = {
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** Email address, or verified phone number in E.164 format. */
  identifier: Scalars['String']['input'];
  /** At most 256 characters. */
  password: Scalars['String']['input'];
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** Which sessions to keep. */
export type LogoutAllInput = {
  /** Keeps the current session. */
  exceptCurrent?: Scalars['Boolean']['input'];
};

/** The session to end. */
export type LogoutInput = {
  /** If omitted, ends the session of the cookie or the access token. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** What an SMS code is for. */
export type PhoneOtpPurpose =
  /** Signs in, or signs up if no account has verified the number. An account whose number is unverified is not found. */
  | 'AUTHENTICATE'
  /** Verifies the number for the signed-in user. */
  | 'VERIFY';

/** Exactly one of password, totp and passkey. passkey also needs the challengeId from startPasskeyLogin. */
export type ReauthenticateInput = {
  /** The challengeId from startPasskeyLogin. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** AuthenticationResponseJSON as JSON text, for the options of startPasskeyLogin. */
  passkey?: InputMaybe<Scalars['String']['input']>;
  /** The password of the account. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** A code from the authenticator app. Wrong codes count like those of verifySecondFactor. */
  totp?: InputMaybe<Scalars['String']['input']>;
};

/** How a user can reauthenticate. */
export type ReauthenticationMethod =
  /** A passkey or security key. */
  | 'PASSKEY'
  /** The password. */
  | 'PASSWORD'
  /** No other method is available: sign in again. */
  | 'SIGN_IN'
  /** A code from an authenticator app. */
  | 'TOTP';

/** Why a refresh token was not accepted. */
export type RefreshFailure =
  /** The account is deactivated. */
  | 'ACCOUNT_DISABLED'
  /** The token was unused for too long, or the session has reached its maximum age. */
  | 'EXPIRED'
  /** The token is not a refresh token of this server. */
  | 'INVALID'
  /** Neither the input nor the cookie contains a token. */
  | 'MISSING'
  /** An old token of the session was reused. It may have been stolen, so the session was ended. */
  | 'REUSED'
  /** The session has been ended. */
  | 'REVOKED';

/** The refresh token to exchange. */
export type RefreshInput = {
  /** Omit it if the token is in the cookie. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** The new account. */
export type RegisterEmailInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** A single email address, case-insensitive. An internationalised domain in Unicode or ASCII. */
  email: Scalars['String']['input'];
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Language for messages, as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  password: Scalars['String']['input'];
  /** If given, must equal password. */
  passwordConfirmation?: InputMaybe<Scalars['String']['input']>;
  /** With its country code, such as +998 90 123 45 67. Stored unverified, so it cannot be used to sign in. To verify it after the sign-in: requestPhoneOtp with purpose VERIFY and the access token, then confirmPhoneOtp. Without the token, requestPhoneOtp would create a second account for the number. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** The new address and the current password. */
export type RequestEmailChangeInput = {
  /** A single email address, case-insensitive. */
  newEmail: Scalars['String']['input'];
  /** Required if the account has one, except within ten minutes of reauthenticate. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** The address. */
export type RequestEmailOtpInput = {
  /** The address to send the code and the link to. */
  email: Scalars['String']['input'];
  /** Language of the message and of a newly created account, as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** The address to verify. */
export type RequestEmailVerificationInput = {
  /** Challenge ID of the sign-up or of an earlier message. If given, the new message is for the same sign-up. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The address to send the message to. */
  email: Scalars['String']['input'];
};

/** The account. */
export type RequestPasswordResetInput = {
  /** Email address (receives a code and a link) or verified phone number (receives a code). */
  identifier: Scalars['String']['input'];
};

/** The number and the purpose. */
export type RequestPhoneOtpInput = {
  /** Language of the message and of a newly created account, as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** With VERIFY: required if the sign-in was more than ten minutes ago, or if a verified number is replaced and the account has a password. It may be omitted within ten minutes of reauthenticate. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** With its country code, such as +998 90 123 45 67; separators are ignored. */
  phone: Scalars['String']['input'];
  /** What the code is for. */
  purpose?: PhoneOtpPurpose;
};

/** Either challengeId and code, or token. */
export type ResetPasswordInput = {
  /** ID of the challenge that the code belongs to. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The code from the message. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  newPassword: Scalars['String']['input'];
  /** The token from the link. */
  token?: InputMaybe<Scalars['String']['input']>;
};

/** Staff can read users; administrators can also change them. */
export type Role =
  /** Can read and change users, and read audit events. */
  | 'ADMIN'
  /** Can read users. */
  | 'STAFF';

/** What completes a sign-in after the first factor. */
export type SecondFactor =
  /** A passkey or security key (WebAuthn). */
  | 'PASSKEY'
  /** A one-time recovery code. */
  | 'RECOVERY_CODE'
  /** A code from an authenticator app (RFC 6238). */
  | 'TOTP';

/** What a signing key is used for. */
export type SigningKeyState =
  /** It is published, and will sign from signsFrom on. */
  | 'NEXT'
  /** All tokens that it signed have expired. It will be deleted. */
  | 'RETIRED'
  /** It signs no more. Tokens that it signed are valid until they expire. */
  | 'RETIRING'
  /** It signs new access tokens. */
  | 'SIGNING';

/** The provider, and where the browser returns. */
export type SocialAuthorizeInput = {
  /** Password of the account. Required for LINK if the last sign-in or reauthentication was more than ten minutes ago. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** Provider name, as listed by socialProviders. */
  provider: Scalars['String']['input'];
  /** LINK requires a signed-in user. */
  purpose?: SocialPurpose;
  /** Must exactly match an entry in the server's list. */
  redirectUri: Scalars['String']['input'];
};

/** The parameters of the redirect, and the challenge ID that the client kept. */
export type SocialCallbackInput = {
  /** Challenge ID from socialAuthorize. */
  challengeId: Scalars['ID']['input'];
  /** The code parameter of the redirect. */
  code: Scalars['String']['input'];
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** The iss parameter of the redirect, if the provider sends one. */
  issuer?: InputMaybe<Scalars['String']['input']>;
  /** The provider passed to socialAuthorize. */
  provider: Scalars['String']['input'];
  /** The state parameter of the redirect. */
  state: Scalars['String']['input'];
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** Why a social sign-in was refused. */
export type SocialFailure =
  /** The token was issued for another application. */
  | 'AUDIENCE_MISMATCH'
  /** The provider rejected the code. */
  | 'CODE_REJECTED'
  /** The token was issued for another sign-in. */
  | 'NONCE_MISMATCH'
  /** The provider did not identify the user. */
  | 'PROFILE_INCOMPLETE'
  /** The sign-in took longer than ten minutes; start again. */
  | 'STATE_EXPIRED'
  /** The state belongs to another client, provider or user. */
  | 'STATE_MISMATCH'
  /** No pending sign-in has this state: it was not started here, or it was already completed. */
  | 'STATE_UNKNOWN'
  /** The token is not valid for this provider: wrong signature, issuer, age or format. */
  | 'TOKEN_INVALID';

/** Purpose of a social sign-in. */
export type SocialPurpose =
  /** Sign in or sign up. */
  | 'AUTHENTICATE'
  /** Link the identity to the signed-in user's account. */
  | 'LINK';

/** Exactly one of idToken and accessToken, depending on the provider. */
export type SocialTokenLoginInput = {
  /** An access token. Only for providers that report its audience, such as google. */
  accessToken?: InputMaybe<Scalars['String']['input']>;
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** An OpenID Connect ID token, at most ten minutes old. */
  idToken?: InputMaybe<Scalars['String']['input']>;
  /** The nonce that the app sent to the provider, in plain or as a SHA-256 digest. Required if the ID token contains one. */
  nonce?: InputMaybe<Scalars['String']['input']>;
  /** Provider name, as listed by socialProviders. */
  provider: Scalars['String']['input'];
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** How the refresh token is delivered. */
export type TokenTransport =
  /** In the response and input, for native apps and servers. */
  | 'BODY'
  /** Only in an HttpOnly cookie, for browsers. */
  | 'COOKIE';

/** Kind of token. */
export type TokenType =
  /** Access token: short-lived, authenticates requests. */
  | 'ACCESS'
  /** Refresh token: long-lived, exchanged for new tokens. */
  | 'REFRESH';

/** Omitted fields stay unchanged; null or an empty string clears a field. Surrounding spaces are removed; control characters are rejected. */
export type UpdateProfileInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Language for messages, as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** Omitted fields stay unchanged. Null or an empty string clears email, phone and profile fields; for the other fields null means unchanged. */
export type UpdateUserInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** A new address is unverified unless emailVerified is true. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Marks the address as verified or unverified. Confirming an unchanged address that was never verified hands the account over to its owner: password, sessions, number and identities are removed. Send the owner a link with sendPasswordReset. */
  emailVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Whether the account is active. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Language for messages, as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** What the user may do in the surrounding app, such as orders:write: at most 100 scope values (RFC 6749) of at most 100 characters each and 2048 bytes together. Replaces all of them. */
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** A new number is unverified unless phoneVerified is true. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** Marks the number as verified or unverified. */
  phoneVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** Data of the surrounding app that only administrators may read. At most 4096 bytes of JSON, nested at most 10 levels deep; the names __proto__, constructor and prototype are not allowed. Replaces the whole object. */
  privateMetadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Data of the surrounding app that the user may read. At most 4096 bytes of JSON, nested at most 10 levels deep; the names __proto__, constructor and prototype are not allowed. Replaces the whole object. */
  publicMetadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Replaces all roles. */
  roles?: InputMaybe<Array<Role>>;
};

/** Filters users. All given conditions must match. */
export type UserFilter = {
  /** Domain of the email address, such as example.com: in any letter case, and in Unicode or ASCII. Subdomains are other domains. */
  emailDomain?: InputMaybe<Scalars['String']['input']>;
  /** Whether the email address is verified. False includes users without an address. */
  emailVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the account is active. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Users with this permission, such as orders:write. */
  permission?: InputMaybe<Scalars['String']['input']>;
  /** Users with this role. */
  role?: InputMaybe<Role>;
  /** Prefix of the email address, phone number (international format), first name, last name or company name, case-insensitive. Prefixes can be combined, such as "ada love"; each must match. There are no wildcards. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Whether signing in requires a second factor. */
  secondFactorRequired?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Sort order of users. Ties are broken by ID. */
export type UserOrder =
  /** Oldest accounts first. */
  | 'CREATED_AT_ASC'
  /** Newest accounts first. */
  | 'CREATED_AT_DESC'
  /** By email address, bytewise ascending. Accounts without an address come first. */
  | 'EMAIL_ASC'
  /** By email address, bytewise descending. Accounts without an address come last. */
  | 'EMAIL_DESC'
  /** Longest without a sign-in first. Users who never signed in come first. */
  | 'LAST_LOGIN_AT_ASC'
  /** Latest sign-in first. Users who never signed in come last. */
  | 'LAST_LOGIN_AT_DESC';

/** Either challengeId and code, or token. */
export type VerifyEmailInput = {
  /** ID of the challenge that the code belongs to. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The code from the message. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** The password of an account whose address was never verified, to keep it. Without it, and without a session of the account or the code of a sign-in, the account is handed over: password, sessions, number, identities and profile are removed. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** The token from the link. */
  token?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

/** Exactly one of totp, recoveryCode and passkey. */
export type VerifySecondFactorInput = {
  /** From SecondFactorRequired. */
  challengeId: Scalars['ID']['input'];
  /** Device name shown in the session list, at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** AuthenticationResponseJSON as JSON text. */
  passkey?: InputMaybe<Scalars['String']['input']>;
  /** One of the recovery codes, in upper or lower case, with or without the dash. */
  recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** The current code of the authenticator app. */
  totp?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token is delivered. */
  transport?: TokenTransport;
};

export type AuditEventsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
}>;


export type AuditEventsQuery = { auditEvents: { nodes: Array<{ id: string, at: string, count: number, lastAt?: string | null, kind: string, outcome: string, userId?: string | null, actorId?: string | null, reason?: string | null, sessionId?: string | null, method?: string | null, ipAddress?: string | null, requestId?: string | null, facts: Array<{ name: string, value: string }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasswordChanged', sessionsEnded: number }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type InvalidInputFieldsFragment = { message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> };

export type ReauthenticationRequiredFieldsFragment = { message: string, methods: Array<ReauthenticationMethod> };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type ConfirmEmailChangeMutation = { confirmEmailChange:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailChanged', user: { id: string, email?: string | null, emailVerified: boolean } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type ConfirmEmailOtpMutationVariables = Exact<{
  input: ConfirmEmailOtpInput;
}>;


export type ConfirmEmailOtpMutation = { confirmEmailOtp:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type SignedInFragment = { accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } };

export type SecondFactorRequiredFieldsFragment = { challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string };

export type ConfirmPhoneOtpMutationVariables = Exact<{
  input: ConfirmPhoneOtpInput;
}>;


export type ConfirmPhoneOtpMutation = { confirmPhoneOtp:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasswordRequired', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'PhoneVerified', user: { id: string, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type ChallengeFieldsFragment = { id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string };

export type ConfirmTotpEnrollmentMutationVariables = Exact<{
  input: ConfirmTotpEnrollmentInput;
}>;


export type ConfirmTotpEnrollmentMutation = { confirmTotpEnrollment:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type SecondFactorChangedFieldsFragment = { recoveryCodes?: Array<string> | null, user: { id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type CreateUserMutation = { createUser:
    | { __typename: 'AdminUser', user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator' }
    | { __typename: 'NotFound' }
    | { __typename: 'OwnAccount' }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'UserChanged' }
   };

export type ProfileFieldsFragment = { firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null };

export type ManagedUserFragment = { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null };

export type UserMetadataFragment = { publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { deleteAccount:
    | { __typename: 'AccountDeleted', sessionsEnded: number }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type DeleteUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type DeleteUserMutation = { deleteUser:
    | { __typename: 'AdminUser', user: { id: string } }
    | { __typename: 'EmailTaken' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken' }
    | { __typename: 'RateLimited' }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'UserChanged' }
   };

export type DeliveriesQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
}>;


export type DeliveriesQuery = { deliveries: { nodes: Array<{ id: string, channel: DeliveryChannel, kind: string, recipient: string, state: DeliveryState, attempts: number, createdAt: string, nextAttemptAt?: string | null, error?: string | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type DisableTotpMutationVariables = Exact<{ [key: string]: never; }>;


export type DisableTotpMutation = { disableTotp:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'NoSecondFactor', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type EffectiveSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type EffectiveSettingsQuery = { effectiveSettings: Array<{ name: string, value?: string | null, isSet: boolean, isSecret: boolean, section?: string | null, description: string }> };

export type EndUserSessionMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  sessionId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type EndUserSessionMutation = { endUserSession:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type EndUserSessionsMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type EndUserSessionsMutation = { endUserSessions:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type FinishPasskeyLoginMutationVariables = Exact<{
  input: FinishPasskeyLoginInput;
}>;


export type FinishPasskeyLoginMutation = { finishPasskeyLogin:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type FinishPasskeyRegistrationMutationVariables = Exact<{
  input: FinishPasskeyRegistrationInput;
}>;


export type FinishPasskeyRegistrationMutation = { finishPasskeyRegistration:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasskeySaved', passkey: { id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null }, user: { id: string } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type PasskeyFieldsFragment = { id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { health: { status: HealthStatus, version: string, database: HealthStatus, store: HealthStatus } };

export type IdentitiesQueryVariables = Exact<{ [key: string]: never; }>;


export type IdentitiesQuery = { me?: { id: string, email?: string | null, emailVerified: boolean, hasPassword: boolean, identities: Array<{ id: string, provider: string, email?: string | null, createdAt: string }> } | null };

export type ImpersonateMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type ImpersonateMutation = { impersonate:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Impersonation', accessToken: string, accessTokenExpiresAt: string, session: { id: string, device: string, isImpersonation: boolean, expiresAt: string }, user: { id: string } }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type LogoutAllMutationVariables = Exact<{
  input?: LogoutAllInput;
}>;


export type LogoutAllMutation = { logoutAll:
    | { __typename: 'InvalidInput' }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type LogoutMutationVariables = Exact<{
  input?: LogoutInput;
}>;


export type LogoutMutation = { logout:
    | { __typename: 'InvalidInput' }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me?: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, hasPassword: boolean, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number, lastLoginAt?: string | null, createdAt: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, sessions: Array<{ id: string, device: string, ipAddress?: string | null, isCurrent: boolean, isImpersonation: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type NodeQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type NodeQuery = { node?:
    | { __typename: 'Session', device: string, isCurrent: boolean, lastUsedAt: string, expiresAt: string, id: string }
    | { __typename: 'User', email?: string | null, emailVerified: boolean, isActive: boolean, roles: Array<Role>, id: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null }
   | null };

export type PasskeysQueryVariables = Exact<{ [key: string]: never; }>;


export type PasskeysQuery = { me?: { id: string, passkeys: Array<{ id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null }> } | null };

export type ReauthenticateMutationVariables = Exact<{
  input: ReauthenticateInput;
}>;


export type ReauthenticateMutation = { reauthenticate:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'Reauthenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, recentUntil: string }
   };

export type RefreshMutationVariables = Exact<{
  input?: RefreshInput;
}>;


export type RefreshMutation = { refresh:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'RefreshRejected', message: string, reason: RefreshFailure }
   };

export type RegenerateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type RegenerateRecoveryCodesMutation = { regenerateRecoveryCodes:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'NoSecondFactor', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type RegisterEmailMutationVariables = Exact<{
  input: RegisterEmailInput;
}>;


export type RegisterEmailMutation = { registerEmail:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RemovePasskeyMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RemovePasskeyMutation = { removePasskey:
    | { __typename: 'LastSignInMethod', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasskeyRemoved', user: { id: string, passkeys: Array<{ id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null }> } }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type RenamePasskeyMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
}>;


export type RenamePasskeyMutation = { renamePasskey:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasskeySaved', passkey: { id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null } }
   };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { requestEmailChange:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type RequestEmailOtpMutationVariables = Exact<{
  input: RequestEmailOtpInput;
}>;


export type RequestEmailOtpMutation = { requestEmailOtp:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestEmailVerificationMutationVariables = Exact<{
  input: RequestEmailVerificationInput;
}>;


export type RequestEmailVerificationMutation = { requestEmailVerification:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SmsUnavailable', message: string }
   };

export type RequestPhoneOtpMutationVariables = Exact<{
  input: RequestPhoneOtpInput;
}>;


export type RequestPhoneOtpMutation = { requestPhoneOtp:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SmsUnavailable', message: string }
   };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasswordChanged', sessionsEnded: number }
    | { __typename: 'PasswordRequired', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type ResetSecondFactorsMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type ResetSecondFactorsMutation = { resetSecondFactors:
    | { __typename: 'AdminUser', user: { id: string } }
    | { __typename: 'EmailTaken' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken' }
    | { __typename: 'RateLimited' }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'UserChanged' }
   };

export type RetryDeliveryMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RetryDeliveryMutation = { retryDelivery:
    | { __typename: 'DeliveryRetried', delivery: { id: string, state: DeliveryState, attempts: number, nextAttemptAt?: string | null } }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'NotRetriable', message: string }
   };

export type RevokeSessionMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RevokeSessionMutation = { revokeSession:
    | { __typename: 'InvalidInput' }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type SecurityEventsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type SecurityEventsQuery = { me?: { id: string, securityEvents: { nodes: Array<{ id: string, at: string, count: number, lastAt?: string | null, kind: string, outcome: string, byAdministrator: boolean, sessionId?: string | null, method?: string | null, ipAddress?: string | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } } | null };

export type SendPasswordResetMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type SendPasswordResetMutation = { sendPasswordReset:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasswordLinkSent', sentTo: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type SetSecondFactorRequiredMutationVariables = Exact<{
  required: Scalars['Boolean']['input'];
}>;


export type SetSecondFactorRequiredMutation = { setSecondFactorRequired:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'NoSecondFactor', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { settings: { signUpOpen: boolean, emailVerification: EmailVerificationPolicy, emailSignIn: boolean, phoneSignIn: boolean, passkeys: boolean, secondFactors: boolean, passwordMinLength: number, passwordMaxLength: number, passwordMinStrength: number, locales: Array<string> } };

export type SigningKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type SigningKeysQuery = { signingKeys: Array<{ kid: string, algorithm: string, state: SigningKeyState, createdAt: string, signsFrom: string, signsUntil?: string | null, verifiesUntil?: string | null }> };

export type SocialAuthorizeMutationVariables = Exact<{
  input: SocialAuthorizeInput;
}>;


export type SocialAuthorizeMutation = { socialAuthorize:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SocialAuthorization', url: string, state: string, challengeId: string, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
   };

export type SocialCallbackMutationVariables = Exact<{
  input: SocialCallbackInput;
}>;


export type SocialCallbackMutation = { socialCallback:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'IdentityConflict', message: string }
    | { __typename: 'IdentityLinked', identity: { id: string, provider: string, email?: string | null, createdAt: string }, user: { id: string } }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
    | { __typename: 'SocialRejected', message: string, reason: SocialFailure }
   };

export type IdentityLinkedFieldsFragment = { identity: { id: string, provider: string, email?: string | null, createdAt: string }, user: { id: string } };

export type SocialProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type SocialProvidersQuery = { socialProviders: Array<{ name: string, label: string }> };

export type SocialTokenLoginMutationVariables = Exact<{
  input: SocialTokenLoginInput;
}>;


export type SocialTokenLoginMutation = { socialTokenLogin:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'IdentityConflict', message: string }
    | { __typename: 'IdentityLinked' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
    | { __typename: 'SocialRejected', message: string, reason: SocialFailure }
   };

export type StartPasskeyLoginMutationVariables = Exact<{ [key: string]: never; }>;


export type StartPasskeyLoginMutation = { startPasskeyLogin:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'PasskeyLogin', challengeId: string, options: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type StartPasskeyRegistrationMutationVariables = Exact<{ [key: string]: never; }>;


export type StartPasskeyRegistrationMutation = { startPasskeyRegistration:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasskeyRegistration', challengeId: string, options: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type StartTotpEnrollmentMutationVariables = Exact<{ [key: string]: never; }>;


export type StartTotpEnrollmentMutation = { startTotpEnrollment:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'TotpEnrollment', challengeId: string, secret: string, uri: string, qrCode: string, expiresAt: string }
   };

export type StatisticsQueryVariables = Exact<{
  hours?: InputMaybe<Scalars['Int']['input']>;
}>;


export type StatisticsQuery = { statistics: { hours: Array<string>, signUps: Array<number>, signIns: Array<{ method?: string | null, outcome: string, counts: Array<number> }>, deliveries: Array<{ channel: DeliveryChannel, state: DeliveryState, countedSince: string, counts: Array<number> }> } };

export type UnlinkIdentityMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type UnlinkIdentityMutation = { unlinkIdentity:
    | { __typename: 'IdentityUnlinked', user: { id: string, identities: Array<{ id: string, provider: string }> } }
    | { __typename: 'LastSignInMethod', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { updateProfile:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'ProfileUpdated', user: { id: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
   };

export type UpdateUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  input: UpdateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
  expectedUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type UpdateUserMutation = { updateUser:
    | { __typename: 'AdminUser', user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited' }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'UserChanged', message: string, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
   };

export type UserQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type UserQuery = { user?: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, sessions: Array<{ id: string, device: string, ipAddress?: string | null, isCurrent: boolean, isImpersonation: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type UsersQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  orderBy?: InputMaybe<UserOrder>;
}>;


export type UsersQuery = { users: { edges: Array<{ cursor: string, node: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type UserCountQueryVariables = Exact<{
  filter?: InputMaybe<UserFilter>;
}>;


export type UserCountQuery = { users: { totalCount: number, totalCountIsEstimate: boolean } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { verifyEmail:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailVerified', email: string, passwordRemoved: boolean }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type VerifySecondFactorMutationVariables = Exact<{
  input: VerifySecondFactorInput;
}>;


export type VerifySecondFactorMutation = { verifySecondFactor:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type VerifyTokenQueryVariables = Exact<{
  token: Scalars['String']['input'];
}>;


export type VerifyTokenQuery = { verifyToken: { active: boolean, tokenType?: TokenType | null, userId?: string | null, sessionId?: string | null, expiresAt?: string | null } };

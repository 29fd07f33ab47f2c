import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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

export type ConsoleEventsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
}>;


export type ConsoleEventsQuery = { __typename?: 'Query', auditEvents: { __typename?: 'AuditEventConnection', nodes: Array<{ __typename?: 'AuditEvent', id: string, at: string, lastAt?: string | null, count: number, kind: string, outcome: string, method?: string | null, userId?: string | null, actorId?: string | null, reason?: string | null, sessionId?: string | null, ipAddress?: string | null, requestId?: string | null, user?: { __typename?: 'User', id: string, email?: string | null, phone?: string | null } | null, actor?: { __typename?: 'User', id: string, email?: string | null, phone?: string | null } | null, facts: Array<{ __typename?: 'AuditFact', name: string, value: string }> }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type ConsoleEventFragment = { __typename?: 'AuditEvent', id: string, at: string, lastAt?: string | null, count: number, kind: string, outcome: string, method?: string | null, userId?: string | null, actorId?: string | null, reason?: string | null, sessionId?: string | null, ipAddress?: string | null, requestId?: string | null, user?: { __typename?: 'User', id: string, email?: string | null, phone?: string | null } | null, actor?: { __typename?: 'User', id: string, email?: string | null, phone?: string | null } | null, facts: Array<{ __typename?: 'AuditFact', name: string, value: string }> };

export type ConsoleUserNameQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ConsoleUserNameQuery = { __typename?: 'Query', user?: { __typename?: 'User', id: string, email?: string | null, phone?: string | null } | null };

export type ConsoleFindUsersQueryVariables = Exact<{
  search: Scalars['String']['input'];
}>;


export type ConsoleFindUsersQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', nodes: Array<{ __typename?: 'User', id: string, email?: string | null, phone?: string | null, firstName?: string | null, lastName?: string | null }> } };

export type ConsoleDeliveriesQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
}>;


export type ConsoleDeliveriesQuery = { __typename?: 'Query', deliveries: { __typename?: 'DeliveryConnection', nodes: Array<{ __typename?: 'Delivery', id: string, channel: DeliveryChannel, kind: string, recipient: string, state: DeliveryState, attempts: number, createdAt: string, nextAttemptAt?: string | null, error?: string | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type ConsoleRetryDeliveryMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ConsoleRetryDeliveryMutation = { __typename?: 'Mutation', retryDelivery:
    | { __typename: 'DeliveryRetried', delivery: { __typename?: 'Delivery', id: string, channel: DeliveryChannel, kind: string, recipient: string, state: DeliveryState, attempts: number, createdAt: string, nextAttemptAt?: string | null, error?: string | null } }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'NotRetriable', message: string }
   };

export type ConsoleDeliveryFragment = { __typename?: 'Delivery', id: string, channel: DeliveryChannel, kind: string, recipient: string, state: DeliveryState, attempts: number, createdAt: string, nextAttemptAt?: string | null, error?: string | null };

export type ConsoleSigningKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleSigningKeysQuery = { __typename?: 'Query', signingKeys: Array<{ __typename?: 'SigningKey', kid: string, algorithm: string, state: SigningKeyState, createdAt: string, signsFrom: string, signsUntil?: string | null, verifiesUntil?: string | null }> };

export type ConsoleHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleHealthQuery = { __typename?: 'Query', health: { __typename?: 'Health', status: HealthStatus, database: HealthStatus, store: HealthStatus, version: string } };

export type ConsoleStatisticsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleStatisticsQuery = { __typename?: 'Query', statistics: { __typename?: 'Statistics', hours: Array<string>, signUps: Array<number>, signIns: Array<{ __typename?: 'SignInCounts', method?: string | null, outcome: string, counts: Array<number> }>, deliveries: Array<{ __typename?: 'DeliveryCounts', channel: DeliveryChannel, state: DeliveryState, counts: Array<number> }> } };

export type ConsoleSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleSettingsQuery = { __typename?: 'Query', effectiveSettings: Array<{ __typename?: 'EffectiveSetting', name: string, value?: string | null, isSet: boolean, isSecret: boolean, section?: string | null, description: string }> };

export type ConsoleCreateUserMutationVariables = Exact<{
  input: CreateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleCreateUserMutation = { __typename?: 'Mutation', createUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', retryAfter: number, message: string }
    | { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string }
    | { __typename: 'UserChanged', message: string }
   };

export type ListedUserFragment = { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, roles: Array<Role>, permissions: Array<string>, isActive: boolean, hasPassword: boolean, secondFactorRequired: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string };

export type ConsoleUsersQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  orderBy?: InputMaybe<UserOrder>;
}>;


export type ConsoleUsersQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', nodes: Array<{ __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, roles: Array<Role>, permissions: Array<string>, isActive: boolean, hasPassword: boolean, secondFactorRequired: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type ConsoleUserCountQueryVariables = Exact<{
  filter?: InputMaybe<UserFilter>;
}>;


export type ConsoleUserCountQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', totalCount: number, totalCountIsEstimate: boolean } };

type Refused_AccountDisabled_Fragment = { __typename: 'AccountDisabled', message: string };

type Refused_ChallengeFailed_Fragment = { __typename: 'ChallengeFailed', message: string };

type Refused_EmailTaken_Fragment = { __typename: 'EmailTaken', message: string };

type Refused_FeatureDisabled_Fragment = { __typename: 'FeatureDisabled', message: string };

type Refused_IdentityConflict_Fragment = { __typename: 'IdentityConflict', message: string };

type Refused_InvalidCredentials_Fragment = { __typename: 'InvalidCredentials', message: string };

type Refused_InvalidInput_Fragment = { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> };

type Refused_LastAdministrator_Fragment = { __typename: 'LastAdministrator', message: string };

type Refused_LastSignInMethod_Fragment = { __typename: 'LastSignInMethod', message: string };

type Refused_NoSecondFactor_Fragment = { __typename: 'NoSecondFactor', message: string };

type Refused_NotFound_Fragment = { __typename: 'NotFound', message: string };

type Refused_NotRetriable_Fragment = { __typename: 'NotRetriable', message: string };

type Refused_OwnAccount_Fragment = { __typename: 'OwnAccount', message: string };

type Refused_PasswordRequired_Fragment = { __typename: 'PasswordRequired', message: string };

type Refused_PhoneTaken_Fragment = { __typename: 'PhoneTaken', message: string };

type Refused_RateLimited_Fragment = { __typename: 'RateLimited', retryAfter: number, message: string };

type Refused_ReauthenticationRequired_Fragment = { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string };

type Refused_RefreshRejected_Fragment = { __typename: 'RefreshRejected', message: string };

type Refused_SmsUnavailable_Fragment = { __typename: 'SmsUnavailable', message: string };

type Refused_SocialProviderUnavailable_Fragment = { __typename: 'SocialProviderUnavailable', message: string };

type Refused_SocialRejected_Fragment = { __typename: 'SocialRejected', message: string };

type Refused_UserChanged_Fragment = { __typename: 'UserChanged', message: string };

export type RefusedFragment =
  | Refused_AccountDisabled_Fragment
  | Refused_ChallengeFailed_Fragment
  | Refused_EmailTaken_Fragment
  | Refused_FeatureDisabled_Fragment
  | Refused_IdentityConflict_Fragment
  | Refused_InvalidCredentials_Fragment
  | Refused_InvalidInput_Fragment
  | Refused_LastAdministrator_Fragment
  | Refused_LastSignInMethod_Fragment
  | Refused_NoSecondFactor_Fragment
  | Refused_NotFound_Fragment
  | Refused_NotRetriable_Fragment
  | Refused_OwnAccount_Fragment
  | Refused_PasswordRequired_Fragment
  | Refused_PhoneTaken_Fragment
  | Refused_RateLimited_Fragment
  | Refused_ReauthenticationRequired_Fragment
  | Refused_RefreshRejected_Fragment
  | Refused_SmsUnavailable_Fragment
  | Refused_SocialProviderUnavailable_Fragment
  | Refused_SocialRejected_Fragment
  | Refused_UserChanged_Fragment
;

export type ShownUserFragment = { __typename?: 'User', publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, totpEnabled: boolean, id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, roles: Array<Role>, permissions: Array<string>, isActive: boolean, hasPassword: boolean, secondFactorRequired: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, identities: Array<{ __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }>, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, createdAt: string, lastUsedAt: string, isImpersonation: boolean }> };

export type ConsoleUserQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  isAdmin: Scalars['Boolean']['input'];
}>;


export type ConsoleUserQuery = { __typename?: 'Query', user?: { __typename?: 'User', recoveryCodesRemaining?: number, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, totpEnabled: boolean, id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, roles: Array<Role>, permissions: Array<string>, isActive: boolean, hasPassword: boolean, secondFactorRequired: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, passkeys?: Array<{ __typename?: 'Passkey', id: string, name: string, createdAt: string, lastUsedAt?: string | null }>, identities: Array<{ __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }>, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, createdAt: string, lastUsedAt: string, isImpersonation: boolean }> } | null };

export type ConsoleUserHistoryQueryVariables = Exact<{
  filter: AuditEventFilter;
}>;


export type ConsoleUserHistoryQuery = { __typename?: 'Query', auditEvents: { __typename?: 'AuditEventConnection', nodes: Array<{ __typename?: 'AuditEvent', id: string, at: string, kind: string, outcome: string, method?: string | null, count: number }> } };

export type ConsoleUpdateUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  input: UpdateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
  expectedUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type ConsoleUpdateUserMutation = { __typename?: 'Mutation', updateUser:
    | { __typename: 'AdminUser' }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', retryAfter: number, message: string }
    | { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string }
    | { __typename: 'UserChanged', message: string, user: { __typename?: 'User', publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, totpEnabled: boolean, id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, roles: Array<Role>, permissions: Array<string>, isActive: boolean, hasPassword: boolean, secondFactorRequired: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, identities: Array<{ __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }>, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, createdAt: string, lastUsedAt: string, isImpersonation: boolean }> } }
   };

export type ConsoleDeleteUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleDeleteUserMutation = { __typename?: 'Mutation', deleteUser:
    | { __typename: 'AdminUser' }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', retryAfter: number, message: string }
    | { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string }
    | { __typename: 'UserChanged', message: string }
   };

export type ConsoleEndUserSessionsMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleEndUserSessionsMutation = { __typename?: 'Mutation', endUserSessions:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type ConsoleEndUserSessionMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  sessionId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleEndUserSessionMutation = { __typename?: 'Mutation', endUserSession:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type ConsoleSendPasswordResetMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleSendPasswordResetMutation = { __typename?: 'Mutation', sendPasswordReset:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasswordLinkSent', sentTo: string }
    | { __typename: 'RateLimited', retryAfter: number, message: string }
    | { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string }
   };

export type ConsoleResetSecondFactorsMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type ConsoleResetSecondFactorsMutation = { __typename?: 'Mutation', resetSecondFactors:
    | { __typename: 'AdminUser' }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', retryAfter: number, message: string }
    | { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string }
    | { __typename: 'UserChanged', message: string }
   };

export type ConsoleImpersonateMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type ConsoleImpersonateMutation = { __typename?: 'Mutation', impersonate:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Impersonation', accessToken: string, accessTokenExpiresAt: string, session: { __typename?: 'Session', id: string } }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'ReauthenticationRequired', methods: Array<ReauthenticationMethod>, message: string }
   };

export type ConsoleViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleViewerQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, email?: string | null, phone?: string | null, firstName?: string | null, lastName?: string | null, roles: Array<Role> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ConsoleEventFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ConsoleEvent on AuditEvent {
  id
  at
  lastAt
  count
  kind
  outcome
  method
  userId
  user {
    id
    email
    phone
  }
  actorId
  actor {
    id
    email
    phone
  }
  reason
  sessionId
  ipAddress
  requestId
  facts {
    name
    value
  }
}
    `, {"fragmentName":"ConsoleEvent"}) as unknown as TypedDocumentString<ConsoleEventFragment, unknown>;
export const ConsoleDeliveryFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ConsoleDelivery on Delivery {
  id
  channel
  kind
  recipient
  state
  attempts
  createdAt
  nextAttemptAt
  error
}
    `, {"fragmentName":"ConsoleDelivery"}) as unknown as TypedDocumentString<ConsoleDeliveryFragment, unknown>;
export const RefusedFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}
    `, {"fragmentName":"Refused"}) as unknown as TypedDocumentString<RefusedFragment, unknown>;
export const ListedUserFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ListedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  roles
  permissions
  isActive
  hasPassword
  secondFactorRequired
  lastLoginAt
  createdAt
  updatedAt
}
    `, {"fragmentName":"ListedUser"}) as unknown as TypedDocumentString<ListedUserFragment, unknown>;
export const ShownUserFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ShownUser on User {
  ...ListedUser
  publicMetadata
  privateMetadata
  totpEnabled
  identities {
    id
    provider
    email
    createdAt
  }
  sessions(first: 100) {
    id
    device
    ipAddress
    createdAt
    lastUsedAt
    isImpersonation
  }
}
    fragment ListedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  roles
  permissions
  isActive
  hasPassword
  secondFactorRequired
  lastLoginAt
  createdAt
  updatedAt
}`, {"fragmentName":"ShownUser"}) as unknown as TypedDocumentString<ShownUserFragment, unknown>;
export const ConsoleEventsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleEvents($first: Int, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {
  auditEvents(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...ConsoleEvent
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ConsoleEvent on AuditEvent {
  id
  at
  lastAt
  count
  kind
  outcome
  method
  userId
  user {
    id
    email
    phone
  }
  actorId
  actor {
    id
    email
    phone
  }
  reason
  sessionId
  ipAddress
  requestId
  facts {
    name
    value
  }
}`) as unknown as TypedDocumentString<ConsoleEventsQuery, ConsoleEventsQueryVariables>;
export const ConsoleUserNameDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleUserName($id: ID!) {
  user(id: $id) {
    id
    email
    phone
  }
}
    `) as unknown as TypedDocumentString<ConsoleUserNameQuery, ConsoleUserNameQueryVariables>;
export const ConsoleFindUsersDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleFindUsers($search: String!) {
  users(first: 5, filter: {search: $search}) {
    nodes {
      id
      email
      phone
      firstName
      lastName
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleFindUsersQuery, ConsoleFindUsersQueryVariables>;
export const ConsoleDeliveriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleDeliveries($first: Int, $after: String, $last: Int, $before: String, $filter: DeliveryFilter) {
  deliveries(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...ConsoleDelivery
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ConsoleDelivery on Delivery {
  id
  channel
  kind
  recipient
  state
  attempts
  createdAt
  nextAttemptAt
  error
}`) as unknown as TypedDocumentString<ConsoleDeliveriesQuery, ConsoleDeliveriesQueryVariables>;
export const ConsoleRetryDeliveryDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleRetryDelivery($id: ID!) {
  retryDelivery(id: $id) {
    __typename
    ... on DeliveryRetried {
      delivery {
        ...ConsoleDelivery
      }
    }
    ... on NotFound {
      message
    }
    ... on NotRetriable {
      message
    }
  }
}
    fragment ConsoleDelivery on Delivery {
  id
  channel
  kind
  recipient
  state
  attempts
  createdAt
  nextAttemptAt
  error
}`) as unknown as TypedDocumentString<ConsoleRetryDeliveryMutation, ConsoleRetryDeliveryMutationVariables>;
export const ConsoleSigningKeysDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleSigningKeys {
  signingKeys {
    kid
    algorithm
    state
    createdAt
    signsFrom
    signsUntil
    verifiesUntil
  }
}
    `) as unknown as TypedDocumentString<ConsoleSigningKeysQuery, ConsoleSigningKeysQueryVariables>;
export const ConsoleHealthDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleHealth {
  health {
    status
    database
    store
    version
  }
}
    `) as unknown as TypedDocumentString<ConsoleHealthQuery, ConsoleHealthQueryVariables>;
export const ConsoleStatisticsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleStatistics {
  statistics(hours: 24) {
    hours
    signIns {
      method
      outcome
      counts
    }
    signUps
    deliveries {
      channel
      state
      counts
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleStatisticsQuery, ConsoleStatisticsQueryVariables>;
export const ConsoleSettingsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleSettings {
  effectiveSettings {
    name
    value
    isSet
    isSecret
    section
    description
  }
}
    `) as unknown as TypedDocumentString<ConsoleSettingsQuery, ConsoleSettingsQueryVariables>;
export const ConsoleCreateUserDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleCreateUser($input: CreateUserInput!, $reason: String) {
  createUser(input: $input, reason: $reason) {
    __typename
    ...Refused
    ... on AdminUser {
      user {
        id
      }
    }
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleCreateUserMutation, ConsoleCreateUserMutationVariables>;
export const ConsoleUsersDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleUsers($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {
  users(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    orderBy: $orderBy
  ) {
    nodes {
      ...ListedUser
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ListedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  roles
  permissions
  isActive
  hasPassword
  secondFactorRequired
  lastLoginAt
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<ConsoleUsersQuery, ConsoleUsersQueryVariables>;
export const ConsoleUserCountDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleUserCount($filter: UserFilter) {
  users(first: 1, filter: $filter) {
    totalCount
    totalCountIsEstimate
  }
}
    `) as unknown as TypedDocumentString<ConsoleUserCountQuery, ConsoleUserCountQueryVariables>;
export const ConsoleUserDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleUser($id: ID!, $isAdmin: Boolean!) {
  user(id: $id) {
    ...ShownUser
    passkeys @include(if: $isAdmin) {
      id
      name
      createdAt
      lastUsedAt
    }
    recoveryCodesRemaining @include(if: $isAdmin)
  }
}
    fragment ListedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  roles
  permissions
  isActive
  hasPassword
  secondFactorRequired
  lastLoginAt
  createdAt
  updatedAt
}
fragment ShownUser on User {
  ...ListedUser
  publicMetadata
  privateMetadata
  totpEnabled
  identities {
    id
    provider
    email
    createdAt
  }
  sessions(first: 100) {
    id
    device
    ipAddress
    createdAt
    lastUsedAt
    isImpersonation
  }
}`) as unknown as TypedDocumentString<ConsoleUserQuery, ConsoleUserQueryVariables>;
export const ConsoleUserHistoryDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleUserHistory($filter: AuditEventFilter!) {
  auditEvents(first: 10, filter: $filter) {
    nodes {
      id
      at
      kind
      outcome
      method
      count
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleUserHistoryQuery, ConsoleUserHistoryQueryVariables>;
export const ConsoleUpdateUserDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleUpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String, $expectedUpdatedAt: DateTime) {
  updateUser(
    id: $id
    input: $input
    reason: $reason
    expectedUpdatedAt: $expectedUpdatedAt
  ) {
    __typename
    ...Refused
    ... on UserChanged {
      user {
        ...ShownUser
      }
    }
  }
}
    fragment ListedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  roles
  permissions
  isActive
  hasPassword
  secondFactorRequired
  lastLoginAt
  createdAt
  updatedAt
}
fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}
fragment ShownUser on User {
  ...ListedUser
  publicMetadata
  privateMetadata
  totpEnabled
  identities {
    id
    provider
    email
    createdAt
  }
  sessions(first: 100) {
    id
    device
    ipAddress
    createdAt
    lastUsedAt
    isImpersonation
  }
}`) as unknown as TypedDocumentString<ConsoleUpdateUserMutation, ConsoleUpdateUserMutationVariables>;
export const ConsoleDeleteUserDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleDeleteUser($id: ID!, $reason: String) {
  deleteUser(id: $id, reason: $reason) {
    __typename
    ...Refused
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleDeleteUserMutation, ConsoleDeleteUserMutationVariables>;
export const ConsoleEndUserSessionsDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleEndUserSessions($id: ID!, $reason: String) {
  endUserSessions(id: $id, reason: $reason) {
    __typename
    ...Refused
    ... on LoggedOut {
      sessionsEnded
    }
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleEndUserSessionsMutation, ConsoleEndUserSessionsMutationVariables>;
export const ConsoleEndUserSessionDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleEndUserSession($userId: ID!, $sessionId: ID!, $reason: String) {
  endUserSession(userId: $userId, sessionId: $sessionId, reason: $reason) {
    __typename
    ...Refused
    ... on LoggedOut {
      sessionsEnded
    }
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleEndUserSessionMutation, ConsoleEndUserSessionMutationVariables>;
export const ConsoleSendPasswordResetDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleSendPasswordReset($id: ID!, $reason: String) {
  sendPasswordReset(userId: $id, reason: $reason) {
    __typename
    ...Refused
    ... on PasswordLinkSent {
      sentTo
    }
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleSendPasswordResetMutation, ConsoleSendPasswordResetMutationVariables>;
export const ConsoleResetSecondFactorsDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleResetSecondFactors($id: ID!, $reason: String!) {
  resetSecondFactors(userId: $id, reason: $reason) {
    __typename
    ...Refused
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleResetSecondFactorsMutation, ConsoleResetSecondFactorsMutationVariables>;
export const ConsoleImpersonateDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ConsoleImpersonate($id: ID!, $reason: String!) {
  impersonate(userId: $id, reason: $reason) {
    __typename
    ...Refused
    ... on Impersonation {
      accessToken
      accessTokenExpiresAt
      session {
        id
      }
    }
  }
}
    fragment Refused on Problem {
  __typename
  message
  ... on InvalidInput {
    fields {
      path
      code
      message
      limit
    }
  }
  ... on RateLimited {
    retryAfter
  }
  ... on ReauthenticationRequired {
    methods
  }
}`) as unknown as TypedDocumentString<ConsoleImpersonateMutation, ConsoleImpersonateMutationVariables>;
export const ConsoleViewerDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ConsoleViewer {
  me {
    id
    email
    phone
    firstName
    lastName
    roles
  }
}
    `) as unknown as TypedDocumentString<ConsoleViewerQuery, ConsoleViewerQueryVariables>;
/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** The account was deleted. Its tokens are no longer accepted. */
export type AccountDeleted = {
  __typename?: 'AccountDeleted';
  /** Number of sessions ended, including the current one. */
  sessionsEnded: Scalars['Int']['output'];
};

/** The account is deactivated. Returned only after the credentials were verified. */
export type AccountDisabled = Problem & {
  __typename?: 'AccountDisabled';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The change was made. */
export type AdminUser = {
  __typename?: 'AdminUser';
  /** The user after the change. For deleteUser: before the deletion. */
  user: User;
};

/** Possible outcomes of an administrative change. ReauthenticationRequired: the administrator has not signed in within the last ten minutes. OwnAccount and LastAdministrator: the change could have locked you out; use the operations for your own account, or ask another administrator. RateLimited: the invitation cannot be sent now and no account was created. UserChanged: only from updateUser with expectedUpdatedAt. */
export type AdminUserResult = AdminUser | EmailTaken | InvalidInput | LastAdministrator | NotFound | OwnAccount | PhoneTaken | RateLimited | ReauthenticationRequired | UserChanged;

/** An event in the audit log. */
export type AuditEvent = {
  __typename?: 'AuditEvent';
  /** The administrator who acted, as the account is now. Null if the user acted, or if it was deleted. */
  actor?: Maybe<User>;
  /** ID of the administrator who acted. Null if the user acted. */
  actorId?: Maybe<Scalars['ID']['output']>;
  /** When it happened; if more than once, the first time. */
  at: Scalars['DateTime']['output'];
  /** How many times it happened. Refusals of the same kind from the same network within ten minutes are one event, and those of the last seconds may not be counted yet. */
  count: Scalars['Int']['output'];
  /** Additional details. */
  facts: Array<AuditFact>;
  /** Event ID. */
  id: Scalars['ID']['output'];
  /** IP address of the request. Removed when the account is deleted. */
  ipAddress?: Maybe<Scalars['String']['output']>;
  /** Event type, such as sign-in. All types are listed in docs/audit.md. */
  kind: Scalars['String']['output'];
  /** The last time, if it happened more than once. */
  lastAt?: Maybe<Scalars['DateTime']['output']>;
  /** Authentication method, such as password. */
  method?: Maybe<Scalars['String']['output']>;
  /** Outcome, such as succeeded. */
  outcome: Scalars['String']['output'];
  /** The reason the administrator gave. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The x-request-id of the response, for finding the request in the logs. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** ID of the affected session. */
  sessionId?: Maybe<Scalars['ID']['output']>;
  /** The affected user as the account is now. Null if not known or deleted. */
  user?: Maybe<User>;
  /** ID of the affected user, if known. The user may have been deleted. */
  userId?: Maybe<Scalars['ID']['output']>;
};

/** A page of audit events, newest first. */
export type AuditEventConnection = {
  __typename?: 'AuditEventConnection';
  /** The events on this page, with their cursors. */
  edges: Array<AuditEventEdge>;
  /** The events on this page. */
  nodes: Array<AuditEvent>;
  /** Pagination details. */
  pageInfo: PageInfo;
};

/** A position in a page of events. */
export type AuditEventEdge = {
  __typename?: 'AuditEventEdge';
  /** Position in the list. Pass it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: AuditEvent;
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

/** An additional detail of an event. */
export type AuditFact = {
  __typename?: 'AuditFact';
  /** Name, such as newDevice. All names are listed in docs/audit.md. */
  name: Scalars['String']['output'];
  /** Value: text, a number, true or false. */
  value: Scalars['String']['output'];
};

/** The user is signed in. */
export type Authenticated = {
  __typename?: 'Authenticated';
  /** A short-lived JWT (RFC 9068). Send it as Authorization: Bearer. */
  accessToken: Scalars['String']['output'];
  /** When the access token expires. Refresh before then. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** Lifetime in seconds. Use it if the device clock may be wrong. */
  accessTokenExpiresIn: Scalars['Int']['output'];
  /** Whether this operation created the account. */
  isNewUser: Scalars['Boolean']['output'];
  /** Null if transport is COOKIE: the token is then only in an HttpOnly cookie. */
  refreshToken?: Maybe<Scalars['String']['output']>;
  /** When the refresh token expires if it is not used. Refreshing replaces it. */
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
  /** The session that the tokens belong to. */
  session: Session;
  /** The signed-in user. */
  user: User;
};

/** A code or link is being sent; complete the flow with it. The response is the same for known and unknown addresses. */
export type Challenge = {
  __typename?: 'Challenge';
  /** Delivery channel. */
  channel: Channel;
  /** Number of digits in the code; 0 if the message contains only a link. */
  codeLength: Scalars['Int']['output'];
  /** When the code expires. The link may be valid for longer. */
  expiresAt: Scalars['DateTime']['output'];
  /** Challenge ID. Keep it and send it with the code. */
  id: Scalars['ID']['output'];
  /** Earliest time at which another message can be requested. */
  resendAt: Scalars['DateTime']['output'];
  /** The recipient, masked: a•••@example.com, •••• 4567. */
  sentTo: Scalars['String']['output'];
};

/** The code or link was not accepted. */
export type ChallengeFailed = Problem & {
  __typename?: 'ChallengeFailed';
  /** Guesses left for this challenge. */
  attemptsRemaining: Scalars['Int']['output'];
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Why it was rejected. */
  reason: ChallengeFailure;
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

/** Possible outcomes of requesting a code or link. */
export type ChallengeResult = Challenge | InvalidInput | RateLimited;

/** The current and the new password. */
export type ChangePasswordInput = {
  /** Required if the account has a password, except within ten minutes of reauthenticate. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  newPassword: Scalars['String']['input'];
};

/** Possible outcomes of changePassword. InvalidCredentials: the current password is wrong or missing. ReauthenticationRequired: there is no current password in the input, and no recent sign-in. */
export type ChangePasswordResult = InvalidCredentials | InvalidInput | PasswordChanged | RateLimited | ReauthenticationRequired;

/** Delivery channel of a message. */
export type Channel =
  /** Email. */
  | 'EMAIL'
  /** Text message. */
  | 'SMS';

/** Possible outcomes of confirmEmailChange. EmailTaken: another account has taken the address since the request. InvalidCredentials: a password was given and is wrong. */
export type ConfirmEmailChangeResult = ChallengeFailed | EmailChanged | EmailTaken | InvalidCredentials | InvalidInput | RateLimited;

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

/** Possible outcomes of confirmEmailOtp. Authenticated: isNewUser says whether it created the account, and user.hasPassword whether there is still a password if the address was not verified before. */
export type ConfirmEmailOtpResult = AccountDisabled | Authenticated | ChallengeFailed | InvalidInput | RateLimited | SecondFactorRequired;

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

/** Possible outcomes of confirmPhoneOtp. Challenge and PasswordRequired: the code was right, but the account has been unused for so long that a code by SMS is not sufficient. Challenge: a message was sent to the email address; complete the sign-in with verifyEmail. */
export type ConfirmPhoneOtpResult = AccountDisabled | Authenticated | Challenge | ChallengeFailed | InvalidInput | PasswordRequired | PhoneTaken | PhoneVerified | RateLimited | SecondFactorRequired;

/** The enrollment, and a code from the app. */
export type ConfirmTotpEnrollmentInput = {
  /** From TotpEnrollment. */
  challengeId: Scalars['ID']['input'];
  /** The current code of the app. It does not also work for a sign-in. */
  code: Scalars['String']['input'];
};

/** Possible outcomes of confirmTotpEnrollment. */
export type ConfirmTotpEnrollmentResult = ChallengeFailed | FeatureDisabled | InvalidInput | RateLimited | ReauthenticationRequired | SecondFactorChanged;

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

/** Possible outcomes of deleteAccount. InvalidCredentials: the password is wrong or missing. ReauthenticationRequired: there is no password in the input, and no recent sign-in. */
export type DeleteAccountResult = AccountDeleted | InvalidCredentials | LastAdministrator | RateLimited | ReauthenticationRequired;

/** Something that was or is to be sent, without its content. */
export type Delivery = {
  __typename?: 'Delivery';
  /** Attempts so far, since it was last retried by an administrator. */
  attempts: Scalars['Int']['output'];
  /** How it is delivered. */
  channel: DeliveryChannel;
  /** When it was written. */
  createdAt: Scalars['DateTime']['output'];
  /** Why the last attempt failed. Contains no secrets and no content. */
  error?: Maybe<Scalars['String']['output']>;
  /** Delivery ID. */
  id: Scalars['ID']['output'];
  /** Kind of message or event, such as verify-email or user.created. */
  kind: Scalars['String']['output'];
  /** Earliest time of the next attempt, if it is waiting. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** The masked address or number. For webhooks: the URL without credentials and query. Empty in rows of earlier versions. */
  recipient: Scalars['String']['output'];
  /** What became of it. */
  state: DeliveryState;
};

/** How something is delivered. */
export type DeliveryChannel =
  /** An email to a user. */
  | 'MAIL'
  /** A text message to a user. */
  | 'SMS'
  /** An event for another server: docs/webhooks.md. */
  | 'WEBHOOK';

/** A page of deliveries, newest first. */
export type DeliveryConnection = {
  __typename?: 'DeliveryConnection';
  /** The deliveries on this page, with their cursors. */
  edges: Array<DeliveryEdge>;
  /** The deliveries on this page. */
  nodes: Array<Delivery>;
  /** Pagination details. */
  pageInfo: PageInfo;
};

/** Deliveries of one channel and state. */
export type DeliveryCounts = {
  __typename?: 'DeliveryCounts';
  /** How they are delivered. */
  channel: DeliveryChannel;
  /** Counts of earlier hours are 0, because deliveries in this state may have been deleted since: sent and expired messages are kept for a day, sent webhooks for three. */
  countedSince: Scalars['DateTime']['output'];
  /** One count for each hour, oldest first. By the time when they were written. */
  counts: Array<Scalars['Int']['output']>;
  /** What has become of them so far. */
  state: DeliveryState;
};

/** A position in a page of deliveries. */
export type DeliveryEdge = {
  __typename?: 'DeliveryEdge';
  /** Position in the list. Pass it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The delivery. */
  node: Delivery;
};

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

/** The delivery is due again. */
export type DeliveryRetried = {
  __typename?: 'DeliveryRetried';
  /** The delivery, which is waiting now. */
  delivery: Delivery;
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

/** A setting of the server. */
export type EffectiveSetting = {
  __typename?: 'EffectiveSetting';
  /** What it does, in English, as in docs/settings.md. */
  description: Scalars['String']['output'];
  /** Whether the value is a secret, which is never shown. */
  isSecret: Scalars['Boolean']['output'];
  /** Whether it is set. If not, the default applies. */
  isSet: Scalars['Boolean']['output'];
  /** The variable, such as ACCESS_TOKEN_TTL. */
  name: Scalars['String']['output'];
  /** The section of docs/settings.md, in English. Null for settings of extensions. */
  section?: Maybe<Scalars['String']['output']>;
  /** The value, or the default. Null for secrets, and if there is no value. URLs have no credentials and no query. Cut off after 300 characters. */
  value?: Maybe<Scalars['String']['output']>;
};

/** The account has a new, verified address. The old address is notified. */
export type EmailChanged = {
  __typename?: 'EmailChanged';
  /** The user after the change. */
  user: User;
};

/** Another account has this email address. */
export type EmailTaken = Problem & {
  __typename?: 'EmailTaken';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** When users must verify their email address. */
export type EmailVerificationPolicy =
  /** Before the first sign-in after signing up. */
  | 'LOGIN'
  /** Never. */
  | 'OFF'
  /** Before the account is created. */
  | 'SIGN_UP';

/** The address is verified. No session was started. */
export type EmailVerified = {
  __typename?: 'EmailVerified';
  /** The verified address. */
  email: Scalars['String']['output'];
  /** Whether the account had a password that was removed, because the caller only opened a link: another person may have chosen it. A message with a link for choosing a new one was sent. */
  passwordRemoved: Scalars['Boolean']['output'];
};

/** This server does not offer it. The query settings says what it offers. */
export type FeatureDisabled = Problem & {
  __typename?: 'FeatureDisabled';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** What is wrong with one input field. */
export type FieldProblem = {
  __typename?: 'FieldProblem';
  /** Which rule it breaks. */
  code: FieldProblemCode;
  /** The limit that was not met: characters for TOO_SHORT and TOO_LONG (entries of a list, bytes of a JSON object), the minimum score (0 to 4) for TOO_WEAK. */
  limit?: Maybe<Scalars['Int']['output']>;
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Name of the input field, such as password. */
  path: Scalars['String']['output'];
};

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

/** Possible outcomes of finishPasskeyLogin. ChallengeFailed with PASSKEY_REJECTED: offer another way to sign in. */
export type FinishPasskeyLoginResult = AccountDisabled | Authenticated | ChallengeFailed | InvalidInput | RateLimited;

/** What the authenticator returned for the options. */
export type FinishPasskeyRegistrationInput = {
  /** The challengeId from startPasskeyRegistration. */
  challengeId: Scalars['ID']['input'];
  /** Name for the list of passkeys, at most 100 characters. By default derived from the browser. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** RegistrationResponseJSON as JSON text: in browsers, JSON.stringify(credential). */
  response: Scalars['String']['input'];
};

/** Possible outcomes of finishPasskeyRegistration. */
export type FinishPasskeyRegistrationResult = ChallengeFailed | InvalidInput | PasskeySaved | RateLimited;

/** Status of the server and its dependencies. */
export type Health = {
  __typename?: 'Health';
  /** PostgreSQL or the embedded database. */
  database: HealthStatus;
  /** DOWN if the database is down, is read-only or a standby, has no space for writes, or lacks migrations. */
  status: HealthStatus;
  /** Redis, if configured. While it is down, the database is used instead. */
  store: HealthStatus;
  /** Version of this server. */
  version: Scalars['String']['output'];
};

/** Whether a service is available. */
export type HealthStatus =
  /** Unavailable. */
  | 'DOWN'
  /** Available. */
  | 'UP';

/** An account at a social provider, linked for signing in. */
export type Identity = {
  __typename?: 'Identity';
  /** When the identity was linked. */
  createdAt: Scalars['DateTime']['output'];
  /** Email address at the provider when the identity was linked, verified or not. For display only: it is not used for sign-in. */
  email?: Maybe<Scalars['String']['output']>;
  /** Identity ID, for unlinkIdentity. */
  id: Scalars['ID']['output'];
  /** Provider name, such as google, as listed by socialProviders. */
  provider: Scalars['String']['output'];
};

/** The email address or identity belongs to an existing account, and the provider cannot confirm that the caller owns it: sign in to that account, then link the identity. */
export type IdentityConflict = Problem & {
  __typename?: 'IdentityConflict';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The identity is linked. The user can sign in with it. */
export type IdentityLinked = {
  __typename?: 'IdentityLinked';
  /** The linked identity. It may have been linked before. */
  identity: Identity;
  /** The user it is linked to. */
  user: User;
};

/** The identity was unlinked. Existing sessions continue. */
export type IdentityUnlinked = {
  __typename?: 'IdentityUnlinked';
  /** The user after the change. */
  user: User;
};

/** Possible outcomes of impersonate. InvalidInput: the reason is missing, or the user is staff or an administrator. OwnAccount: it is your own. */
export type ImpersonateResult = AccountDisabled | Impersonation | InvalidInput | NotFound | OwnAccount | ReauthenticationRequired;

/** An administrator acts as a user. */
export type Impersonation = {
  __typename?: 'Impersonation';
  /** A JWT (RFC 9068) of the user, with the claim act (RFC 8693): the ID of the administrator. There is no refresh token. */
  accessToken: Scalars['String']['output'];
  /** When the access token and the session expire: after 15 minutes. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** The session, which the user sees in the list, too. End it with logout. */
  session: Session;
  /** The user. */
  user: User;
};

/** The identifier or the password is wrong. Does not reveal which. */
export type InvalidCredentials = Problem & {
  __typename?: 'InvalidCredentials';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The input is not valid. */
export type InvalidInput = Problem & {
  __typename?: 'InvalidInput';
  /** The problems, one per field. */
  fields: Array<FieldProblem>;
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** This account is the only administrator: make another user an administrator first. */
export type LastAdministrator = Problem & {
  __typename?: 'LastAdministrator';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** This is the last way to sign in to the account. */
export type LastSignInMethod = Problem & {
  __typename?: 'LastSignInMethod';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The sessions have ended. Their tokens are no longer accepted. */
export type LoggedOut = {
  __typename?: 'LoggedOut';
  /** Number of sessions ended; 0 if they had already ended. */
  sessionsEnded: Scalars['Int']['output'];
};

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

/** Possible outcomes of login. Challenge: the password was right, but the address must be verified first, with verifyEmail. */
export type LoginResult = AccountDisabled | Authenticated | Challenge | InvalidCredentials | InvalidInput | RateLimited | SecondFactorRequired;

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

/** Possible outcomes of ending sessions. InvalidInput: only from endUserSession and endUserSessions. */
export type LogoutResult = InvalidInput | LoggedOut | NotFound;

export type Mutation = {
  __typename?: 'Mutation';
  /** Replaces the password, or sets the first one if the account has none (omit currentPassword; requires a sign-in within the last ten minutes). Ends the other sessions. */
  changePassword: ChangePasswordResult;
  /** Completes the change, with the code (signed in as the user who requested it) or with the token from the link (in any client). Does not start or end sessions; transport and device are ignored. The old address is notified and can undo the change for 72 hours. */
  confirmEmailChange: ConfirmEmailChangeResult;
  /** Completes the sign-in with the code (in the client that asked for it) or with the token from the link (in any client). An account whose address was never verified is handed over to the caller: what another person may have prepared is removed, unless the caller is signed in to the account. */
  confirmEmailOtp: ConfirmEmailOtpResult;
  /** Completes the flow with the code. With VERIFY, the caller must be signed in as the user who requested the code. */
  confirmPhoneOtp: ConfirmPhoneOtpResult;
  /** Turns on the authenticator app, in place of an earlier one, and requires a second factor from now on. Requires a sign-in within the last ten minutes. */
  confirmTotpEnrollment: ConfirmTotpEnrollmentResult;
  /** Administrators only. Creates an account. Without a password, the owner is emailed an invitation: a link, valid for 24 hours, for choosing one. Use sendPasswordReset to send it again. Roles and verified addresses or numbers require a sign-in within the last ten minutes. */
  createUser: AdminUserResult;
  /** Permanently deletes the signed-in user's account and its data, and notifies the owner. All its tokens stop working immediately. */
  deleteAccount: DeleteAccountResult;
  /** Administrators only. Permanently deletes the account and its data, and notifies the owner. For your own account use deleteAccount. Requires a sign-in within the last ten minutes. */
  deleteUser: AdminUserResult;
  /** Turns off the authenticator app. If no other factor is left, a second factor is no longer required. Requires a sign-in within the last ten minutes. */
  disableTotp: SecondFactorChangeResult;
  /** Administrators only. Ends one of the user's sessions immediately. Idempotent. */
  endUserSession: LogoutResult;
  /** Administrators only. Ends all of the user's sessions immediately. */
  endUserSessions: LogoutResult;
  /** Signs in. A passkey with user verification (PIN, fingerprint, face) counts as both factors. */
  finishPasskeyLogin: FinishPasskeyLoginResult;
  /** Adds the passkey to the account of the user who started, and notifies them. */
  finishPasskeyRegistration: FinishPasskeyRegistrationResult;
  /** Administrators only. Issues a 15-minute access token for acting as a user without roles, without a refresh token. It carries the act claim (RFC 8693), and the session is listed among the user's. With it, operations that require a recent sign-in return ReauthenticationRequired, and other mutations except updateProfile, logout, logoutAll and revokeSession are FORBIDDEN. It ends when the administrator loses the role or one of their sessions is ended. Requires a sign-in within the last ten minutes. */
  impersonate: ImpersonateResult;
  /** Signs in with an email address or phone number and a password. */
  login: LoginResult;
  /** Ends the session of the refresh token, the cookie or the access token. If there is none, returns LoggedOut with sessionsEnded 0. Idempotent. */
  logout: LogoutResult;
  /** Ends all sessions of the signed-in user. */
  logoutAll: LogoutResult;
  /** Renews the auth_time of the current session. For ten minutes, operations that otherwise return ReauthenticationRequired are allowed. Wrong passwords count like those of login. */
  reauthenticate: ReauthenticateResult;
  /** Exchanges a refresh token for new tokens. Concurrent requests with the same token all get the same successor. So does a retry after a lost response, for up to 24 hours, until the new tokens are used. */
  refresh: RefreshResult;
  /** Creates new recovery codes. The old ones stop working. Requires a sign-in within the last ten minutes. */
  regenerateRecoveryCodes: SecondFactorChangeResult;
  /** Signs up with an email address and a password. If the address must be verified first, the response is a Challenge, even if the address already has an account. */
  registerEmail: RegisterEmailResult;
  /** Removes a passkey of the signed-in user. Refused if it is the last way to sign in. If it is the last factor, a second factor is no longer required. Requires a sign-in within the last ten minutes. */
  removePasskey: RemovePasskeyResult;
  /** Renames a passkey of the signed-in user. */
  renamePasskey: PasskeyResult;
  /** Sends a code, a link or both to the new address. The account keeps its old address until the new one is verified. The response is the same if the address belongs to another account. Changing or resetting the password cancels a pending request. */
  requestEmailChange: RequestEmailChangeResult;
  /** Emails a code and a link for signing in. If the address has no account and sign-up is open, it creates one. The response does not reveal which. */
  requestEmailOtp: ChallengeResult;
  /** Sends the message for verifying an email address, or sends it again. The response is the same whether or not the address is known. */
  requestEmailVerification: ChallengeResult;
  /** Sends a code or link for resetting the password. The response is the same whether or not the account exists. */
  requestPasswordReset: RequestPasswordResetResult;
  /** Sends a one-time code by SMS. AUTHENTICATE signs in or up; VERIFY verifies a number for the signed-in user. The response is the same whether or not the number is known. */
  requestPhoneOtp: RequestPhoneOtpResult;
  /** Sets a new password with a code or link and ends all sessions. Does not sign in. */
  resetPassword: ResetPasswordResult;
  /** Administrators only. Removes all second factors and passkeys of a user who lost them, ends their sessions and notifies them. A second factor is no longer required. Also for inactive users, but not for your own account. Requires a sign-in within the last ten minutes. */
  resetSecondFactors: AdminUserResult;
  /** Administrators only. Retries a mail or a webhook that was given up. Text messages are sent at most once. */
  retryDelivery: RetryDeliveryResult;
  /** Ends one of the signed-in user's sessions. */
  revokeSession: LogoutResult;
  /** Administrators only. Emails the owner a link for choosing a password: an invitation if the account has no password and its owner never signed in, otherwise a reset. The current password works until a new one is set. Requires a sign-in within the last ten minutes. */
  sendPasswordReset: SendPasswordResetResult;
  /** Turns the second-factor requirement on or off. Turning it on needs a passkey or an authenticator app. Requires a sign-in within the last ten minutes. */
  setSecondFactorRequired: SecondFactorChangeResult;
  /** Starts a social sign-in, or links an identity to the signed-in user. Returns where to send the browser and what to keep for socialCallback. */
  socialAuthorize: SocialAuthorizeResult;
  /** Completes a social sign-in: exchanges the provider's code for a session, or links the identity. LINK with an expired access token is UNAUTHENTICATED: refresh it and retry with the same input. */
  socialCallback: SocialResult;
  /** For native apps: exchanges the provider's ID token or access token for a session. */
  socialTokenLogin: SocialResult;
  /** Options for any passkey of this site, also for autofill. They name no account and reveal nothing about existing ones. */
  startPasskeyLogin: StartPasskeyLoginResult;
  /** Starts adding a passkey to the account. Requires a sign-in within the last ten minutes. */
  startPasskeyRegistration: StartPasskeyRegistrationResult;
  /** Creates a secret for an authenticator app. It takes effect once a code is confirmed. Requires a sign-in within the last ten minutes. */
  startTotpEnrollment: StartTotpEnrollmentResult;
  /** Unlinks an identity from the signed-in user. Refused if it is the last way to sign in: there must be a password, a verified phone number or another identity. Requires a sign-in within the last ten minutes. */
  unlinkIdentity: UnlinkIdentityResult;
  /** Updates the signed-in user's profile. */
  updateProfile: UpdateProfileResult;
  /** Administrators only. Changes a user. Deactivating the account, changing its email address and changing its verified number end all sessions; the owner is notified of a new address or number. New roles apply from the next request. Only changes of the profile are allowed without a sign-in within the last ten minutes. */
  updateUser: AdminUserResult;
  /** Verifies an email address, with the code (also signs in) or with the token from the link (does not sign in). An account whose address was never verified is handed over to the caller: what another person may have prepared is removed, unless the caller is signed in to the account or shows its password. */
  verifyEmail: VerifyEmailResult;
  /** Completes a sign-in that returned SecondFactorRequired. Each code works once. Wrong codes count for the challenge and, across challenges, for the account. */
  verifySecondFactor: VerifySecondFactorResult;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationConfirmEmailChangeArgs = {
  input: VerifyEmailInput;
};


export type MutationConfirmEmailOtpArgs = {
  input: ConfirmEmailOtpInput;
};


export type MutationConfirmPhoneOtpArgs = {
  input: ConfirmPhoneOtpInput;
};


export type MutationConfirmTotpEnrollmentArgs = {
  input: ConfirmTotpEnrollmentInput;
};


export type MutationCreateUserArgs = {
  input: CreateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationDeleteAccountArgs = {
  input: DeleteAccountInput;
};


export type MutationDeleteUserArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationEndUserSessionArgs = {
  reason?: InputMaybe<Scalars['String']['input']>;
  sessionId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationEndUserSessionsArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationFinishPasskeyLoginArgs = {
  input: FinishPasskeyLoginInput;
};


export type MutationFinishPasskeyRegistrationArgs = {
  input: FinishPasskeyRegistrationInput;
};


export type MutationImpersonateArgs = {
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationLoginArgs = {
  input: LoginInput;
};


export type MutationLogoutArgs = {
  input?: LogoutInput;
};


export type MutationLogoutAllArgs = {
  input?: LogoutAllInput;
};


export type MutationReauthenticateArgs = {
  input: ReauthenticateInput;
};


export type MutationRefreshArgs = {
  input?: RefreshInput;
};


export type MutationRegisterEmailArgs = {
  input: RegisterEmailInput;
};


export type MutationRemovePasskeyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRenamePasskeyArgs = {
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
};


export type MutationRequestEmailChangeArgs = {
  input: RequestEmailChangeInput;
};


export type MutationRequestEmailOtpArgs = {
  input: RequestEmailOtpInput;
};


export type MutationRequestEmailVerificationArgs = {
  input: RequestEmailVerificationInput;
};


export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


export type MutationRequestPhoneOtpArgs = {
  input: RequestPhoneOtpInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationResetSecondFactorsArgs = {
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationRetryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeSessionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSendPasswordResetArgs = {
  reason?: InputMaybe<Scalars['String']['input']>;
  userId: Scalars['ID']['input'];
};


export type MutationSetSecondFactorRequiredArgs = {
  required: Scalars['Boolean']['input'];
};


export type MutationSocialAuthorizeArgs = {
  input: SocialAuthorizeInput;
};


export type MutationSocialCallbackArgs = {
  input: SocialCallbackInput;
};


export type MutationSocialTokenLoginArgs = {
  input: SocialTokenLoginInput;
};


export type MutationUnlinkIdentityArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationUpdateUserArgs = {
  expectedUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  input: UpdateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};


export type MutationVerifySecondFactorArgs = {
  input: VerifySecondFactorInput;
};

/** The account has no authenticator app and no passkey. */
export type NoSecondFactor = Problem & {
  __typename?: 'NoSecondFactor';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** An object with an ID that is unique over all types, for node(id:) and for caches. */
export type Node = {
  /** Unique ID. */
  id: Scalars['ID']['output'];
};

/** Not found. */
export type NotFound = Problem & {
  __typename?: 'NotFound';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The delivery has expired, was sent, or is still waiting. Or it is a text message, which is sent at most once. */
export type NotRetriable = Problem & {
  __typename?: 'NotRetriable';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** Administrators cannot do this to their own account, to avoid locking themselves out. Another administrator can. */
export type OwnAccount = Problem & {
  __typename?: 'OwnAccount';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** Pagination details. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item. Pass it as `after`. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there are more results after this page. In backward pagination: whether `before` was given. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are more results before this page. In forward pagination: whether `after` was given. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item. Pass it as `before`. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A passkey or security key (WebAuthn) for signing in. */
export type Passkey = {
  __typename?: 'Passkey';
  /** When the passkey was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Passkey ID, for renamePasskey and removePasskey. Not the credential ID. */
  id: Scalars['ID']['output'];
  /** Whether the passkey is synced between devices (the backup state flag). If not, it is lost with its device. */
  isSynced: Scalars['Boolean']['output'];
  /** When it was last used. Null if never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name given by the user, otherwise derived from the browser that created it. */
  name: Scalars['String']['output'];
};

/** A sign-in with a passkey has started. Also for reauthenticate. */
export type PasskeyLogin = {
  __typename?: 'PasskeyLogin';
  /** Send it to finishPasskeyLogin or reauthenticate. */
  challengeId: Scalars['ID']['output'];
  /** When the options expire, ten minutes from now. They can be used once. */
  expiresAt: Scalars['DateTime']['output'];
  /** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3) as JSON text. Browsers: JSON.parse it. Android: pass it to Credential Manager unchanged. */
  options: Scalars['String']['output'];
};

/** The registration of a passkey has started. */
export type PasskeyRegistration = {
  __typename?: 'PasskeyRegistration';
  /** Send it to finishPasskeyRegistration. */
  challengeId: Scalars['ID']['output'];
  /** When the options expire, ten minutes from now. They can be used once. */
  expiresAt: Scalars['DateTime']['output'];
  /** PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3) as JSON text. Browsers: JSON.parse it. Android: pass it to Credential Manager unchanged. */
  options: Scalars['String']['output'];
};

/** The passkey was removed. Existing sessions continue. */
export type PasskeyRemoved = {
  __typename?: 'PasskeyRemoved';
  /** The user after the change. */
  user: User;
};

/** Possible outcomes of renamePasskey. */
export type PasskeyResult = InvalidInput | NotFound | PasskeySaved;

/** The passkey was added or renamed. */
export type PasskeySaved = {
  __typename?: 'PasskeySaved';
  /** The passkey after the change. */
  passkey: Passkey;
  /** The user that it belongs to. */
  user: User;
};

/** The password was changed. The old one no longer works. */
export type PasswordChanged = {
  __typename?: 'PasswordChanged';
  /** Number of sessions ended. */
  sessionsEnded: Scalars['Int']['output'];
};

/** A link for choosing a password is being sent to the owner. It is not shown to administrators. */
export type PasswordLinkSent = {
  __typename?: 'PasswordLinkSent';
  /** When the link expires. */
  expiresAt: Scalars['DateTime']['output'];
  /** The recipient, masked: a•••@example.com. */
  sentTo: Scalars['String']['output'];
};

/** The code was right, but the account has been unused for so long that the number may have a new owner, and there is no verified email address to check: sign in with the password. */
export type PasswordRequired = Problem & {
  __typename?: 'PasswordRequired';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** What an SMS code is for. */
export type PhoneOtpPurpose =
  /** Signs in, or signs up if no account has verified the number. An account whose number is unverified is not found. */
  | 'AUTHENTICATE'
  /** Verifies the number for the signed-in user. */
  | 'VERIFY';

/** Another account has this phone number. */
export type PhoneTaken = Problem & {
  __typename?: 'PhoneTaken';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The number was verified and saved to the account. The session continues. */
export type PhoneVerified = {
  __typename?: 'PhoneVerified';
  /** The account with the verified number. */
  user: User;
};

/** An expected failure that the caller can handle. */
export type Problem = {
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The profile was saved. */
export type ProfileUpdated = {
  __typename?: 'ProfileUpdated';
  /** The user after the change. */
  user: User;
};

export type Query = {
  __typename?: 'Query';
  /** Administrators only. The audit log, newest first, with keyset pagination. */
  auditEvents: AuditEventConnection;
  /** Administrators only. Mail, text messages and webhooks, newest first, without their content. Sent ones are kept for a day (webhooks for three), others for thirty days. Messages that were cancelled are not listed. */
  deliveries: DeliveryConnection;
  /** Administrators only. The settings of this server as it runs now, with those of SMS gateways and social providers that are set. Without secrets. */
  effectiveSettings: Array<EffectiveSetting>;
  /** Status of the server, its database and its store. */
  health: Health;
  /** The signed-in user. Without a valid access token: null and an UNAUTHENTICATED error. */
  me?: Maybe<User>;
  /** A user or a live session: the signed-in user and their own sessions; for callers with the role STAFF or ADMIN any. Null if it does not exist or is not visible to the caller. */
  node?: Maybe<Node>;
  /** What this server offers. The same for everyone. */
  settings: ServerSettings;
  /** Administrators only. The keys that sign access tokens, newest first, without their secret parts. */
  signingKeys: Array<SigningKey>;
  /** Social providers configured on this server. */
  socialProviders: Array<SocialProvider>;
  /** Administrators only. Sign-ins, sign-ups and deliveries in each of the last hours. What can still change is at most 30 seconds old. */
  statistics: Statistics;
  /** For callers with the role STAFF or ADMIN. Null if the user does not exist. */
  user?: Maybe<User>;
  /** For callers with the role STAFF or ADMIN. Lists users with keyset pagination: deep pages cost no more than the first. */
  users: UserConnection;
  /** Checks whether an access or refresh token is accepted now: signature, expiry and revocation. */
  verifyToken: TokenStatus;
};


export type QueryAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStatisticsArgs = {
  hours?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserOrder>;
};


export type QueryVerifyTokenArgs = {
  token: Scalars['String']['input'];
};

/** Too many requests. Nothing was sent or checked. */
export type RateLimited = Problem & {
  __typename?: 'RateLimited';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Seconds to wait before retrying. */
  retryAfter: Scalars['Int']['output'];
};

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

/** Possible outcomes of reauthenticate. InvalidCredentials: the password is wrong. InvalidInput: not exactly one method, or one that the account does not have. An account that requires a second factor cannot use the password. ChallengeFailed: the code was wrong or has been used, or the passkey was not accepted. */
export type ReauthenticateResult = ChallengeFailed | InvalidCredentials | InvalidInput | RateLimited | Reauthenticated;

/** The session counts as recently authenticated. It is otherwise unchanged. */
export type Reauthenticated = {
  __typename?: 'Reauthenticated';
  /** Replaces the access token. Tokens issued earlier do not count as recent. */
  accessToken: Scalars['String']['output'];
  /** When the access token expires. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** Lifetime in seconds. Use it if the device clock may be wrong. */
  accessTokenExpiresIn: Scalars['Int']['output'];
  /** When the session stops counting as recently authenticated. */
  recentUntil: Scalars['DateTime']['output'];
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

/** This operation requires a sign-in within the last ten minutes. Call reauthenticate, then retry. */
export type ReauthenticationRequired = Problem & {
  __typename?: 'ReauthenticationRequired';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** The methods this account can use, strongest first. */
  methods: Array<ReauthenticationMethod>;
};

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

/** The refresh token was rejected: sign in again. */
export type RefreshRejected = Problem & {
  __typename?: 'RefreshRejected';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Why it was rejected. */
  reason: RefreshFailure;
};

/** Possible outcomes of refresh. */
export type RefreshResult = Authenticated | RateLimited | RefreshRejected;

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

/** Possible outcomes of registerEmail. Authenticated and EmailTaken occur only if the server does not require verification first. */
export type RegisterEmailResult = Authenticated | Challenge | EmailTaken | InvalidInput | RateLimited;

/** Possible outcomes of removePasskey. */
export type RemovePasskeyResult = LastSignInMethod | NotFound | PasskeyRemoved | ReauthenticationRequired;

/** The new address and the current password. */
export type RequestEmailChangeInput = {
  /** A single email address, case-insensitive. */
  newEmail: Scalars['String']['input'];
  /** Required if the account has one, except within ten minutes of reauthenticate. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** Possible outcomes of requestEmailChange. InvalidCredentials: the password is wrong or missing. ReauthenticationRequired: there is no password in the input, and no recent sign-in. */
export type RequestEmailChangeResult = Challenge | InvalidCredentials | InvalidInput | RateLimited | ReauthenticationRequired;

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

/** Possible outcomes of requestPasswordReset. */
export type RequestPasswordResetResult = Challenge | InvalidInput | RateLimited | SmsUnavailable;

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

/** Possible outcomes of requestPhoneOtp. InvalidCredentials and ReauthenticationRequired: only with VERIFY. InvalidCredentials: the password is wrong, or missing and a verified number would be replaced. ReauthenticationRequired: there is no password in the input, and no recent sign-in. */
export type RequestPhoneOtpResult = Challenge | InvalidCredentials | InvalidInput | RateLimited | ReauthenticationRequired | SmsUnavailable;

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

/** Possible outcomes of resetPassword. Challenge and PasswordRequired: the code from the text message was right, but the account has been unused for so long that a code by SMS is not sufficient. Challenge: a code and a link were sent to the email address; call resetPassword again with one of them. */
export type ResetPasswordResult = Challenge | ChallengeFailed | InvalidInput | PasswordChanged | PasswordRequired | RateLimited;

/** Possible outcomes of retryDelivery. */
export type RetryDeliveryResult = DeliveryRetried | NotFound | NotRetriable;

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

/** Possible outcomes of changing second factors. FeatureDisabled: only from setSecondFactorRequired. */
export type SecondFactorChangeResult = FeatureDisabled | NoSecondFactor | RateLimited | ReauthenticationRequired | SecondFactorChanged;

/** The second factors were changed, and the owner is notified. */
export type SecondFactorChanged = {
  __typename?: 'SecondFactorChanged';
  /** Ten new recovery codes. Returned only once: when a second factor is first required, and when codes are regenerated. */
  recoveryCodes?: Maybe<Array<Scalars['String']['output']>>;
  /** The user after the change. */
  user: User;
};

/** The first factor was accepted; this account also requires a second one. There is no session yet: call verifySecondFactor. */
export type SecondFactorRequired = {
  __typename?: 'SecondFactorRequired';
  /** Send it to verifySecondFactor. */
  challengeId: Scalars['ID']['output'];
  /** When the challenge expires. Sign in again after that. */
  expiresAt: Scalars['DateTime']['output'];
  /** The factors that this account can use, strongest first. */
  factors: Array<SecondFactor>;
  /** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3) as JSON text. Set if PASSKEY is one of the factors. */
  passkeyOptions?: Maybe<Scalars['String']['output']>;
};

/** A security event of an account. */
export type SecurityEvent = {
  __typename?: 'SecurityEvent';
  /** When it happened; if more than once, the first time. */
  at: Scalars['DateTime']['output'];
  /** Whether an administrator caused the event. */
  byAdministrator: Scalars['Boolean']['output'];
  /** How many times it happened. Refusals of the same kind from the same network within ten minutes are one event, and those of the last seconds may not be counted yet. */
  count: Scalars['Int']['output'];
  /** Event ID. */
  id: Scalars['ID']['output'];
  /** IP address of the request. Null if an administrator caused the event. */
  ipAddress?: Maybe<Scalars['String']['output']>;
  /** Event type, such as sign-in. All types are listed in docs/audit.md. */
  kind: Scalars['String']['output'];
  /** The last time, if it happened more than once. */
  lastAt?: Maybe<Scalars['DateTime']['output']>;
  /** Authentication method, such as password. */
  method?: Maybe<Scalars['String']['output']>;
  /** Outcome, such as succeeded. */
  outcome: Scalars['String']['output'];
  /** ID of the affected session. */
  sessionId?: Maybe<Scalars['ID']['output']>;
};

/** A page of security events, newest first. */
export type SecurityEventConnection = {
  __typename?: 'SecurityEventConnection';
  /** The events on this page, with their cursors. */
  edges: Array<SecurityEventEdge>;
  /** The events on this page. */
  nodes: Array<SecurityEvent>;
  /** Pagination details. */
  pageInfo: PageInfo;
};

/** A position in a page of events. */
export type SecurityEventEdge = {
  __typename?: 'SecurityEventEdge';
  /** Position in the list. Pass it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: SecurityEvent;
};

/** Possible outcomes of sendPasswordReset. InvalidInput: the account has no email address. */
export type SendPasswordResetResult = AccountDisabled | InvalidInput | NotFound | PasswordLinkSent | RateLimited | ReauthenticationRequired;

/** What this server offers, so that a frontend can build its forms without being configured separately. */
export type ServerSettings = {
  __typename?: 'ServerSettings';
  /** Whether users can sign in with an emailed code or link instead of a password. */
  emailSignIn: Scalars['Boolean']['output'];
  /** When users must verify their email address. */
  emailVerification: EmailVerificationPolicy;
  /** Languages that messages are available in (BCP 47). */
  locales: Array<Scalars['String']['output']>;
  /** Whether users can sign in with a passkey. */
  passkeys: Scalars['Boolean']['output'];
  /** Maximum length of a password, in characters. */
  passwordMaxLength: Scalars['Int']['output'];
  /** Minimum length of a password, in characters. */
  passwordMinLength: Scalars['Int']['output'];
  /** Minimum strength of a password: the score of zxcvbn, 0 to 4. */
  passwordMinStrength: Scalars['Int']['output'];
  /** Whether users can sign in with a code sent by SMS. */
  phoneSignIn: Scalars['Boolean']['output'];
  /** Whether users can turn on a second factor. */
  secondFactors: Scalars['Boolean']['output'];
  /** Whether new users can sign up. */
  signUpOpen: Scalars['Boolean']['output'];
};

/** A signed-in device. */
export type Session = Node & {
  __typename?: 'Session';
  /** How the user signed in, as in the amr claim (RFC 8176): pwd, otp, sms, hwk or swk (a passkey on one device, or a synced one), fed (a social provider); mfa if there were two factors. Empty for sessions of earlier releases. */
  authenticationMethods: Array<Scalars['String']['output']>;
  /** When the session began. */
  createdAt: Scalars['DateTime']['output'];
  /** Name given by the client, otherwise derived from its User-Agent, such as Firefox on Linux. */
  device: Scalars['String']['output'];
  /** Absolute expiry, regardless of use. */
  expiresAt: Scalars['DateTime']['output'];
  /** Session ID, for revokeSession. The sid claim of access tokens. */
  id: Scalars['ID']['output'];
  /** IP address of the last sign-in or refresh. */
  ipAddress?: Maybe<Scalars['String']['output']>;
  /** Whether this is the session of the current request. */
  isCurrent: Scalars['Boolean']['output'];
  /** Whether an administrator is acting as the user. */
  isImpersonation: Scalars['Boolean']['output'];
  /** Last sign-in or refresh. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** Sign-ins by one method and with one outcome. */
export type SignInCounts = {
  __typename?: 'SignInCounts';
  /** One count for each hour, oldest first. */
  counts: Array<Scalars['Int']['output']>;
  /** As in audit events, such as password. Null if not known. */
  method?: Maybe<Scalars['String']['output']>;
  /** As in audit events: succeeded, or why it was refused. */
  outcome: Scalars['String']['output'];
};

/** A key that signs access tokens, without its secret part. */
export type SigningKey = {
  __typename?: 'SigningKey';
  /** Algorithm: ES256, EdDSA or RS256. */
  algorithm: Scalars['String']['output'];
  /** When it was created and published. */
  createdAt: Scalars['DateTime']['output'];
  /** Key ID: the kid in the header of tokens, a thumbprint (RFC 7638). */
  kid: Scalars['String']['output'];
  /** When it starts to sign. */
  signsFrom: Scalars['DateTime']['output'];
  /** When a later key signs in its place. Null while there is no later key. */
  signsUntil?: Maybe<Scalars['DateTime']['output']>;
  /** What it is used for now. */
  state: SigningKeyState;
  /** When all tokens that it signed have expired. Null while there is no later key. */
  verifiesUntil?: Maybe<Scalars['DateTime']['output']>;
};

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

/** The SMS cannot be sent: country not served, refused by the provider, or daily cap reached. */
export type SmsUnavailable = Problem & {
  __typename?: 'SmsUnavailable';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The sign-in has started: send the browser to the provider. */
export type SocialAuthorization = {
  __typename?: 'SocialAuthorization';
  /** Keep it in the client, never in a URL, and pass it to socialCallback: it binds the sign-in to this client. */
  challengeId: Scalars['ID']['output'];
  /** When the sign-in expires, ten minutes from now. It can be completed once. */
  expiresAt: Scalars['DateTime']['output'];
  /** The state that the redirect must return. Pass the returned one to socialCallback. */
  state: Scalars['String']['output'];
  /** The URL to send the browser to. */
  url: Scalars['String']['output'];
};

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

/** Possible outcomes of socialAuthorize. InvalidCredentials: the password for LINK is wrong. ReauthenticationRequired: LINK without a password in the input and without a recent sign-in. */
export type SocialAuthorizeResult = InvalidCredentials | InvalidInput | RateLimited | ReauthenticationRequired | SocialAuthorization | SocialProviderUnavailable;

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

/** A social provider for signing in. */
export type SocialProvider = {
  __typename?: 'SocialProvider';
  /** Display name. */
  label: Scalars['String']['output'];
  /** Name for socialAuthorize, such as google. */
  name: Scalars['String']['output'];
};

/** The provider is unknown, not configured, or not responding. */
export type SocialProviderUnavailable = Problem & {
  __typename?: 'SocialProviderUnavailable';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** Purpose of a social sign-in. */
export type SocialPurpose =
  /** Sign in or sign up. */
  | 'AUTHENTICATE'
  /** Link the identity to the signed-in user's account. */
  | 'LINK';

/** The provider or this server rejected the sign-in. */
export type SocialRejected = Problem & {
  __typename?: 'SocialRejected';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Why it was rejected. */
  reason: SocialFailure;
};

/** Possible outcomes of a social sign-in. IdentityLinked: it was started with LINK. */
export type SocialResult = AccountDisabled | Authenticated | IdentityConflict | IdentityLinked | InvalidInput | RateLimited | SecondFactorRequired | SocialProviderUnavailable | SocialRejected;

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

/** Possible outcomes of startPasskeyLogin. FeatureDisabled: passkeys are off. */
export type StartPasskeyLoginResult = FeatureDisabled | PasskeyLogin | RateLimited;

/** Possible outcomes of startPasskeyRegistration. InvalidInput: the account has twenty passkeys. FeatureDisabled: passkeys are off. */
export type StartPasskeyRegistrationResult = FeatureDisabled | InvalidInput | PasskeyRegistration | RateLimited | ReauthenticationRequired;

/** Possible outcomes of startTotpEnrollment. */
export type StartTotpEnrollmentResult = FeatureDisabled | RateLimited | ReauthenticationRequired | TotpEnrollment;

/** Counts for each of the last hours (UTC), for charts. */
export type Statistics = {
  __typename?: 'Statistics';
  /** Mail, text messages and webhooks. Cancelled ones are not counted. */
  deliveries: Array<DeliveryCounts>;
  /** When each hour begins, oldest first. The last one is running. */
  hours: Array<Scalars['DateTime']['output']>;
  /** Sign-ins, also refused ones. Repeated refusals are counted in the hour of the first one of a window of ten minutes. */
  signIns: Array<SignInCounts>;
  /** Accounts that users opened, without invited and imported ones. One count for each hour, oldest first. */
  signUps: Array<Scalars['Int']['output']>;
};

/** Status of a token. */
export type TokenStatus = {
  __typename?: 'TokenStatus';
  /** Whether the token is accepted now. If false, the other fields are null. */
  active: Scalars['Boolean']['output'];
  /** When it expires. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** ID of the session it belongs to. */
  sessionId?: Maybe<Scalars['ID']['output']>;
  /** Kind of token. */
  tokenType?: Maybe<TokenType>;
  /** ID of the user it belongs to. */
  userId?: Maybe<Scalars['ID']['output']>;
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

/** A secret for an authenticator app. It takes effect with confirmTotpEnrollment. */
export type TotpEnrollment = {
  __typename?: 'TotpEnrollment';
  /** Send it with the code. */
  challengeId: Scalars['ID']['output'];
  /** When it expires. Start again after that. */
  expiresAt: Scalars['DateTime']['output'];
  /** The URI as a QR code (SVG). */
  qrCode: Scalars['String']['output'];
  /** Base32, for typing in by hand. */
  secret: Scalars['String']['output'];
  /** otpauth://totp/…, which apps on the same device open. */
  uri: Scalars['String']['output'];
};

/** Possible outcomes of unlinkIdentity. */
export type UnlinkIdentityResult = IdentityUnlinked | LastSignInMethod | NotFound | ReauthenticationRequired;

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

/** Possible outcomes of updateProfile. */
export type UpdateProfileResult = InvalidInput | ProfileUpdated;

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

/** A user account and its profile. */
export type User = Node & {
  __typename?: 'User';
  /** At most 200 characters. */
  companyName?: Maybe<Scalars['String']['output']>;
  /** When the account was created. */
  createdAt: Scalars['DateTime']['output'];
  /** In lower case, with an internationalised domain in Unicode. Null if the account has no address. To send mail, use the ASCII form of the domain, which access tokens contain. */
  email?: Maybe<Scalars['String']['output']>;
  /** Whether the address is verified. */
  emailVerified: Scalars['Boolean']['output'];
  /** At most 100 characters. */
  firstName?: Maybe<Scalars['String']['output']>;
  /** Whether the account has a password. */
  hasPassword: Scalars['Boolean']['output'];
  /** User ID. Never changes. */
  id: Scalars['ID']['output'];
  /** Linked social accounts, oldest first. Visible to the user, staff and administrators. */
  identities: Array<Identity>;
  /** Whether the account is active. A deactivated account cannot sign in and has no sessions. */
  isActive: Scalars['Boolean']['output'];
  /** When the user last signed in. Refreshing a session does not count. */
  lastLoginAt?: Maybe<Scalars['DateTime']['output']>;
  /** At most 100 characters. */
  lastName?: Maybe<Scalars['String']['output']>;
  /** Language for messages, as a BCP 47 tag. */
  locale?: Maybe<Scalars['String']['output']>;
  /** Passkeys of the account, oldest first. Visible to the user and to administrators. */
  passkeys: Array<Passkey>;
  /** What the user may do in the surrounding app, such as orders:write. Set by administrators. Becomes the scope claim of access tokens, from the next token on. */
  permissions: Array<Scalars['String']['output']>;
  /** In E.164 format: the current number of the line, if the numbering plan has changed. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Whether the number is verified. */
  phoneVerified: Scalars['Boolean']['output'];
  /** Data of the surrounding app that only administrators may read, at most 4 KiB of JSON. Null for everyone else, also for the user. */
  privateMetadata?: Maybe<Scalars['JSONObject']['output']>;
  /** Data of the surrounding app, at most 4 KiB of JSON. Set by administrators; visible to the user. Claims of access tokens can be taken from it. */
  publicMetadata: Scalars['JSONObject']['output'];
  /** How many recovery codes the user has left. Visible to the user and to administrators. */
  recoveryCodesRemaining: Scalars['Int']['output'];
  /** Administrative roles. Empty for ordinary users. */
  roles: Array<Role>;
  /** Whether signing in with a password, a code or a social provider also requires a second factor. */
  secondFactorRequired: Scalars['Boolean']['output'];
  /** Security events of the account, newest first: sign-ins (including failed ones), changes, ended sessions. Visible to the user and to administrators. */
  securityEvents: SecurityEventConnection;
  /** Signed-in devices, most recently used first; at most as many as an account may have, 100 by default. Visible to the user, staff and administrators. */
  sessions: Array<Session>;
  /** Whether the user has an authenticator app. Visible to the user, staff and administrators. */
  totpEnabled: Scalars['Boolean']['output'];
  /** When the account was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** A user account and its profile. */
export type UserSecurityEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A user account and its profile. */
export type UserSessionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The user was changed after expectedUpdatedAt, by another administrator or by the user. Nothing was changed now. */
export type UserChanged = Problem & {
  __typename?: 'UserChanged';
  /** Message for the user, localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** The user as it is now. */
  user: User;
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The users on this page, with their cursors. */
  edges: Array<UserEdge>;
  /** The users on this page. */
  nodes: Array<User>;
  /** Pagination details. */
  pageInfo: PageInfo;
  /** Number of users that match the filter. Exact up to 5,000 (2,000 with `search`); above that, an estimate from database statistics. Computed only if requested. */
  totalCount: Scalars['Int']['output'];
  /** Whether totalCount is an estimate. */
  totalCountIsEstimate: Scalars['Boolean']['output'];
};

/** A position in a page of users. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Position in the list. Pass it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The user. */
  node: User;
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

/** Possible outcomes of verifyEmail. A code also signs in; a link only verifies the address. InvalidCredentials: a password was given and is wrong; the link or code can be used again. */
export type VerifyEmailResult = AccountDisabled | Authenticated | ChallengeFailed | EmailVerified | InvalidCredentials | InvalidInput | RateLimited | SecondFactorRequired;

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

/** Possible outcomes of verifySecondFactor. ChallengeFailed: ALREADY_USED also if the code was accepted before; wait for the next one. UNKNOWN and EXPIRED: sign in again. */
export type VerifySecondFactorResult = AccountDisabled | Authenticated | ChallengeFailed | InvalidInput | RateLimited;

export type AuditEventsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
}>;


export type AuditEventsQuery = { __typename?: 'Query', auditEvents: { __typename?: 'AuditEventConnection', nodes: Array<{ __typename?: 'AuditEvent', id: string, at: string, count: number, lastAt?: string | null, kind: string, outcome: string, userId?: string | null, actorId?: string | null, reason?: string | null, sessionId?: string | null, method?: string | null, ipAddress?: string | null, requestId?: string | null, facts: Array<{ __typename?: 'AuditFact', name: string, value: string }> }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename?: 'Mutation', changePassword:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasswordChanged', sessionsEnded: number }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type InvalidInputFieldsFragment = { __typename?: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> };

export type ReauthenticationRequiredFieldsFragment = { __typename?: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type ConfirmEmailChangeMutation = { __typename?: 'Mutation', confirmEmailChange:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailChanged', user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type ConfirmEmailOtpMutationVariables = Exact<{
  input: ConfirmEmailOtpInput;
}>;


export type ConfirmEmailOtpMutation = { __typename?: 'Mutation', confirmEmailOtp:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type SignedInFragment = { __typename?: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } };

export type SecondFactorRequiredFieldsFragment = { __typename?: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string };

export type ConfirmPhoneOtpMutationVariables = Exact<{
  input: ConfirmPhoneOtpInput;
}>;


export type ConfirmPhoneOtpMutation = { __typename?: 'Mutation', confirmPhoneOtp:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasswordRequired', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'PhoneVerified', user: { __typename?: 'User', id: string, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type ChallengeFieldsFragment = { __typename?: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string };

export type ConfirmTotpEnrollmentMutationVariables = Exact<{
  input: ConfirmTotpEnrollmentInput;
}>;


export type ConfirmTotpEnrollmentMutation = { __typename?: 'Mutation', confirmTotpEnrollment:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { __typename?: 'User', id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type SecondFactorChangedFieldsFragment = { __typename?: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { __typename?: 'User', id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type CreateUserMutation = { __typename?: 'Mutation', createUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator' }
    | { __typename: 'NotFound' }
    | { __typename: 'OwnAccount' }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'UserChanged' }
   };

export type ProfileFieldsFragment = { __typename?: 'User', firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null };

export type ManagedUserFragment = { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null };

export type UserMetadataFragment = { __typename?: 'User', publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { __typename?: 'Mutation', deleteAccount:
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


export type DeleteUserMutation = { __typename?: 'Mutation', deleteUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string } }
    | { __typename: 'EmailTaken' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
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


export type DeliveriesQuery = { __typename?: 'Query', deliveries: { __typename?: 'DeliveryConnection', nodes: Array<{ __typename?: 'Delivery', id: string, channel: DeliveryChannel, kind: string, recipient: string, state: DeliveryState, attempts: number, createdAt: string, nextAttemptAt?: string | null, error?: string | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type DisableTotpMutationVariables = Exact<{ [key: string]: never; }>;


export type DisableTotpMutation = { __typename?: 'Mutation', disableTotp:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'NoSecondFactor', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { __typename?: 'User', id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type EffectiveSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type EffectiveSettingsQuery = { __typename?: 'Query', effectiveSettings: Array<{ __typename?: 'EffectiveSetting', name: string, value?: string | null, isSet: boolean, isSecret: boolean, section?: string | null, description: string }> };

export type EndUserSessionMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  sessionId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type EndUserSessionMutation = { __typename?: 'Mutation', endUserSession:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type EndUserSessionsMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type EndUserSessionsMutation = { __typename?: 'Mutation', endUserSessions:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type FinishPasskeyLoginMutationVariables = Exact<{
  input: FinishPasskeyLoginInput;
}>;


export type FinishPasskeyLoginMutation = { __typename?: 'Mutation', finishPasskeyLogin:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type FinishPasskeyRegistrationMutationVariables = Exact<{
  input: FinishPasskeyRegistrationInput;
}>;


export type FinishPasskeyRegistrationMutation = { __typename?: 'Mutation', finishPasskeyRegistration:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasskeySaved', passkey: { __typename?: 'Passkey', id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null }, user: { __typename?: 'User', id: string } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type PasskeyFieldsFragment = { __typename?: 'Passkey', id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { __typename?: 'Query', health: { __typename?: 'Health', status: HealthStatus, version: string, database: HealthStatus, store: HealthStatus } };

export type IdentitiesQueryVariables = Exact<{ [key: string]: never; }>;


export type IdentitiesQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, hasPassword: boolean, identities: Array<{ __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }> } | null };

export type ImpersonateMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type ImpersonateMutation = { __typename?: 'Mutation', impersonate:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Impersonation', accessToken: string, accessTokenExpiresAt: string, session: { __typename?: 'Session', id: string, device: string, isImpersonation: boolean, expiresAt: string }, user: { __typename?: 'User', id: string } }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { __typename?: 'Mutation', login:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type LogoutAllMutationVariables = Exact<{
  input?: LogoutAllInput;
}>;


export type LogoutAllMutation = { __typename?: 'Mutation', logoutAll:
    | { __typename: 'InvalidInput' }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type LogoutMutationVariables = Exact<{
  input?: LogoutInput;
}>;


export type LogoutMutation = { __typename?: 'Mutation', logout:
    | { __typename: 'InvalidInput' }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, hasPassword: boolean, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number, lastLoginAt?: string | null, createdAt: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, isCurrent: boolean, isImpersonation: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type NodeQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type NodeQuery = { __typename?: 'Query', node?:
    | { __typename: 'Session', device: string, isCurrent: boolean, lastUsedAt: string, expiresAt: string, id: string }
    | { __typename: 'User', email?: string | null, emailVerified: boolean, isActive: boolean, roles: Array<Role>, id: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null }
   | null };

export type PasskeysQueryVariables = Exact<{ [key: string]: never; }>;


export type PasskeysQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, passkeys: Array<{ __typename?: 'Passkey', id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null }> } | null };

export type ReauthenticateMutationVariables = Exact<{
  input: ReauthenticateInput;
}>;


export type ReauthenticateMutation = { __typename?: 'Mutation', reauthenticate:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'Reauthenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, recentUntil: string }
   };

export type RefreshMutationVariables = Exact<{
  input?: RefreshInput;
}>;


export type RefreshMutation = { __typename?: 'Mutation', refresh:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'RefreshRejected', message: string, reason: RefreshFailure }
   };

export type RegenerateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type RegenerateRecoveryCodesMutation = { __typename?: 'Mutation', regenerateRecoveryCodes:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'NoSecondFactor', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { __typename?: 'User', id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type RegisterEmailMutationVariables = Exact<{
  input: RegisterEmailInput;
}>;


export type RegisterEmailMutation = { __typename?: 'Mutation', registerEmail:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RemovePasskeyMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RemovePasskeyMutation = { __typename?: 'Mutation', removePasskey:
    | { __typename: 'LastSignInMethod', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasskeyRemoved', user: { __typename?: 'User', id: string, passkeys: Array<{ __typename?: 'Passkey', id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null }> } }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type RenamePasskeyMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
}>;


export type RenamePasskeyMutation = { __typename?: 'Mutation', renamePasskey:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasskeySaved', passkey: { __typename?: 'Passkey', id: string, name: string, isSynced: boolean, createdAt: string, lastUsedAt?: string | null } }
   };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { __typename?: 'Mutation', requestEmailChange:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type RequestEmailOtpMutationVariables = Exact<{
  input: RequestEmailOtpInput;
}>;


export type RequestEmailOtpMutation = { __typename?: 'Mutation', requestEmailOtp:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestEmailVerificationMutationVariables = Exact<{
  input: RequestEmailVerificationInput;
}>;


export type RequestEmailVerificationMutation = { __typename?: 'Mutation', requestEmailVerification:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { __typename?: 'Mutation', requestPasswordReset:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SmsUnavailable', message: string }
   };

export type RequestPhoneOtpMutationVariables = Exact<{
  input: RequestPhoneOtpInput;
}>;


export type RequestPhoneOtpMutation = { __typename?: 'Mutation', requestPhoneOtp:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SmsUnavailable', message: string }
   };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { __typename?: 'Mutation', resetPassword:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasswordChanged', sessionsEnded: number }
    | { __typename: 'PasswordRequired', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type ResetSecondFactorsMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type ResetSecondFactorsMutation = { __typename?: 'Mutation', resetSecondFactors:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string } }
    | { __typename: 'EmailTaken' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
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


export type RetryDeliveryMutation = { __typename?: 'Mutation', retryDelivery:
    | { __typename: 'DeliveryRetried', delivery: { __typename?: 'Delivery', id: string, state: DeliveryState, attempts: number, nextAttemptAt?: string | null } }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'NotRetriable', message: string }
   };

export type RevokeSessionMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RevokeSessionMutation = { __typename?: 'Mutation', revokeSession:
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


export type SecurityEventsQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, securityEvents: { __typename?: 'SecurityEventConnection', nodes: Array<{ __typename?: 'SecurityEvent', id: string, at: string, count: number, lastAt?: string | null, kind: string, outcome: string, byAdministrator: boolean, sessionId?: string | null, method?: string | null, ipAddress?: string | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } } | null };

export type SendPasswordResetMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type SendPasswordResetMutation = { __typename?: 'Mutation', sendPasswordReset:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasswordLinkSent', sentTo: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type SetSecondFactorRequiredMutationVariables = Exact<{
  required: Scalars['Boolean']['input'];
}>;


export type SetSecondFactorRequiredMutation = { __typename?: 'Mutation', setSecondFactorRequired:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'NoSecondFactor', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SecondFactorChanged', recoveryCodes?: Array<string> | null, user: { __typename?: 'User', id: string, secondFactorRequired: boolean, totpEnabled: boolean, recoveryCodesRemaining: number } }
   };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { __typename?: 'Query', settings: { __typename?: 'ServerSettings', signUpOpen: boolean, emailVerification: EmailVerificationPolicy, emailSignIn: boolean, phoneSignIn: boolean, passkeys: boolean, secondFactors: boolean, passwordMinLength: number, passwordMaxLength: number, passwordMinStrength: number, locales: Array<string> } };

export type SigningKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type SigningKeysQuery = { __typename?: 'Query', signingKeys: Array<{ __typename?: 'SigningKey', kid: string, algorithm: string, state: SigningKeyState, createdAt: string, signsFrom: string, signsUntil?: string | null, verifiesUntil?: string | null }> };

export type SocialAuthorizeMutationVariables = Exact<{
  input: SocialAuthorizeInput;
}>;


export type SocialAuthorizeMutation = { __typename?: 'Mutation', socialAuthorize:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'SocialAuthorization', url: string, state: string, challengeId: string, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
   };

export type SocialCallbackMutationVariables = Exact<{
  input: SocialCallbackInput;
}>;


export type SocialCallbackMutation = { __typename?: 'Mutation', socialCallback:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'IdentityConflict', message: string }
    | { __typename: 'IdentityLinked', identity: { __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }, user: { __typename?: 'User', id: string } }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
    | { __typename: 'SocialRejected', message: string, reason: SocialFailure }
   };

export type IdentityLinkedFieldsFragment = { __typename?: 'IdentityLinked', identity: { __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }, user: { __typename?: 'User', id: string } };

export type SocialProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type SocialProvidersQuery = { __typename?: 'Query', socialProviders: Array<{ __typename?: 'SocialProvider', name: string, label: string }> };

export type SocialTokenLoginMutationVariables = Exact<{
  input: SocialTokenLoginInput;
}>;


export type SocialTokenLoginMutation = { __typename?: 'Mutation', socialTokenLogin:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'IdentityConflict', message: string }
    | { __typename: 'IdentityLinked' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
    | { __typename: 'SocialRejected', message: string, reason: SocialFailure }
   };

export type StartPasskeyLoginMutationVariables = Exact<{ [key: string]: never; }>;


export type StartPasskeyLoginMutation = { __typename?: 'Mutation', startPasskeyLogin:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'PasskeyLogin', challengeId: string, options: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type StartPasskeyRegistrationMutationVariables = Exact<{ [key: string]: never; }>;


export type StartPasskeyRegistrationMutation = { __typename?: 'Mutation', startPasskeyRegistration:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'PasskeyRegistration', challengeId: string, options: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type StartTotpEnrollmentMutationVariables = Exact<{ [key: string]: never; }>;


export type StartTotpEnrollmentMutation = { __typename?: 'Mutation', startTotpEnrollment:
    | { __typename: 'FeatureDisabled', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'TotpEnrollment', challengeId: string, secret: string, uri: string, qrCode: string, expiresAt: string }
   };

export type StatisticsQueryVariables = Exact<{
  hours?: InputMaybe<Scalars['Int']['input']>;
}>;


export type StatisticsQuery = { __typename?: 'Query', statistics: { __typename?: 'Statistics', hours: Array<string>, signUps: Array<number>, signIns: Array<{ __typename?: 'SignInCounts', method?: string | null, outcome: string, counts: Array<number> }>, deliveries: Array<{ __typename?: 'DeliveryCounts', channel: DeliveryChannel, state: DeliveryState, countedSince: string, counts: Array<number> }> } };

export type UnlinkIdentityMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type UnlinkIdentityMutation = { __typename?: 'Mutation', unlinkIdentity:
    | { __typename: 'IdentityUnlinked', user: { __typename?: 'User', id: string, identities: Array<{ __typename?: 'Identity', id: string, provider: string }> } }
    | { __typename: 'LastSignInMethod', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
   };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { __typename?: 'Mutation', updateProfile:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'ProfileUpdated', user: { __typename?: 'User', id: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
   };

export type UpdateUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  input: UpdateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
  expectedUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type UpdateUserMutation = { __typename?: 'Mutation', updateUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited' }
    | { __typename: 'ReauthenticationRequired', message: string, methods: Array<ReauthenticationMethod> }
    | { __typename: 'UserChanged', message: string, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }
   };

export type UserQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type UserQuery = { __typename?: 'Query', user?: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, publicMetadata: Record<string, unknown>, privateMetadata?: Record<string, unknown> | null, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, isCurrent: boolean, isImpersonation: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type UsersQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  orderBy?: InputMaybe<UserOrder>;
}>;


export type UsersQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', edges: Array<{ __typename?: 'UserEdge', cursor: string, node: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, isActive: boolean, roles: Array<Role>, permissions: Array<string>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type UserCountQueryVariables = Exact<{
  filter?: InputMaybe<UserFilter>;
}>;


export type UserCountQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', totalCount: number, totalCountIsEstimate: boolean } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { __typename?: 'Mutation', verifyEmail:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailVerified', email: string, passwordRemoved: boolean }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SecondFactorRequired', challengeId: string, factors: Array<SecondFactor>, passkeyOptions?: string | null, expiresAt: string }
   };

export type VerifySecondFactorMutationVariables = Exact<{
  input: VerifySecondFactorInput;
}>;


export type VerifySecondFactorMutation = { __typename?: 'Mutation', verifySecondFactor:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, accessTokenExpiresIn: number, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string, limit?: number | null }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type VerifyTokenQueryVariables = Exact<{
  token: Scalars['String']['input'];
}>;


export type VerifyTokenQuery = { __typename?: 'Query', verifyToken: { __typename?: 'TokenStatus', active: boolean, tokenType?: TokenType | null, userId?: string | null, sessionId?: string | null, expiresAt?: string | null } };

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
export const InvalidInputFieldsFragmentDoc = new TypedDocumentString(`
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
    `, {"fragmentName":"InvalidInputFields"}) as unknown as TypedDocumentString<InvalidInputFieldsFragment, unknown>;
export const ReauthenticationRequiredFieldsFragmentDoc = new TypedDocumentString(`
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
    `, {"fragmentName":"ReauthenticationRequiredFields"}) as unknown as TypedDocumentString<ReauthenticationRequiredFieldsFragment, unknown>;
export const SignedInFragmentDoc = new TypedDocumentString(`
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
    `, {"fragmentName":"SignedIn"}) as unknown as TypedDocumentString<SignedInFragment, unknown>;
export const SecondFactorRequiredFieldsFragmentDoc = new TypedDocumentString(`
    fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}
    `, {"fragmentName":"SecondFactorRequiredFields"}) as unknown as TypedDocumentString<SecondFactorRequiredFieldsFragment, unknown>;
export const ChallengeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
    `, {"fragmentName":"ChallengeFields"}) as unknown as TypedDocumentString<ChallengeFieldsFragment, unknown>;
export const SecondFactorChangedFieldsFragmentDoc = new TypedDocumentString(`
    fragment SecondFactorChangedFields on SecondFactorChanged {
  recoveryCodes
  user {
    id
    secondFactorRequired
    totpEnabled
    recoveryCodesRemaining
  }
}
    `, {"fragmentName":"SecondFactorChangedFields"}) as unknown as TypedDocumentString<SecondFactorChangedFieldsFragment, unknown>;
export const ProfileFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}
    `, {"fragmentName":"ProfileFields"}) as unknown as TypedDocumentString<ProfileFieldsFragment, unknown>;
export const ManagedUserFragmentDoc = new TypedDocumentString(`
    fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  ...ProfileFields
  isActive
  roles
  permissions
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}
    fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}`, {"fragmentName":"ManagedUser"}) as unknown as TypedDocumentString<ManagedUserFragment, unknown>;
export const UserMetadataFragmentDoc = new TypedDocumentString(`
    fragment UserMetadata on User {
  publicMetadata
  privateMetadata
}
    `, {"fragmentName":"UserMetadata"}) as unknown as TypedDocumentString<UserMetadataFragment, unknown>;
export const PasskeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment PasskeyFields on Passkey {
  id
  name
  isSynced
  createdAt
  lastUsedAt
}
    `, {"fragmentName":"PasskeyFields"}) as unknown as TypedDocumentString<PasskeyFieldsFragment, unknown>;
export const IdentityLinkedFieldsFragmentDoc = new TypedDocumentString(`
    fragment IdentityLinkedFields on IdentityLinked {
  identity {
    id
    provider
    email
    createdAt
  }
  user {
    id
  }
}
    `, {"fragmentName":"IdentityLinkedFields"}) as unknown as TypedDocumentString<IdentityLinkedFieldsFragment, unknown>;
export const AuditEventsDocument = new TypedDocumentString(`
    query AuditEvents($first: Int = 20, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {
  auditEvents(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      at
      count
      lastAt
      kind
      outcome
      userId
      actorId
      reason
      sessionId
      method
      ipAddress
      requestId
      facts {
        name
        value
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AuditEventsQuery, AuditEventsQueryVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    __typename
    ...ReauthenticationRequiredFields
    ...InvalidInputFields
    ... on PasswordChanged {
      sessionsEnded
    }
    ... on InvalidCredentials {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const ConfirmEmailChangeDocument = new TypedDocumentString(`
    mutation ConfirmEmailChange($input: VerifyEmailInput!) {
  confirmEmailChange(input: $input) {
    __typename
    ...InvalidInputFields
    ... on EmailChanged {
      user {
        id
        email
        emailVerified
      }
    }
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on InvalidCredentials {
      message
    }
    ... on EmailTaken {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}`) as unknown as TypedDocumentString<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>;
export const ConfirmEmailOtpDocument = new TypedDocumentString(`
    mutation ConfirmEmailOtp($input: ConfirmEmailOtpInput!) {
  confirmEmailOtp(input: $input) {
    __typename
    ...SignedIn
    ...InvalidInputFields
    ...SecondFactorRequiredFields
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on AccountDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}`) as unknown as TypedDocumentString<ConfirmEmailOtpMutation, ConfirmEmailOtpMutationVariables>;
export const ConfirmPhoneOtpDocument = new TypedDocumentString(`
    mutation ConfirmPhoneOtp($input: ConfirmPhoneOtpInput!) {
  confirmPhoneOtp(input: $input) {
    __typename
    ...SignedIn
    ...SecondFactorRequiredFields
    ...ChallengeFields
    ...InvalidInputFields
    ... on PhoneVerified {
      user {
        id
        phone
        phoneVerified
      }
    }
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on PhoneTaken {
      message
    }
    ... on PasswordRequired {
      message
    }
    ... on AccountDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<ConfirmPhoneOtpMutation, ConfirmPhoneOtpMutationVariables>;
export const ConfirmTotpEnrollmentDocument = new TypedDocumentString(`
    mutation ConfirmTotpEnrollment($input: ConfirmTotpEnrollmentInput!) {
  confirmTotpEnrollment(input: $input) {
    __typename
    ...SecondFactorChangedFields
    ...ReauthenticationRequiredFields
    ...InvalidInputFields
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment SecondFactorChangedFields on SecondFactorChanged {
  recoveryCodes
  user {
    id
    secondFactorRequired
    totpEnabled
    recoveryCodesRemaining
  }
}`) as unknown as TypedDocumentString<ConfirmTotpEnrollmentMutation, ConfirmTotpEnrollmentMutationVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!, $reason: String) {
  createUser(input: $input, reason: $reason) {
    __typename
    ...ReauthenticationRequiredFields
    ... on AdminUser {
      user {
        ...ManagedUser
        ...UserMetadata
      }
    }
    ...InvalidInputFields
    ... on EmailTaken {
      message
    }
    ... on PhoneTaken {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}
fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  ...ProfileFields
  isActive
  roles
  permissions
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}
fragment UserMetadata on User {
  publicMetadata
  privateMetadata
}`) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const DeleteAccountDocument = new TypedDocumentString(`
    mutation DeleteAccount($input: DeleteAccountInput!) {
  deleteAccount(input: $input) {
    __typename
    ...ReauthenticationRequiredFields
    ... on AccountDeleted {
      sessionsEnded
    }
    ... on InvalidCredentials {
      message
    }
    ... on LastAdministrator {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const DeleteUserDocument = new TypedDocumentString(`
    mutation DeleteUser($id: ID!, $reason: String) {
  deleteUser(id: $id, reason: $reason) {
    __typename
    ...ReauthenticationRequiredFields
    ... on AdminUser {
      user {
        id
      }
    }
    ...InvalidInputFields
    ... on NotFound {
      message
    }
    ... on OwnAccount {
      message
    }
    ... on LastAdministrator {
      message
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<DeleteUserMutation, DeleteUserMutationVariables>;
export const DeliveriesDocument = new TypedDocumentString(`
    query Deliveries($first: Int = 20, $after: String, $last: Int, $before: String, $filter: DeliveryFilter) {
  deliveries(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
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
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const DisableTotpDocument = new TypedDocumentString(`
    mutation DisableTotp {
  disableTotp {
    __typename
    ...SecondFactorChangedFields
    ...ReauthenticationRequiredFields
    ... on NoSecondFactor {
      message
    }
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment SecondFactorChangedFields on SecondFactorChanged {
  recoveryCodes
  user {
    id
    secondFactorRequired
    totpEnabled
    recoveryCodesRemaining
  }
}`) as unknown as TypedDocumentString<DisableTotpMutation, DisableTotpMutationVariables>;
export const EffectiveSettingsDocument = new TypedDocumentString(`
    query EffectiveSettings {
  effectiveSettings {
    name
    value
    isSet
    isSecret
    section
    description
  }
}
    `) as unknown as TypedDocumentString<EffectiveSettingsQuery, EffectiveSettingsQueryVariables>;
export const EndUserSessionDocument = new TypedDocumentString(`
    mutation EndUserSession($userId: ID!, $sessionId: ID!, $reason: String) {
  endUserSession(userId: $userId, sessionId: $sessionId, reason: $reason) {
    __typename
    ... on LoggedOut {
      sessionsEnded
    }
    ... on NotFound {
      message
    }
    ...InvalidInputFields
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}`) as unknown as TypedDocumentString<EndUserSessionMutation, EndUserSessionMutationVariables>;
export const EndUserSessionsDocument = new TypedDocumentString(`
    mutation EndUserSessions($id: ID!, $reason: String) {
  endUserSessions(id: $id, reason: $reason) {
    __typename
    ... on LoggedOut {
      sessionsEnded
    }
    ... on NotFound {
      message
    }
    ...InvalidInputFields
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}`) as unknown as TypedDocumentString<EndUserSessionsMutation, EndUserSessionsMutationVariables>;
export const FinishPasskeyLoginDocument = new TypedDocumentString(`
    mutation FinishPasskeyLogin($input: FinishPasskeyLoginInput!) {
  finishPasskeyLogin(input: $input) {
    __typename
    ...SignedIn
    ...InvalidInputFields
    ... on ChallengeFailed {
      message
      reason
    }
    ... on AccountDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}`) as unknown as TypedDocumentString<FinishPasskeyLoginMutation, FinishPasskeyLoginMutationVariables>;
export const FinishPasskeyRegistrationDocument = new TypedDocumentString(`
    mutation FinishPasskeyRegistration($input: FinishPasskeyRegistrationInput!) {
  finishPasskeyRegistration(input: $input) {
    __typename
    ...InvalidInputFields
    ... on PasskeySaved {
      passkey {
        ...PasskeyFields
      }
      user {
        id
      }
    }
    ... on ChallengeFailed {
      message
      reason
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment PasskeyFields on Passkey {
  id
  name
  isSynced
  createdAt
  lastUsedAt
}`) as unknown as TypedDocumentString<FinishPasskeyRegistrationMutation, FinishPasskeyRegistrationMutationVariables>;
export const HealthDocument = new TypedDocumentString(`
    query Health {
  health {
    status
    version
    database
    store
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const IdentitiesDocument = new TypedDocumentString(`
    query Identities {
  me {
    id
    email
    emailVerified
    hasPassword
    identities {
      id
      provider
      email
      createdAt
    }
  }
}
    `) as unknown as TypedDocumentString<IdentitiesQuery, IdentitiesQueryVariables>;
export const ImpersonateDocument = new TypedDocumentString(`
    mutation Impersonate($userId: ID!, $reason: String!) {
  impersonate(userId: $userId, reason: $reason) {
    __typename
    ...ReauthenticationRequiredFields
    ... on Impersonation {
      accessToken
      accessTokenExpiresAt
      session {
        id
        device
        isImpersonation
        expiresAt
      }
      user {
        id
      }
    }
    ...InvalidInputFields
    ... on AccountDisabled {
      message
    }
    ... on NotFound {
      message
    }
    ... on OwnAccount {
      message
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<ImpersonateMutation, ImpersonateMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ...SignedIn
    ...SecondFactorRequiredFields
    ...ChallengeFields
    ...InvalidInputFields
    ... on InvalidCredentials {
      message
    }
    ... on AccountDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const LogoutAllDocument = new TypedDocumentString(`
    mutation LogoutAll($input: LogoutAllInput! = {}) {
  logoutAll(input: $input) {
    __typename
    ... on LoggedOut {
      sessionsEnded
    }
    ... on NotFound {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LogoutAllMutation, LogoutAllMutationVariables>;
export const LogoutDocument = new TypedDocumentString(`
    mutation Logout($input: LogoutInput! = {}) {
  logout(input: $input) {
    __typename
    ... on LoggedOut {
      sessionsEnded
    }
    ... on NotFound {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LogoutMutation, LogoutMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    email
    emailVerified
    phone
    phoneVerified
    ...ProfileFields
    isActive
    roles
    hasPassword
    secondFactorRequired
    totpEnabled
    recoveryCodesRemaining
    lastLoginAt
    createdAt
    updatedAt
    sessions {
      id
      device
      ipAddress
      isCurrent
      isImpersonation
      createdAt
      lastUsedAt
      expiresAt
    }
  }
}
    fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}`) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on User {
      email
      emailVerified
      ...ProfileFields
      isActive
      roles
    }
    ... on Session {
      device
      isCurrent
      lastUsedAt
      expiresAt
    }
  }
}
    fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}`) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const PasskeysDocument = new TypedDocumentString(`
    query Passkeys {
  me {
    id
    passkeys {
      ...PasskeyFields
    }
  }
}
    fragment PasskeyFields on Passkey {
  id
  name
  isSynced
  createdAt
  lastUsedAt
}`) as unknown as TypedDocumentString<PasskeysQuery, PasskeysQueryVariables>;
export const ReauthenticateDocument = new TypedDocumentString(`
    mutation Reauthenticate($input: ReauthenticateInput!) {
  reauthenticate(input: $input) {
    __typename
    ...InvalidInputFields
    ... on Reauthenticated {
      accessToken
      accessTokenExpiresAt
      accessTokenExpiresIn
      recentUntil
    }
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on InvalidCredentials {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}`) as unknown as TypedDocumentString<ReauthenticateMutation, ReauthenticateMutationVariables>;
export const RefreshDocument = new TypedDocumentString(`
    mutation Refresh($input: RefreshInput! = {}) {
  refresh(input: $input) {
    __typename
    ...SignedIn
    ... on RefreshRejected {
      message
      reason
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}`) as unknown as TypedDocumentString<RefreshMutation, RefreshMutationVariables>;
export const RegenerateRecoveryCodesDocument = new TypedDocumentString(`
    mutation RegenerateRecoveryCodes {
  regenerateRecoveryCodes {
    __typename
    ...SecondFactorChangedFields
    ...ReauthenticationRequiredFields
    ... on NoSecondFactor {
      message
    }
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment SecondFactorChangedFields on SecondFactorChanged {
  recoveryCodes
  user {
    id
    secondFactorRequired
    totpEnabled
    recoveryCodesRemaining
  }
}`) as unknown as TypedDocumentString<RegenerateRecoveryCodesMutation, RegenerateRecoveryCodesMutationVariables>;
export const RegisterEmailDocument = new TypedDocumentString(`
    mutation RegisterEmail($input: RegisterEmailInput!) {
  registerEmail(input: $input) {
    __typename
    ...SignedIn
    ...ChallengeFields
    ...InvalidInputFields
    ... on EmailTaken {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<RegisterEmailMutation, RegisterEmailMutationVariables>;
export const RemovePasskeyDocument = new TypedDocumentString(`
    mutation RemovePasskey($id: ID!) {
  removePasskey(id: $id) {
    __typename
    ...ReauthenticationRequiredFields
    ... on PasskeyRemoved {
      user {
        id
        passkeys {
          ...PasskeyFields
        }
      }
    }
    ... on LastSignInMethod {
      message
    }
    ... on NotFound {
      message
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment PasskeyFields on Passkey {
  id
  name
  isSynced
  createdAt
  lastUsedAt
}`) as unknown as TypedDocumentString<RemovePasskeyMutation, RemovePasskeyMutationVariables>;
export const RenamePasskeyDocument = new TypedDocumentString(`
    mutation RenamePasskey($id: ID!, $name: String!) {
  renamePasskey(id: $id, name: $name) {
    __typename
    ...InvalidInputFields
    ... on PasskeySaved {
      passkey {
        ...PasskeyFields
      }
    }
    ... on NotFound {
      message
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment PasskeyFields on Passkey {
  id
  name
  isSynced
  createdAt
  lastUsedAt
}`) as unknown as TypedDocumentString<RenamePasskeyMutation, RenamePasskeyMutationVariables>;
export const RequestEmailChangeDocument = new TypedDocumentString(`
    mutation RequestEmailChange($input: RequestEmailChangeInput!) {
  requestEmailChange(input: $input) {
    __typename
    ...ReauthenticationRequiredFields
    ...ChallengeFields
    ...InvalidInputFields
    ... on InvalidCredentials {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const RequestEmailOtpDocument = new TypedDocumentString(`
    mutation RequestEmailOtp($input: RequestEmailOtpInput!) {
  requestEmailOtp(input: $input) {
    __typename
    ...ChallengeFields
    ...InvalidInputFields
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<RequestEmailOtpMutation, RequestEmailOtpMutationVariables>;
export const RequestEmailVerificationDocument = new TypedDocumentString(`
    mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {
  requestEmailVerification(input: $input) {
    __typename
    ...ChallengeFields
    ...InvalidInputFields
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<RequestEmailVerificationMutation, RequestEmailVerificationMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    __typename
    ...ChallengeFields
    ...InvalidInputFields
    ... on SmsUnavailable {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const RequestPhoneOtpDocument = new TypedDocumentString(`
    mutation RequestPhoneOtp($input: RequestPhoneOtpInput!) {
  requestPhoneOtp(input: $input) {
    __typename
    ...ReauthenticationRequiredFields
    ...ChallengeFields
    ...InvalidInputFields
    ... on InvalidCredentials {
      message
    }
    ... on SmsUnavailable {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<RequestPhoneOtpMutation, RequestPhoneOtpMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    __typename
    ...ChallengeFields
    ...InvalidInputFields
    ... on PasswordChanged {
      sessionsEnded
    }
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on PasswordRequired {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ChallengeFields on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}`) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ResetSecondFactorsDocument = new TypedDocumentString(`
    mutation ResetSecondFactors($userId: ID!, $reason: String!) {
  resetSecondFactors(userId: $userId, reason: $reason) {
    __typename
    ...ReauthenticationRequiredFields
    ... on AdminUser {
      user {
        id
      }
    }
    ...InvalidInputFields
    ... on NotFound {
      message
    }
    ... on OwnAccount {
      message
    }
    ... on LastAdministrator {
      message
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<ResetSecondFactorsMutation, ResetSecondFactorsMutationVariables>;
export const RetryDeliveryDocument = new TypedDocumentString(`
    mutation RetryDelivery($id: ID!) {
  retryDelivery(id: $id) {
    __typename
    ... on DeliveryRetried {
      delivery {
        id
        state
        attempts
        nextAttemptAt
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
    `) as unknown as TypedDocumentString<RetryDeliveryMutation, RetryDeliveryMutationVariables>;
export const RevokeSessionDocument = new TypedDocumentString(`
    mutation RevokeSession($id: ID!) {
  revokeSession(id: $id) {
    __typename
    ... on LoggedOut {
      sessionsEnded
    }
    ... on NotFound {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const SecurityEventsDocument = new TypedDocumentString(`
    query SecurityEvents($first: Int = 20, $after: String, $last: Int, $before: String) {
  me {
    id
    securityEvents(first: $first, after: $after, last: $last, before: $before) {
      nodes {
        id
        at
        count
        lastAt
        kind
        outcome
        byAdministrator
        sessionId
        method
        ipAddress
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SecurityEventsQuery, SecurityEventsQueryVariables>;
export const SendPasswordResetDocument = new TypedDocumentString(`
    mutation SendPasswordReset($userId: ID!, $reason: String) {
  sendPasswordReset(userId: $userId, reason: $reason) {
    __typename
    ...ReauthenticationRequiredFields
    ... on PasswordLinkSent {
      sentTo
      expiresAt
    }
    ... on NotFound {
      message
    }
    ... on AccountDisabled {
      message
    }
    ...InvalidInputFields
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<SendPasswordResetMutation, SendPasswordResetMutationVariables>;
export const SetSecondFactorRequiredDocument = new TypedDocumentString(`
    mutation SetSecondFactorRequired($required: Boolean!) {
  setSecondFactorRequired(required: $required) {
    __typename
    ...SecondFactorChangedFields
    ...ReauthenticationRequiredFields
    ... on NoSecondFactor {
      message
    }
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment SecondFactorChangedFields on SecondFactorChanged {
  recoveryCodes
  user {
    id
    secondFactorRequired
    totpEnabled
    recoveryCodesRemaining
  }
}`) as unknown as TypedDocumentString<SetSecondFactorRequiredMutation, SetSecondFactorRequiredMutationVariables>;
export const SettingsDocument = new TypedDocumentString(`
    query Settings {
  settings {
    signUpOpen
    emailVerification
    emailSignIn
    phoneSignIn
    passkeys
    secondFactors
    passwordMinLength
    passwordMaxLength
    passwordMinStrength
    locales
  }
}
    `) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const SigningKeysDocument = new TypedDocumentString(`
    query SigningKeys {
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
    `) as unknown as TypedDocumentString<SigningKeysQuery, SigningKeysQueryVariables>;
export const SocialAuthorizeDocument = new TypedDocumentString(`
    mutation SocialAuthorize($input: SocialAuthorizeInput!) {
  socialAuthorize(input: $input) {
    __typename
    ...ReauthenticationRequiredFields
    ...InvalidInputFields
    ... on SocialAuthorization {
      url
      state
      challengeId
      expiresAt
    }
    ... on SocialProviderUnavailable {
      message
    }
    ... on InvalidCredentials {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<SocialAuthorizeMutation, SocialAuthorizeMutationVariables>;
export const SocialCallbackDocument = new TypedDocumentString(`
    mutation SocialCallback($input: SocialCallbackInput!) {
  socialCallback(input: $input) {
    __typename
    ...SignedIn
    ...SecondFactorRequiredFields
    ...IdentityLinkedFields
    ...InvalidInputFields
    ... on SocialRejected {
      message
      reason
    }
    ... on IdentityConflict {
      message
    }
    ... on AccountDisabled {
      message
    }
    ... on SocialProviderUnavailable {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}
fragment IdentityLinkedFields on IdentityLinked {
  identity {
    id
    provider
    email
    createdAt
  }
  user {
    id
  }
}`) as unknown as TypedDocumentString<SocialCallbackMutation, SocialCallbackMutationVariables>;
export const SocialProvidersDocument = new TypedDocumentString(`
    query SocialProviders {
  socialProviders {
    name
    label
  }
}
    `) as unknown as TypedDocumentString<SocialProvidersQuery, SocialProvidersQueryVariables>;
export const SocialTokenLoginDocument = new TypedDocumentString(`
    mutation SocialTokenLogin($input: SocialTokenLoginInput!) {
  socialTokenLogin(input: $input) {
    __typename
    ...SignedIn
    ...SecondFactorRequiredFields
    ...InvalidInputFields
    ... on SocialRejected {
      message
      reason
    }
    ... on IdentityConflict {
      message
    }
    ... on AccountDisabled {
      message
    }
    ... on SocialProviderUnavailable {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}`) as unknown as TypedDocumentString<SocialTokenLoginMutation, SocialTokenLoginMutationVariables>;
export const StartPasskeyLoginDocument = new TypedDocumentString(`
    mutation StartPasskeyLogin {
  startPasskeyLogin {
    __typename
    ... on PasskeyLogin {
      challengeId
      options
      expiresAt
    }
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    `) as unknown as TypedDocumentString<StartPasskeyLoginMutation, StartPasskeyLoginMutationVariables>;
export const StartPasskeyRegistrationDocument = new TypedDocumentString(`
    mutation StartPasskeyRegistration {
  startPasskeyRegistration {
    __typename
    ...ReauthenticationRequiredFields
    ...InvalidInputFields
    ... on PasskeyRegistration {
      challengeId
      options
      expiresAt
    }
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<StartPasskeyRegistrationMutation, StartPasskeyRegistrationMutationVariables>;
export const StartTotpEnrollmentDocument = new TypedDocumentString(`
    mutation StartTotpEnrollment {
  startTotpEnrollment {
    __typename
    ... on TotpEnrollment {
      challengeId
      secret
      uri
      qrCode
      expiresAt
    }
    ...ReauthenticationRequiredFields
    ... on FeatureDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<StartTotpEnrollmentMutation, StartTotpEnrollmentMutationVariables>;
export const StatisticsDocument = new TypedDocumentString(`
    query Statistics($hours: Int = 24) {
  statistics(hours: $hours) {
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
      countedSince
      counts
    }
  }
}
    `) as unknown as TypedDocumentString<StatisticsQuery, StatisticsQueryVariables>;
export const UnlinkIdentityDocument = new TypedDocumentString(`
    mutation UnlinkIdentity($id: ID!) {
  unlinkIdentity(id: $id) {
    __typename
    ...ReauthenticationRequiredFields
    ... on IdentityUnlinked {
      user {
        id
        identities {
          id
          provider
        }
      }
    }
    ... on LastSignInMethod {
      message
    }
    ... on NotFound {
      message
    }
  }
}
    fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}`) as unknown as TypedDocumentString<UnlinkIdentityMutation, UnlinkIdentityMutationVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    __typename
    ...InvalidInputFields
    ... on ProfileUpdated {
      user {
        id
        ...ProfileFields
        updatedAt
      }
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}`) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String, $expectedUpdatedAt: DateTime) {
  updateUser(
    id: $id
    input: $input
    reason: $reason
    expectedUpdatedAt: $expectedUpdatedAt
  ) {
    __typename
    ...ReauthenticationRequiredFields
    ... on AdminUser {
      user {
        ...ManagedUser
        ...UserMetadata
      }
    }
    ...InvalidInputFields
    ... on EmailTaken {
      message
    }
    ... on PhoneTaken {
      message
    }
    ... on NotFound {
      message
    }
    ... on OwnAccount {
      message
    }
    ... on LastAdministrator {
      message
    }
    ... on UserChanged {
      message
      user {
        ...ManagedUser
        ...UserMetadata
      }
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment ReauthenticationRequiredFields on ReauthenticationRequired {
  message
  methods
}
fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}
fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  ...ProfileFields
  isActive
  roles
  permissions
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}
fragment UserMetadata on User {
  publicMetadata
  privateMetadata
}`) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const UserDocument = new TypedDocumentString(`
    query User($id: ID!) {
  user(id: $id) {
    ...ManagedUser
    ...UserMetadata
    sessions {
      id
      device
      ipAddress
      isCurrent
      isImpersonation
      createdAt
      lastUsedAt
      expiresAt
    }
  }
}
    fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}
fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  ...ProfileFields
  isActive
  roles
  permissions
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}
fragment UserMetadata on User {
  publicMetadata
  privateMetadata
}`) as unknown as TypedDocumentString<UserQuery, UserQueryVariables>;
export const UsersDocument = new TypedDocumentString(`
    query Users($first: Int = 20, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder = CREATED_AT_DESC) {
  users(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    orderBy: $orderBy
  ) {
    edges {
      cursor
      node {
        ...ManagedUser
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ProfileFields on User {
  firstName
  lastName
  companyName
  locale
}
fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  ...ProfileFields
  isActive
  roles
  permissions
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<UsersQuery, UsersQueryVariables>;
export const UserCountDocument = new TypedDocumentString(`
    query UserCount($filter: UserFilter) {
  users(first: 1, filter: $filter) {
    totalCount
    totalCountIsEstimate
  }
}
    `) as unknown as TypedDocumentString<UserCountQuery, UserCountQueryVariables>;
export const VerifyEmailDocument = new TypedDocumentString(`
    mutation VerifyEmail($input: VerifyEmailInput!) {
  verifyEmail(input: $input) {
    __typename
    ...SignedIn
    ...SecondFactorRequiredFields
    ...InvalidInputFields
    ... on EmailVerified {
      email
      passwordRemoved
    }
    ... on InvalidCredentials {
      message
    }
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on AccountDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}
fragment SecondFactorRequiredFields on SecondFactorRequired {
  challengeId
  factors
  passkeyOptions
  expiresAt
}`) as unknown as TypedDocumentString<VerifyEmailMutation, VerifyEmailMutationVariables>;
export const VerifySecondFactorDocument = new TypedDocumentString(`
    mutation VerifySecondFactor($input: VerifySecondFactorInput!) {
  verifySecondFactor(input: $input) {
    __typename
    ...SignedIn
    ...InvalidInputFields
    ... on ChallengeFailed {
      message
      reason
      attemptsRemaining
    }
    ... on AccountDisabled {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment InvalidInputFields on InvalidInput {
  message
  fields {
    path
    code
    message
    limit
  }
}
fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
  accessTokenExpiresIn
  refreshToken
  refreshTokenExpiresAt
  isNewUser
  session {
    id
    device
  }
  user {
    id
    email
    emailVerified
    phone
    phoneVerified
  }
}`) as unknown as TypedDocumentString<VerifySecondFactorMutation, VerifySecondFactorMutationVariables>;
export const VerifyTokenDocument = new TypedDocumentString(`
    query VerifyToken($token: String!) {
  verifyToken(token: $token) {
    active
    tokenType
    userId
    sessionId
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<VerifyTokenQuery, VerifyTokenQueryVariables>;
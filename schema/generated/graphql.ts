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
  /** An instant in UTC, RFC 3339, e.g. 2026-11-20T09:00:00.000Z. */
  DateTime: { input: string; output: string; }
};

/** The account is gone. Its tokens are refused from now on. */
export type AccountDeleted = {
  __typename?: 'AccountDeleted';
  /** Sessions that ended with it, the one that asked among them. */
  sessionsEnded: Scalars['Int']['output'];
};

/** The credentials are right and the account is deactivated. Said only after they were proved. */
export type AccountDisabled = Problem & {
  __typename?: 'AccountDisabled';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The account is as asked for. */
export type AdminUser = {
  __typename?: 'AdminUser';
  /** As they are now; of deleteUser: as they were. */
  user: User;
};

/** How a change by an administrator can end. OwnAccount and LastAdministrator: it would have locked you out; of your own account change the address, the number, the roles and the rest by your own operations, or ask another administrator. RateLimited: the invitation cannot be sent now, and nothing was done. */
export type AdminUserResult = AdminUser | EmailTaken | InvalidInput | LastAdministrator | NotFound | OwnAccount | PhoneTaken | RateLimited;

/** Something that happened, and how it ended. */
export type AuditEvent = {
  __typename?: 'AuditEvent';
  /** Which administrator did it, where one did. */
  actorId?: Maybe<Scalars['ID']['output']>;
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** What else is known. */
  facts: Array<AuditFact>;
  /** Of the event. */
  id: Scalars['ID']['output'];
  /** Where it was asked from. Null also once the account is gone. */
  ipAddress?: Maybe<Scalars['String']['output']>;
  /** What happened, such as sign-in; docs/audit.md lists them. */
  kind: Scalars['String']['output'];
  /** How the caller proved who they are, such as password. */
  method?: Maybe<Scalars['String']['output']>;
  /** How it ended, such as succeeded. */
  outcome: Scalars['String']['output'];
  /** What the administrator gave as the reason. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The x-request-id of the answer, which finds it in the log. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Which session of the user it was about. */
  sessionId?: Maybe<Scalars['ID']['output']>;
  /** Whom it happened to, where that is known; perhaps gone by now. */
  userId?: Maybe<Scalars['ID']['output']>;
};

/** A page of what was recorded, newest first. */
export type AuditEventConnection = {
  __typename?: 'AuditEventConnection';
  /** The events of the page. */
  nodes: Array<AuditEvent>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** Which events. What is given counts together. */
export type AuditEventFilter = {
  /** Which administrator did it. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** What happened, such as sign-in; docs/audit.md lists them. */
  kind?: InputMaybe<Scalars['String']['input']>;
  /** How it ended, such as succeeded. */
  outcome?: InputMaybe<Scalars['String']['input']>;
  /** At this moment or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whom it happened to; also somebody who is gone. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** A fact about an event. */
export type AuditFact = {
  __typename?: 'AuditFact';
  /** Such as newDevice; docs/audit.md lists them. */
  name: Scalars['String']['output'];
  /** In words, digits, or true and false. */
  value: Scalars['String']['output'];
};

/** Signed in. */
export type Authenticated = {
  __typename?: 'Authenticated';
  /** A JWT (RFC 9068, typ at+jwt), short-lived; send it as Authorization: Bearer. */
  accessToken: Scalars['String']['output'];
  /** Refresh before then. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** This answer created the account. */
  isNewUser: Scalars['Boolean']['output'];
  /** Null when the transport is COOKIE: it then travels in an HttpOnly cookie alone. */
  refreshToken?: Maybe<Scalars['String']['output']>;
  /** Good until then unless it is used, which makes a new one. */
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
  /** The session that the tokens belong to. */
  session: Session;
  /** Who is signed in. */
  user: User;
};

/** A message is on its way; the next step answers it. The same for known and unknown addresses. */
export type Challenge = {
  __typename?: 'Challenge';
  /** How the message travels. */
  channel: Channel;
  /** Digits of the code; 0 when the message holds only a link. */
  codeLength: Scalars['Int']['output'];
  /** The code is good until then; the link may be good for longer. */
  expiresAt: Scalars['DateTime']['output'];
  /** Keep it: it is presented with the code. */
  id: Scalars['ID']['output'];
  /** Earliest time at which another message may be asked for. */
  resendAt: Scalars['DateTime']['output'];
  /** Where it was sent, masked: a•••@example.com, •••• 4567. */
  sentTo: Scalars['String']['output'];
};

/** The code or link was not accepted. */
export type ChallengeFailed = Problem & {
  __typename?: 'ChallengeFailed';
  /** Guesses left on this challenge. */
  attemptsRemaining: Scalars['Int']['output'];
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Why. */
  reason: ChallengeFailure;
};

/** Why a code or link was not accepted. */
export type ChallengeFailure =
  /** It has done its work once. */
  | 'ALREADY_USED'
  /** Its time is over; ask for a new one. */
  | 'EXPIRED'
  /** Too many wrong guesses; ask for a new one later. */
  | 'TOO_MANY_ATTEMPTS'
  /** There is no such code or link. */
  | 'UNKNOWN'
  /** The code is not the one that was sent. */
  | 'WRONG_CODE';

/** How asking for a message can end. */
export type ChallengeResult = Challenge | InvalidInput | RateLimited;

/** The present password and the next. */
export type ChangePasswordInput = {
  /** Required when the account has a password. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  newPassword: Scalars['String']['input'];
};

/** How a change of the password can end. */
export type ChangePasswordResult = InvalidCredentials | InvalidInput | PasswordChanged | RateLimited;

/** How a message reaches a person. */
export type Channel =
  /** By email. */
  | 'EMAIL'
  /** By text message. */
  | 'SMS';

/** How a change of the address can end. EmailTaken: another account got it since it was asked for. */
export type ConfirmEmailChangeResult = ChallengeFailed | EmailChanged | EmailTaken | InvalidInput | RateLimited;

/** The proof, and what a new account is to hold. */
export type ConfirmPhoneOtpInput = {
  /** Of the challenge that the code answers. */
  challengeId: Scalars['ID']['input'];
  /** The digits of the message. */
  code: Scalars['String']['input'];
  /** For a new account; at most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Names the session in the device list; at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** For a new account; at most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** For a new account; at most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Used only when this creates the account; judged always. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** How the proof of a number can end. Challenge and PasswordRequired: the code was right, and the account was not used for so long that it is not enough. The challenge went to the email address; answer it with verifyEmail. */
export type ConfirmPhoneOtpResult = AccountDisabled | Authenticated | Challenge | ChallengeFailed | InvalidInput | PasswordRequired | PhoneTaken | PhoneVerified | RateLimited;

/** An account to be. It needs an address, or a number that is said to be proved. */
export type CreateUserInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** One plain address; letter case does not count. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Whether you vouch for the address. */
  emailVerified?: Scalars['Boolean']['input'];
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** A language tag (BCP 47): the language of messages. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** Omit it, and the owner chooses one. Any characters, at most 256; must not be easy to guess. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** In international form. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** Whether you vouch for the number: it signs in by text message then. */
  phoneVerified?: Scalars['Boolean']['input'];
  /** What the account may do in administration. */
  roles?: Array<Role>;
};

/** The proof that it is the owner who asks. */
export type DeleteAccountInput = {
  /** Required when the account has one. For an account without, the session must have begun, by a sign-in and not by a refresh, within the last ten minutes. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** How leaving can end. InvalidCredentials: the password is wrong or missing; or the account has none, and the session began more than ten minutes ago: sign in again, then repeat. */
export type DeleteAccountResult = AccountDeleted | InvalidCredentials | LastAdministrator | RateLimited;

/** The account has its new address, which is proved. The old one has been told. */
export type EmailChanged = {
  __typename?: 'EmailChanged';
  /** As they are now. */
  user: User;
};

/** Another account has this email address. */
export type EmailTaken = Problem & {
  __typename?: 'EmailTaken';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The address is proved. Nobody was signed in. */
export type EmailVerified = {
  __typename?: 'EmailVerified';
  /** The account whose address is now proved. */
  email: Scalars['String']['output'];
};

/** What is wrong with one input field. */
export type FieldProblem = {
  __typename?: 'FieldProblem';
  /** Which rule it breaks. */
  code: FieldProblemCode;
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Input field, e.g. password. */
  path: Scalars['String']['output'];
};

/** Which rule an input field breaks. */
export type FieldProblemCode =
  /** A password that stands on the lists attackers try first. */
  | 'BREACHED'
  /** It is not written as it must be. */
  | 'INVALID_FORMAT'
  /** It differs from the field it must equal. */
  | 'MISMATCH'
  /** This server does not allow it. */
  | 'NOT_ALLOWED'
  /** It is missing. */
  | 'REQUIRED'
  /** It has too many characters. */
  | 'TOO_LONG'
  /** It has too few characters. */
  | 'TOO_SHORT'
  /** A password that is guessed too quickly. */
  | 'TOO_WEAK';

/** Whether the service and what it stands on answer. */
export type Health = {
  __typename?: 'Health';
  /** PostgreSQL or the embedded database. */
  database: HealthStatus;
  /** DOWN when the database is down: then nothing can be served. */
  status: HealthStatus;
  /** Redis, where it is configured. While it is down the database does its work. */
  store: HealthStatus;
  /** Of this service. */
  version: Scalars['String']['output'];
};

/** Whether it answers. */
export type HealthStatus =
  /** It does not. */
  | 'DOWN'
  /** It answers. */
  | 'UP';

/** Who the user is at another site, with which they can sign in here. */
export type Identity = {
  __typename?: 'Identity';
  /** When it was linked. */
  createdAt: Scalars['DateTime']['output'];
  /** The address there when it was linked, proved or not. For show: nothing is found by it. */
  email?: Maybe<Scalars['String']['output']>;
  /** What unlinkIdentity takes. */
  id: Scalars['ID']['output'];
  /** e.g. google; as socialProviders names it. */
  provider: Scalars['String']['output'];
};

/** This email or identity belongs to an account that the provider does not prove to be the caller's: sign in there first, then link. */
export type IdentityConflict = Problem & {
  __typename?: 'IdentityConflict';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The user can sign in with it from now on. */
export type IdentityLinked = {
  __typename?: 'IdentityLinked';
  /** What was linked, now or before. */
  identity: Identity;
  /** To whom. */
  user: User;
};

/** The identity no longer signs in. Sessions go on. */
export type IdentityUnlinked = {
  __typename?: 'IdentityUnlinked';
  /** As they are now. */
  user: User;
};

/** Wrong identifier or password; which of the two is not said. */
export type InvalidCredentials = Problem & {
  __typename?: 'InvalidCredentials';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The input breaks a rule: one entry a field. */
export type InvalidInput = Problem & {
  __typename?: 'InvalidInput';
  /** What is wrong, one entry a field. */
  fields: Array<FieldProblem>;
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** Nobody could administer this server without this account: make somebody else an administrator first. */
export type LastAdministrator = Problem & {
  __typename?: 'LastAdministrator';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** It would leave the account without a way to sign in. */
export type LastSignInMethod = Problem & {
  __typename?: 'LastSignInMethod';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The sessions have ended; their tokens are refused from now on. */
export type LoggedOut = {
  __typename?: 'LoggedOut';
  /** 0 when they had ended before. */
  sessionsEnded: Scalars['Int']['output'];
};

/** Who, and the proof. */
export type LoginInput = {
  /** Names the session in the device list; at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** Email address, or proved phone number in international form (E.164). */
  identifier: Scalars['String']['input'];
  /** The password, exactly as it was set; at most 256 characters. */
  password: Scalars['String']['input'];
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** How a sign-in can end. Challenge: the password was right and the address must be proved first, with verifyEmail. */
export type LoginResult = AccountDisabled | Authenticated | Challenge | InvalidCredentials | InvalidInput | RateLimited;

/** Which sessions to spare. */
export type LogoutAllInput = {
  /** The session of this request goes on. */
  exceptCurrent?: Scalars['Boolean']['input'];
};

/** Which session to end. */
export type LogoutInput = {
  /** Omit it to end the session of the cookie or of the access token. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** How ending sessions can end. InvalidInput: of endUserSessions alone. */
export type LogoutResult = InvalidInput | LoggedOut | NotFound;

export type Mutation = {
  __typename?: 'Mutation';
  /** Sets a first password where there is none (currentPassword omitted), else replaces it. Ends the other sessions. */
  changePassword: ChangePasswordResult;
  /** Moves the account to the address that was proved: by code for the signed-in user who asked, by the link's token for anybody who has it. Signs nobody in or out; transport and device mean nothing here. The old address is told, and can undo it for 72 hours. */
  confirmEmailChange: ConfirmEmailChangeResult;
  /** Answers the challenge. A code that was asked for with VERIFY needs the access token of who asked. */
  confirmPhoneOtp: ConfirmPhoneOtpResult;
  /** Administrators only. Makes an account. Without a password its owner gets an invitation by mail: a link, good for 24 hours, by which they choose one. Send another with sendPasswordReset. */
  createUser: AdminUserResult;
  /** Deletes the account of the signed-in user with everything that it holds, at once and for good, and tells its address. All its tokens are refused from then on. */
  deleteAccount: DeleteAccountResult;
  /** Administrators only. Deletes the account with everything that it holds, at once and for good, and tells its address. Not your own: that is deleteAccount. */
  deleteUser: AdminUserResult;
  /** Administrators only. Ends every session of the user, at once. */
  endUserSessions: LogoutResult;
  /** Email address or phone number, and password. */
  login: LoginResult;
  /** Ends the session of the refresh token, of the cookie, or of the access token. Repeating it is harmless. */
  logout: LogoutResult;
  /** Ends every session of the signed-in user. */
  logoutAll: LogoutResult;
  /** Trades a refresh token for the next one. Requests that race with the same token all get the same successor. */
  refresh: RefreshResult;
  /** Signs up by email and password. Where the address must be proved first, the answer is a Challenge, the same for addresses that have an account already. */
  registerEmail: RegisterEmailResult;
  /** Sends what proves the new address to it; until then the account keeps its old one. The answer is the same for addresses that have an account. Each later change or reset of the password ends what is pending. */
  requestEmailChange: RequestEmailChangeResult;
  /** Sends (again) the message that proves an email address. The answer is the same whether or not the address is known. */
  requestEmailVerification: ChallengeResult;
  /** Sends what a forgotten password is reset with. The answer is the same whether or not there is an account. */
  requestPasswordReset: RequestPasswordResetResult;
  /** Sends a one-time code by SMS. AUTHENTICATE signs in or up; VERIFY proves a number for the signed-in user. The answer is the same whether or not the number is known. */
  requestPhoneOtp: RequestPhoneOtpResult;
  /** Sets a new password by code or link and ends every session. Signs nobody in. */
  resetPassword: ResetPasswordResult;
  /** Ends one of the signed-in user's sessions. */
  revokeSession: LogoutResult;
  /** Administrators only. Sends the owner a link by which they choose a password: an invitation again for an account that nobody has signed in to, else a reset. The password stays what it is until then. */
  sendPasswordReset: SendPasswordResetResult;
  /** Starts a social sign-in (or, signed in, a link): where to send the browser, and what to keep for the callback. */
  socialAuthorize: SocialAuthorizeResult;
  /** Exchanges the provider's code and state for a session. */
  socialCallback: SocialResult;
  /** Native apps: trades the provider's own ID token or access token for a session. */
  socialTokenLogin: SocialResult;
  /** Takes an identity away from the signed-in user, unless nothing would be left to sign in with: a password, a proved phone number, or another identity. */
  unlinkIdentity: UnlinkIdentityResult;
  /** Changes what the signed-in user says of themselves. */
  updateProfile: UpdateProfileResult;
  /** Administrators only. Deactivating a user ends their sessions at once, and so does another address or another proved number; the old address is told. Roles count from the next request on. */
  updateUser: AdminUserResult;
  /** Answers it, by code (signs in the client that asked) or by the link's token (proves the address, signs nobody in). */
  verifyEmail: VerifyEmailResult;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationConfirmEmailChangeArgs = {
  input: VerifyEmailInput;
};


export type MutationConfirmPhoneOtpArgs = {
  input: ConfirmPhoneOtpInput;
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


export type MutationEndUserSessionsArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
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


export type MutationRefreshArgs = {
  input?: RefreshInput;
};


export type MutationRegisterEmailArgs = {
  input: RegisterEmailInput;
};


export type MutationRequestEmailChangeArgs = {
  input: RequestEmailChangeInput;
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


export type MutationRevokeSessionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSendPasswordResetArgs = {
  reason?: InputMaybe<Scalars['String']['input']>;
  userId: Scalars['ID']['input'];
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
  id: Scalars['ID']['input'];
  input: UpdateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};

/** There is no such thing, or it is not yours. */
export type NotFound = Problem & {
  __typename?: 'NotFound';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** An administrator may not do this to their own account, so that nobody locks themselves out by a slip: another administrator may. */
export type OwnAccount = Problem & {
  __typename?: 'OwnAccount';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** Where a page stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Of its last row: what `after` takes. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind it. Paging backward: whether `before` was given. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more in front of it. Paging forward: whether `after` was given. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Of its first row: what `before` takes. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** The new password is the only one that works. Nobody was signed in. */
export type PasswordChanged = {
  __typename?: 'PasswordChanged';
  /** Sessions that ended with the old password. */
  sessionsEnded: Scalars['Int']['output'];
};

/** A link by which the owner chooses a password is on its way. Nobody but the owner sees it. */
export type PasswordLinkSent = {
  __typename?: 'PasswordLinkSent';
  /** The link is good until then. */
  expiresAt: Scalars['DateTime']['output'];
  /** Where it was sent, masked: a•••@example.com. */
  sentTo: Scalars['String']['output'];
};

/** The code was right, but the account was not used for so long that the number may belong to somebody else by now, and it has no proved email address to ask: sign in with the password. */
export type PasswordRequired = Problem & {
  __typename?: 'PasswordRequired';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** What a code by text message is for. */
export type PhoneOtpPurpose =
  /** Signs in, or up where the number has no account yet. */
  | 'AUTHENTICATE'
  /** Proves the number for the signed-in user. */
  | 'VERIFY';

/** Another account has this phone number. */
export type PhoneTaken = Problem & {
  __typename?: 'PhoneTaken';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The number is proved and is the account’s. The session goes on. */
export type PhoneVerified = {
  __typename?: 'PhoneVerified';
  /** The account that has the number now. */
  user: User;
};

/** An outcome that is not the wished one and that the caller can act on. */
export type Problem = {
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The profile is as asked for. */
export type ProfileUpdated = {
  __typename?: 'ProfileUpdated';
  /** As they are now. */
  user: User;
};

export type Query = {
  __typename?: 'Query';
  /** Administrators only. What was recorded, newest first; a page costs the same at any depth. */
  auditEvents: AuditEventConnection;
  /** Is the service, its database and its store up? */
  health: Health;
  /** The signed-in user. Without a valid access token: null, and an UNAUTHENTICATED error. */
  me?: Maybe<User>;
  /** The social providers this server is configured for. */
  socialProviders: Array<SocialProvider>;
  /** Administrators only. Null when there is no such user. */
  user?: Maybe<User>;
  /** Administrators only. Keyset pagination: the cost of a page does not grow with its depth. */
  users: UserConnection;
  /** Is this access or refresh token good right now? Revocation counts, not only the signature. */
  verifyToken: TokenStatus;
};


export type QueryAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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

/** Too many of these. Nothing was sent and nothing was checked. */
export type RateLimited = Problem & {
  __typename?: 'RateLimited';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Seconds. */
  retryAfter: Scalars['Int']['output'];
};

/** Why a refresh token was not accepted. */
export type RefreshFailure =
  /** The account is deactivated. */
  | 'ACCOUNT_DISABLED'
  /** It was not used for too long, or the session has reached its greatest age. */
  | 'EXPIRED'
  /** It is not a refresh token of this server. */
  | 'INVALID'
  /** Neither the input nor the cookie carries a token. */
  | 'MISSING'
  /** An older token of the session was presented: someone else may hold it, so the session was ended. */
  | 'REUSED'
  /** The session was ended. */
  | 'REVOKED';

/** Which token to trade. */
export type RefreshInput = {
  /** Omit it when the cookie carries the token. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** The refresh token is not accepted: sign in again. */
export type RefreshRejected = Problem & {
  __typename?: 'RefreshRejected';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Why. */
  reason: RefreshFailure;
};

/** How a refresh can end. */
export type RefreshResult = Authenticated | RateLimited | RefreshRejected;

/** The account to be. */
export type RegisterEmailInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Names the session in the device list; at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** One plain address; letter case does not count. */
  email: Scalars['String']['input'];
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** A language tag (BCP 47): the language of messages. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  password: Scalars['String']['input'];
  /** Checked against password when given. */
  passwordConfirmation?: InputMaybe<Scalars['String']['input']>;
  /** E.164. Stored unproved; prove it with requestPhoneOtp (VERIFY). */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** How a sign-up can end. Authenticated and EmailTaken are possible only where proof is not demanded first. */
export type RegisterEmailResult = Authenticated | Challenge | EmailTaken | InvalidInput | RateLimited;

/** The address to be, and the proof that it is you who asks. */
export type RequestEmailChangeInput = {
  /** One plain address; letter case does not count. */
  newEmail: Scalars['String']['input'];
  /** Required when the account has one. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** How asking for another address can end. InvalidCredentials: the password is wrong or missing. */
export type RequestEmailChangeResult = Challenge | InvalidCredentials | InvalidInput | RateLimited;

/** Which address to prove. */
export type RequestEmailVerificationInput = {
  /** The challenge of the sign-up or of an earlier message: give it, and the repeat is for that sign-up. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The address to send to. */
  email: Scalars['String']['input'];
};

/** Whose password. */
export type RequestPasswordResetInput = {
  /** Email address (a code and a link are sent there) or proved phone number (a code). */
  identifier: Scalars['String']['input'];
};

/** How asking for a password reset can end. */
export type RequestPasswordResetResult = Challenge | InvalidInput | RateLimited | SmsUnavailable;

/** Which number, and what for. */
export type RequestPhoneOtpInput = {
  /** A language tag (BCP 47): the language of the message, and of an account that comes of it. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** With VERIFY: required when a proved number is replaced and the account has a password. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** In international form (E.164), such as +998901234567. */
  phone: Scalars['String']['input'];
  /** What the code is for. */
  purpose?: PhoneOtpPurpose;
};

/** How asking for a code can end. InvalidCredentials: only with VERIFY, when a proved number is replaced. */
export type RequestPhoneOtpResult = Challenge | InvalidCredentials | InvalidInput | RateLimited | SmsUnavailable;

/** Either challengeId and code, or token. */
export type ResetPasswordInput = {
  /** Of the challenge that the code answers. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The digits of the message. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** Any characters, at most 256; must not be easy to guess. */
  newPassword: Scalars['String']['input'];
  /** From the message's link. */
  token?: InputMaybe<Scalars['String']['input']>;
};

/** How a password reset can end. Challenge and PasswordRequired: the code of a text message was right, and the account was not used for so long that it is not enough. The challenge went to the email address; answer it here. */
export type ResetPasswordResult = Challenge | ChallengeFailed | InvalidInput | PasswordChanged | PasswordRequired | RateLimited;

/** STAFF reads users; ADMIN also changes them. */
export type Role =
  /** Reads and changes users. */
  | 'ADMIN'
  /** Reads users. */
  | 'STAFF';

/** Something that has happened to an account. */
export type SecurityEvent = {
  __typename?: 'SecurityEvent';
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** Whether an administrator did it. */
  byAdministrator: Scalars['Boolean']['output'];
  /** Of the event. */
  id: Scalars['ID']['output'];
  /** Where it was asked from; null when an administrator did it. */
  ipAddress?: Maybe<Scalars['String']['output']>;
  /** What happened, such as sign-in; docs/audit.md lists them. */
  kind: Scalars['String']['output'];
  /** How the caller proved who they are, such as password. */
  method?: Maybe<Scalars['String']['output']>;
  /** How it ended, such as succeeded. */
  outcome: Scalars['String']['output'];
  /** Which session it was about. */
  sessionId?: Maybe<Scalars['ID']['output']>;
};

/** A page of what has happened to an account, newest first. */
export type SecurityEventConnection = {
  __typename?: 'SecurityEventConnection';
  /** The events of the page. */
  nodes: Array<SecurityEvent>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** How sending a link to somebody can end. InvalidInput: the account has no address. */
export type SendPasswordResetResult = AccountDisabled | InvalidInput | NotFound | PasswordLinkSent | RateLimited;

/** A device that is signed in. */
export type Session = {
  __typename?: 'Session';
  /** When it was signed in. */
  createdAt: Scalars['DateTime']['output'];
  /** As the client named itself, else read from its User-Agent: Firefox on Linux. */
  device: Scalars['String']['output'];
  /** It ends then at the latest, however often it is used. */
  expiresAt: Scalars['DateTime']['output'];
  /** What revokeSession takes; the sid claim of its access tokens. */
  id: Scalars['ID']['output'];
  /** Where it was last used from. */
  ipAddress?: Maybe<Scalars['String']['output']>;
  /** Whether this request speaks for it. */
  isCurrent: Scalars['Boolean']['output'];
  /** Its latest sign-in or refresh. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** The SMS cannot be sent (country not served, provider refused, spend cap). */
export type SmsUnavailable = Problem & {
  __typename?: 'SmsUnavailable';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** The browser goes to the provider now. */
export type SocialAuthorization = {
  __typename?: 'SocialAuthorization';
  /** Keep it in the client (never in a URL) and present it with the callback: it ties the answer to this client. */
  challengeId: Scalars['ID']['output'];
  /** Ten minutes from now; it can be answered once. */
  expiresAt: Scalars['DateTime']['output'];
  /** Comes back in the redirect; hand it to socialCallback. */
  state: Scalars['String']['output'];
  /** Send the browser here. */
  url: Scalars['String']['output'];
};

/** With whom, and where the browser comes back to. */
export type SocialAuthorizeInput = {
  /** For LINK, when the session began more than ten minutes ago: the password of the account. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** As socialProviders names it. */
  provider: Scalars['String']['input'];
  /** LINK needs a signed-in user. */
  purpose?: SocialPurpose;
  /** Must be on the server's list, exactly. */
  redirectUri: Scalars['String']['input'];
};

/** How beginning a social sign-in can end. InvalidCredentials: the password for LINK is wrong. */
export type SocialAuthorizeResult = InvalidCredentials | InvalidInput | RateLimited | SocialAuthorization | SocialProviderUnavailable;

/** What the provider put into the redirect, and what the client kept. */
export type SocialCallbackInput = {
  /** From socialAuthorize, kept by this client. */
  challengeId: Scalars['ID']['input'];
  /** The code parameter of the redirect. */
  code: Scalars['String']['input'];
  /** Names the session in the device list; at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** The iss parameter of the redirect, where the provider sends one. */
  issuer?: InputMaybe<Scalars['String']['input']>;
  /** The provider that socialAuthorize was called with. */
  provider: Scalars['String']['input'];
  /** The state parameter of the redirect. */
  state: Scalars['String']['input'];
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** Why a social sign-in was refused. */
export type SocialFailure =
  /** The token was made for another application. */
  | 'AUDIENCE_MISMATCH'
  /** The provider does not accept the code. */
  | 'CODE_REJECTED'
  /** The token was made for another sign-in. */
  | 'NONCE_MISMATCH'
  /** The provider does not say who it is. */
  | 'PROFILE_INCOMPLETE'
  /** The sign-in took longer than ten minutes; begin again. */
  | 'STATE_EXPIRED'
  /** The answer belongs to another client, another provider or another user. */
  | 'STATE_MISMATCH'
  /** No sign-in waits for this state: it was never begun here, or it has been answered already. */
  | 'STATE_UNKNOWN'
  /** The token is not a good one of this provider: signature, issuer, age or form. */
  | 'TOKEN_INVALID';

/** A site that people can sign in with. */
export type SocialProvider = {
  __typename?: 'SocialProvider';
  /** What people see. */
  label: Scalars['String']['output'];
  /** e.g. google; what socialAuthorize takes. */
  name: Scalars['String']['output'];
};

/** The provider is unknown here, not configured, or does not answer. */
export type SocialProviderUnavailable = Problem & {
  __typename?: 'SocialProviderUnavailable';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
};

/** What a social sign-in is begun for. */
export type SocialPurpose =
  /** To sign in, or up. */
  | 'AUTHENTICATE'
  /** To add the identity to the account of the signed-in user. */
  | 'LINK';

/** The provider or this server refused the sign-in. */
export type SocialRejected = Problem & {
  __typename?: 'SocialRejected';
  /** For a person; localised by Accept-Language. */
  message: Scalars['String']['output'];
  /** Why. */
  reason: SocialFailure;
};

/** How a social sign-in can end; IdentityLinked when it was begun with LINK. */
export type SocialResult = AccountDisabled | Authenticated | IdentityConflict | IdentityLinked | InvalidInput | RateLimited | SocialProviderUnavailable | SocialRejected;

/** One of idToken and accessToken, as the provider issues. */
export type SocialTokenLoginInput = {
  /** An access token, where the provider says whom it was made for: google and facebook. */
  accessToken?: InputMaybe<Scalars['String']['input']>;
  /** Names the session in the device list; at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** An OpenID Connect ID token, at most ten minutes old. */
  idToken?: InputMaybe<Scalars['String']['input']>;
  /** The nonce that the app sent to the provider, or whose SHA-256 it sent. Required when the ID token has one. */
  nonce?: InputMaybe<Scalars['String']['input']>;
  /** As socialProviders names it. */
  provider: Scalars['String']['input'];
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** What a token is worth right now. */
export type TokenStatus = {
  __typename?: 'TokenStatus';
  /** Whether it would be accepted. When false, nothing else is said. */
  active: Scalars['Boolean']['output'];
  /** It is refused from then on. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Which session it belongs to. */
  sessionId?: Maybe<Scalars['ID']['output']>;
  /** Which kind it is. */
  tokenType?: Maybe<TokenType>;
  /** Whom it speaks for. */
  userId?: Maybe<Scalars['ID']['output']>;
};

/** How the refresh token travels. */
export type TokenTransport =
  /** In the answer and in the input: native apps, servers. */
  | 'BODY'
  /** In an HttpOnly cookie alone: browsers. */
  | 'COOKIE';

/** The two kinds of token. */
export type TokenType =
  /** Short-lived; proves who is calling. */
  | 'ACCESS'
  /** Long-lived; buys the next pair. */
  | 'REFRESH';

/** How unlinking an identity can end. */
export type UnlinkIdentityResult = IdentityUnlinked | LastSignInMethod | NotFound;

/** What is omitted stays; null or an empty text clears. */
export type UpdateProfileInput = {
  /** At most 200 characters, likewise. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters; outer space goes, control characters are refused. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters, likewise. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** A language tag (BCP 47): the language of messages. */
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** How a change of the profile can end. */
export type UpdateProfileResult = InvalidInput | ProfileUpdated;

/** What is omitted stays. Null or an empty text clears an address, a number, a name; otherwise it stays, too. */
export type UpdateUserInput = {
  /** At most 200 characters. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Another address is unproved unless emailVerified says otherwise. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Whether you vouch for the address. Whatever was in the account before stays in it. */
  emailVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Whether the account may be signed in to. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** A language tag (BCP 47): the language of messages. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** Another number is unproved unless phoneVerified says otherwise. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** Whether you vouch for the number. */
  phoneVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** All the roles that the account is to have. */
  roles?: InputMaybe<Array<Role>>;
};

/** An account and what its owner said of themselves. */
export type User = {
  __typename?: 'User';
  /** At most 200 characters. */
  companyName?: Maybe<Scalars['String']['output']>;
  /** When the account was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Canonical: lower case. Null for an account without an address. */
  email?: Maybe<Scalars['String']['output']>;
  /** Whether the owner has proved the address. */
  emailVerified: Scalars['Boolean']['output'];
  /** At most 100 characters. */
  firstName?: Maybe<Scalars['String']['output']>;
  /** Whether the account can sign in with a password. */
  hasPassword: Scalars['Boolean']['output'];
  /** Stable for the life of the account. */
  id: Scalars['ID']['output'];
  /** Sites that the user can sign in with, oldest first. Visible to the user and to administrators. */
  identities: Array<Identity>;
  /** A deactivated account cannot sign in and has no sessions. */
  isActive: Scalars['Boolean']['output'];
  /** The latest sign-in, not the latest refresh. */
  lastLoginAt?: Maybe<Scalars['DateTime']['output']>;
  /** At most 100 characters. */
  lastName?: Maybe<Scalars['String']['output']>;
  /** A language tag (BCP 47): the language of messages, where we speak it. */
  locale?: Maybe<Scalars['String']['output']>;
  /** E.164. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Whether the owner has proved the number. */
  phoneVerified: Scalars['Boolean']['output'];
  /** What the account may do in administration; empty for nearly everyone. */
  roles: Array<Role>;
  /** What has happened to the account, newest first: sign-ins, failed ones among them, changes, ended sessions. Visible to the user and to administrators. */
  securityEvents: SecurityEventConnection;
  /** Devices signed in now, newest use first. Visible to the user and to administrators. */
  sessions: Array<Session>;
  /** When the account was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** An account and what its owner said of themselves. */
export type UserSecurityEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The users of the page with their places. */
  edges: Array<UserEdge>;
  /** The users of the page. */
  nodes: Array<User>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many users the filter fits. Exact up to 5,000, of a search up to 2,000; beyond, what the database expects from its statistics. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether totalCount is such an expectation. */
  totalCountIsEstimate: Scalars['Boolean']['output'];
};

/** A user in a list. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** The place in the list: what `after` and `before` take. */
  cursor: Scalars['String']['output'];
  /** Who stands there. */
  node: User;
};

/** Which users. What is omitted does not count; what is given counts together. */
export type UserFilter = {
  /** Whether the address is proved. False: also who has none. */
  emailVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the account may be signed in to. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who has this role. */
  role?: InputMaybe<Role>;
  /** Part of an email, phone or name: the beginning of the address, of the number in international form, of the first or last name or of the company, whatever the letter case. Of two such beginnings both have to fit: ada love. No sign is a wildcard. */
  search?: InputMaybe<Scalars['String']['input']>;
};

/** How a list of users is sorted. Equal ones are told apart by their ids. */
export type UserOrder =
  /** The oldest account first. */
  | 'CREATED_AT_ASC'
  /** The newest account first. */
  | 'CREATED_AT_DESC'
  /** By address, by the bytes of it; accounts without one come first. */
  | 'EMAIL_ASC'
  /** The other way round; accounts without an address come last. */
  | 'EMAIL_DESC';

/** Either challengeId and code, or token. */
export type VerifyEmailInput = {
  /** Of the challenge that the code answers. */
  challengeId?: InputMaybe<Scalars['ID']['input']>;
  /** The digits of the message. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** Names the session in the device list; at most 100 characters. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** From the message's link. */
  token?: InputMaybe<Scalars['String']['input']>;
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** How the proof of an address can end: a code signs in, a link only proves. */
export type VerifyEmailResult = AccountDisabled | Authenticated | ChallengeFailed | EmailVerified | InvalidInput | RateLimited;

export type AuditEventsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
}>;


export type AuditEventsQuery = { __typename?: 'Query', auditEvents: { __typename?: 'AuditEventConnection', nodes: Array<{ __typename?: 'AuditEvent', id: string, at: string, kind: string, outcome: string, userId?: string | null, actorId?: string | null, reason?: string | null, sessionId?: string | null, method?: string | null, ipAddress?: string | null, requestId?: string | null, facts: Array<{ __typename?: 'AuditFact', name: string, value: string }> }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename?: 'Mutation', changePassword:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'PasswordChanged', sessionsEnded: number }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type ConfirmEmailChangeMutation = { __typename?: 'Mutation', confirmEmailChange:
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailChanged', user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type ConfirmPhoneOtpMutationVariables = Exact<{
  input: ConfirmPhoneOtpInput;
}>;


export type ConfirmPhoneOtpMutation = { __typename?: 'Mutation', confirmPhoneOtp:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'PasswordRequired', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'PhoneVerified', user: { __typename?: 'User', id: string, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type CreateUserMutation = { __typename?: 'Mutation', createUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'LastAdministrator' }
    | { __typename: 'NotFound' }
    | { __typename: 'OwnAccount' }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { __typename?: 'Mutation', deleteAccount:
    | { __typename: 'AccountDeleted', sessionsEnded: number }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type DeleteUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type DeleteUserMutation = { __typename?: 'Mutation', deleteUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string } }
    | { __typename: 'EmailTaken' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken' }
    | { __typename: 'RateLimited' }
   };

export type EndUserSessionsMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type EndUserSessionsMutation = { __typename?: 'Mutation', endUserSessions:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type SignedInFragment = { __typename?: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } };

export type OnItsWayFragment = { __typename?: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string };

export type RefusedFragment = { __typename?: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> };

export type LinkedFragment = { __typename?: 'IdentityLinked', identity: { __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }, user: { __typename?: 'User', id: string } };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { __typename?: 'Query', health: { __typename?: 'Health', status: HealthStatus, version: string, database: HealthStatus, store: HealthStatus } };

export type IdentitiesQueryVariables = Exact<{ [key: string]: never; }>;


export type IdentitiesQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, hasPassword: boolean, identities: Array<{ __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }> } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { __typename?: 'Mutation', login:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
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


export type MeQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, isCurrent: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type RefreshMutationVariables = Exact<{
  input?: RefreshInput;
}>;


export type RefreshMutation = { __typename?: 'Mutation', refresh:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'RefreshRejected', message: string, reason: RefreshFailure }
   };

export type RegisterEmailMutationVariables = Exact<{
  input: RegisterEmailInput;
}>;


export type RegisterEmailMutation = { __typename?: 'Mutation', registerEmail:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { __typename?: 'Mutation', requestEmailChange:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestEmailVerificationMutationVariables = Exact<{
  input: RequestEmailVerificationInput;
}>;


export type RequestEmailVerificationMutation = { __typename?: 'Mutation', requestEmailVerification:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { __typename?: 'Mutation', requestPasswordReset:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SmsUnavailable', message: string }
   };

export type RequestPhoneOtpMutationVariables = Exact<{
  input: RequestPhoneOtpInput;
}>;


export type RequestPhoneOtpMutation = { __typename?: 'Mutation', requestPhoneOtp:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SmsUnavailable', message: string }
   };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { __typename?: 'Mutation', resetPassword:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'PasswordChanged', sessionsEnded: number }
    | { __typename: 'PasswordRequired', message: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
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
}>;


export type SecurityEventsQuery = { __typename?: 'Query', me?: { __typename?: 'User', securityEvents: { __typename?: 'SecurityEventConnection', nodes: Array<{ __typename?: 'SecurityEvent', id: string, at: string, kind: string, outcome: string, byAdministrator: boolean, sessionId?: string | null, method?: string | null, ipAddress?: string | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } } | null };

export type SendPasswordResetMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type SendPasswordResetMutation = { __typename?: 'Mutation', sendPasswordReset:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'PasswordLinkSent', sentTo: string, expiresAt: string }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type SocialAuthorizeMutationVariables = Exact<{
  input: SocialAuthorizeInput;
}>;


export type SocialAuthorizeMutation = { __typename?: 'Mutation', socialAuthorize:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SocialAuthorization', url: string, state: string, challengeId: string, expiresAt: string }
    | { __typename: 'SocialProviderUnavailable', message: string }
   };

export type SocialCallbackMutationVariables = Exact<{
  input: SocialCallbackInput;
}>;


export type SocialCallbackMutation = { __typename?: 'Mutation', socialCallback:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'IdentityConflict', message: string }
    | { __typename: 'IdentityLinked', identity: { __typename?: 'Identity', id: string, provider: string, email?: string | null, createdAt: string }, user: { __typename?: 'User', id: string } }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SocialProviderUnavailable', message: string }
    | { __typename: 'SocialRejected', message: string, reason: SocialFailure }
   };

export type SocialProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type SocialProvidersQuery = { __typename?: 'Query', socialProviders: Array<{ __typename?: 'SocialProvider', name: string, label: string }> };

export type SocialTokenLoginMutationVariables = Exact<{
  input: SocialTokenLoginInput;
}>;


export type SocialTokenLoginMutation = { __typename?: 'Mutation', socialTokenLogin:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'IdentityConflict', message: string }
    | { __typename: 'IdentityLinked' }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'SocialProviderUnavailable', message: string }
    | { __typename: 'SocialRejected', message: string, reason: SocialFailure }
   };

export type UnlinkIdentityMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type UnlinkIdentityMutation = { __typename?: 'Mutation', unlinkIdentity:
    | { __typename: 'IdentityUnlinked', user: { __typename?: 'User', id: string, identities: Array<{ __typename?: 'Identity', id: string, provider: string }> } }
    | { __typename: 'LastSignInMethod', message: string }
    | { __typename: 'NotFound', message: string }
   };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { __typename?: 'Mutation', updateProfile:
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'ProfileUpdated', user: { __typename?: 'User', id: string, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, updatedAt: string } }
   };

export type UpdateUserMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  input: UpdateUserInput;
  reason?: InputMaybe<Scalars['String']['input']>;
}>;


export type UpdateUserMutation = { __typename?: 'Mutation', updateUser:
    | { __typename: 'AdminUser', user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string } }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'LastAdministrator', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OwnAccount', message: string }
    | { __typename: 'PhoneTaken', message: string }
    | { __typename: 'RateLimited' }
   };

export type UserQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type UserQuery = { __typename?: 'Query', user?: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string, sessions: Array<{ __typename?: 'Session', id: string, device: string, ipAddress?: string | null, isCurrent: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type UsersQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  orderBy?: InputMaybe<UserOrder>;
}>;


export type UsersQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', edges: Array<{ __typename?: 'UserEdge', cursor: string, node: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type UserCountQueryVariables = Exact<{
  filter?: InputMaybe<UserFilter>;
}>;


export type UserCountQuery = { __typename?: 'Query', users: { __typename?: 'UserConnection', totalCount: number, totalCountIsEstimate: boolean } };

export type ManagedUserFragment = { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean, firstName?: string | null, lastName?: string | null, companyName?: string | null, locale?: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt?: string | null, createdAt: string, updatedAt: string };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { __typename?: 'Mutation', verifyEmail:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken?: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { __typename?: 'Session', id: string, device: string }, user: { __typename?: 'User', id: string, email?: string | null, emailVerified: boolean, phone?: string | null, phoneVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailVerified', email: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ __typename?: 'FieldProblem', path: string, code: FieldProblemCode, message: string }> }
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
export const SignedInFragmentDoc = new TypedDocumentString(`
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
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
export const OnItsWayFragmentDoc = new TypedDocumentString(`
    fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
    `, {"fragmentName":"OnItsWay"}) as unknown as TypedDocumentString<OnItsWayFragment, unknown>;
export const RefusedFragmentDoc = new TypedDocumentString(`
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}
    `, {"fragmentName":"Refused"}) as unknown as TypedDocumentString<RefusedFragment, unknown>;
export const LinkedFragmentDoc = new TypedDocumentString(`
    fragment Linked on IdentityLinked {
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
    `, {"fragmentName":"Linked"}) as unknown as TypedDocumentString<LinkedFragment, unknown>;
export const ManagedUserFragmentDoc = new TypedDocumentString(`
    fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  isActive
  roles
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}
    `, {"fragmentName":"ManagedUser"}) as unknown as TypedDocumentString<ManagedUserFragment, unknown>;
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
    ...Refused
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
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const ConfirmEmailChangeDocument = new TypedDocumentString(`
    mutation ConfirmEmailChange($input: VerifyEmailInput!) {
  confirmEmailChange(input: $input) {
    __typename
    ...Refused
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
    ... on EmailTaken {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>;
export const ConfirmPhoneOtpDocument = new TypedDocumentString(`
    mutation ConfirmPhoneOtp($input: ConfirmPhoneOtpInput!) {
  confirmPhoneOtp(input: $input) {
    __typename
    ...SignedIn
    ...OnItsWay
    ...Refused
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
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
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
fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<ConfirmPhoneOtpMutation, ConfirmPhoneOtpMutationVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!, $reason: String) {
  createUser(input: $input, reason: $reason) {
    __typename
    ... on AdminUser {
      user {
        ...ManagedUser
      }
    }
    ...Refused
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
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}
fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  isActive
  roles
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const DeleteAccountDocument = new TypedDocumentString(`
    mutation DeleteAccount($input: DeleteAccountInput!) {
  deleteAccount(input: $input) {
    __typename
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
    `) as unknown as TypedDocumentString<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const DeleteUserDocument = new TypedDocumentString(`
    mutation DeleteUser($id: ID!, $reason: String) {
  deleteUser(id: $id, reason: $reason) {
    __typename
    ... on AdminUser {
      user {
        id
      }
    }
    ...Refused
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
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<DeleteUserMutation, DeleteUserMutationVariables>;
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
    ...Refused
  }
}
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<EndUserSessionsMutation, EndUserSessionsMutationVariables>;
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
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ...SignedIn
    ...OnItsWay
    ...Refused
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
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
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
fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
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
    firstName
    lastName
    companyName
    locale
    isActive
    roles
    hasPassword
    lastLoginAt
    createdAt
    updatedAt
    sessions {
      id
      device
      ipAddress
      isCurrent
      createdAt
      lastUsedAt
      expiresAt
    }
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
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
export const RegisterEmailDocument = new TypedDocumentString(`
    mutation RegisterEmail($input: RegisterEmailInput!) {
  registerEmail(input: $input) {
    __typename
    ...SignedIn
    ...OnItsWay
    ...Refused
    ... on EmailTaken {
      message
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
fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<RegisterEmailMutation, RegisterEmailMutationVariables>;
export const RequestEmailChangeDocument = new TypedDocumentString(`
    mutation RequestEmailChange($input: RequestEmailChangeInput!) {
  requestEmailChange(input: $input) {
    __typename
    ...OnItsWay
    ...Refused
    ... on InvalidCredentials {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const RequestEmailVerificationDocument = new TypedDocumentString(`
    mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {
  requestEmailVerification(input: $input) {
    __typename
    ...OnItsWay
    ...Refused
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<RequestEmailVerificationMutation, RequestEmailVerificationMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    __typename
    ...OnItsWay
    ...Refused
    ... on SmsUnavailable {
      message
    }
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const RequestPhoneOtpDocument = new TypedDocumentString(`
    mutation RequestPhoneOtp($input: RequestPhoneOtpInput!) {
  requestPhoneOtp(input: $input) {
    __typename
    ...OnItsWay
    ...Refused
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
    fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<RequestPhoneOtpMutation, RequestPhoneOtpMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    __typename
    ...OnItsWay
    ...Refused
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
    fragment OnItsWay on Challenge {
  id
  channel
  sentTo
  codeLength
  expiresAt
  resendAt
}
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
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
    query SecurityEvents($first: Int = 20, $after: String) {
  me {
    securityEvents(first: $first, after: $after) {
      nodes {
        id
        at
        kind
        outcome
        byAdministrator
        sessionId
        method
        ipAddress
      }
      pageInfo {
        hasNextPage
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
    ...Refused
    ... on RateLimited {
      message
      retryAfter
    }
  }
}
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<SendPasswordResetMutation, SendPasswordResetMutationVariables>;
export const SocialAuthorizeDocument = new TypedDocumentString(`
    mutation SocialAuthorize($input: SocialAuthorizeInput!) {
  socialAuthorize(input: $input) {
    __typename
    ...Refused
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
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<SocialAuthorizeMutation, SocialAuthorizeMutationVariables>;
export const SocialCallbackDocument = new TypedDocumentString(`
    mutation SocialCallback($input: SocialCallbackInput!) {
  socialCallback(input: $input) {
    __typename
    ...SignedIn
    ...Linked
    ...Refused
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
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
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
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}
fragment Linked on IdentityLinked {
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
    ...Refused
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
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
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
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<SocialTokenLoginMutation, SocialTokenLoginMutationVariables>;
export const UnlinkIdentityDocument = new TypedDocumentString(`
    mutation UnlinkIdentity($id: ID!) {
  unlinkIdentity(id: $id) {
    __typename
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
    `) as unknown as TypedDocumentString<UnlinkIdentityMutation, UnlinkIdentityMutationVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    __typename
    ...Refused
    ... on ProfileUpdated {
      user {
        id
        firstName
        lastName
        companyName
        locale
        updatedAt
      }
    }
  }
}
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String) {
  updateUser(id: $id, input: $input, reason: $reason) {
    __typename
    ... on AdminUser {
      user {
        ...ManagedUser
      }
    }
    ...Refused
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
  }
}
    fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}
fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  isActive
  roles
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const UserDocument = new TypedDocumentString(`
    query User($id: ID!) {
  user(id: $id) {
    ...ManagedUser
    sessions {
      id
      device
      ipAddress
      isCurrent
      createdAt
      lastUsedAt
      expiresAt
    }
  }
}
    fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  isActive
  roles
  hasPassword
  lastLoginAt
  createdAt
  updatedAt
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
    fragment ManagedUser on User {
  id
  email
  emailVerified
  phone
  phoneVerified
  firstName
  lastName
  companyName
  locale
  isActive
  roles
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
    ...Refused
    ... on EmailVerified {
      email
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
    fragment SignedIn on Authenticated {
  accessToken
  accessTokenExpiresAt
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
fragment Refused on InvalidInput {
  message
  fields {
    path
    code
    message
  }
}`) as unknown as TypedDocumentString<VerifyEmailMutation, VerifyEmailMutationVariables>;
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
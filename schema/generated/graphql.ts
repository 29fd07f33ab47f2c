/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** How a message reaches a person. */
export type Channel =
  /** By email. */
  | 'EMAIL'
  /** By text message. */
  | 'SMS';

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

/** Whether it answers. */
export type HealthStatus =
  /** It does not. */
  | 'DOWN'
  /** It answers. */
  | 'UP';

/** Who, and the proof. */
export type LoginInput = {
  /** Names the session in the device list; at most 100 characters. */
  device?: string | null | undefined;
  /** Email address. */
  identifier: string;
  /** The password, exactly as it was set; at most 256 characters. */
  password: string;
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** Which sessions to spare. */
export type LogoutAllInput = {
  /** The session of this request goes on. */
  exceptCurrent?: boolean;
};

/** Which session to end. */
export type LogoutInput = {
  /** Omit it to end the session of the cookie or of the access token. */
  refreshToken?: string | null | undefined;
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
  refreshToken?: string | null | undefined;
};

/** The account to be. */
export type RegisterEmailInput = {
  /** At most 200 characters. */
  companyName?: string | null | undefined;
  /** Names the session in the device list; at most 100 characters. */
  device?: string | null | undefined;
  /** One plain address; letter case does not count. */
  email: string;
  /** At most 100 characters. */
  firstName?: string | null | undefined;
  /** At most 100 characters. */
  lastName?: string | null | undefined;
  /** A language tag (BCP 47): the language of messages. */
  locale?: string | null | undefined;
  /** Any characters, at most 256; must not be easy to guess. */
  password: string;
  /** Checked against password when given. */
  passwordConfirmation?: string | null | undefined;
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

/** Which address to prove. */
export type RequestEmailVerificationInput = {
  /** The challenge of the sign-up or of an earlier message: give it, and the repeat is for that sign-up. */
  challengeId?: string | number | null | undefined;
  /** The address to send to. */
  email: string;
};

/** STAFF reads users; ADMIN also changes them. */
export type Role =
  /** Reads and changes users. */
  | 'ADMIN'
  /** Reads users. */
  | 'STAFF';

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

/** Either challengeId and code, or token. */
export type VerifyEmailInput = {
  /** Of the challenge that the code answers. */
  challengeId?: string | number | null | undefined;
  /** The digits of the message. */
  code?: string | null | undefined;
  /** Names the session in the device list; at most 100 characters. */
  device?: string | null | undefined;
  /** From the message's link. */
  token?: string | null | undefined;
  /** How the refresh token shall travel. */
  transport?: TokenTransport;
};

export type SignedInFragment = { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email: string | null, emailVerified: boolean } };

export type OnItsWayFragment = { id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string };

export type RefusedFragment = { message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string }> };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { health: { status: HealthStatus, version: string, database: HealthStatus, store: HealthStatus } };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email: string | null, emailVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type LogoutAllMutationVariables = Exact<{
  input?: LogoutAllInput;
}>;


export type LogoutAllMutation = { logoutAll:
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type LogoutMutationVariables = Exact<{
  input?: LogoutInput;
}>;


export type LogoutMutation = { logout:
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, firstName: string | null, lastName: string | null, companyName: string | null, locale: string | null, isActive: boolean, roles: Array<Role>, hasPassword: boolean, lastLoginAt: string | null, createdAt: string, updatedAt: string, sessions: Array<{ id: string, device: string, ipAddress: string | null, isCurrent: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type RefreshMutationVariables = Exact<{
  input?: RefreshInput;
}>;


export type RefreshMutation = { refresh:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email: string | null, emailVerified: boolean } }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
    | { __typename: 'RefreshRejected', message: string, reason: RefreshFailure }
   };

export type RegisterEmailMutationVariables = Exact<{
  input: RegisterEmailInput;
}>;


export type RegisterEmailMutation = { registerEmail:
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email: string | null, emailVerified: boolean } }
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'EmailTaken', message: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RequestEmailVerificationMutationVariables = Exact<{
  input: RequestEmailVerificationInput;
}>;


export type RequestEmailVerificationMutation = { requestEmailVerification:
    | { __typename: 'Challenge', id: string, channel: Channel, sentTo: string, codeLength: number, expiresAt: string, resendAt: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type RevokeSessionMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeSessionMutation = { revokeSession:
    | { __typename: 'LoggedOut', sessionsEnded: number }
    | { __typename: 'NotFound', message: string }
   };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { verifyEmail:
    | { __typename: 'AccountDisabled', message: string }
    | { __typename: 'Authenticated', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, refreshTokenExpiresAt: string, isNewUser: boolean, session: { id: string, device: string }, user: { id: string, email: string | null, emailVerified: boolean } }
    | { __typename: 'ChallengeFailed', message: string, reason: ChallengeFailure, attemptsRemaining: number }
    | { __typename: 'EmailVerified', email: string }
    | { __typename: 'InvalidInput', message: string, fields: Array<{ path: string, code: FieldProblemCode, message: string }> }
    | { __typename: 'RateLimited', message: string, retryAfter: number }
   };

export type VerifyTokenQueryVariables = Exact<{
  token: string;
}>;


export type VerifyTokenQuery = { verifyToken: { active: boolean, tokenType: TokenType | null, userId: string | null, sessionId: string | null, expiresAt: string | null } };

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
/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query AuditEvents($first: Int = 20, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {\n  auditEvents(\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n    filter: $filter\n  ) {\n    nodes {\n      id\n      at\n      kind\n      outcome\n      userId\n      actorId\n      reason\n      sessionId\n      method\n      ipAddress\n      requestId\n      facts {\n        name\n        value\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}": typeof types.AuditEventsDocument,
    "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    __typename\n    ...Refused\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.ChangePasswordDocument,
    "mutation ConfirmEmailChange($input: VerifyEmailInput!) {\n  confirmEmailChange(input: $input) {\n    __typename\n    ...Refused\n    ... on EmailChanged {\n      user {\n        id\n        email\n        emailVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.ConfirmEmailChangeDocument,
    "mutation ConfirmPhoneOtp($input: ConfirmPhoneOtpInput!) {\n  confirmPhoneOtp(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on PhoneVerified {\n      user {\n        id\n        phone\n        phoneVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.ConfirmPhoneOtpDocument,
    "mutation CreateUser($input: CreateUserInput!, $reason: String) {\n  createUser(input: $input, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n      }\n    }\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.CreateUserDocument,
    "mutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input) {\n    __typename\n    ... on AccountDeleted {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.DeleteAccountDocument,
    "mutation DeleteUser($id: ID!, $reason: String) {\n  deleteUser(id: $id, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        id\n      }\n    }\n    ...Refused\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}": typeof types.DeleteUserDocument,
    "mutation EndUserSessions($id: ID!, $reason: String) {\n  endUserSessions(id: $id, reason: $reason) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n    ...Refused\n  }\n}": typeof types.EndUserSessionsDocument,
    "fragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment OnItsWay on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment Refused on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n  }\n}\n\nfragment Linked on IdentityLinked {\n  identity {\n    id\n    provider\n    email\n    createdAt\n  }\n  user {\n    id\n  }\n}": typeof types.SignedInFragmentDoc,
    "query Health {\n  health {\n    status\n    version\n    database\n    store\n  }\n}": typeof types.HealthDocument,
    "query Identities {\n  me {\n    id\n    email\n    emailVerified\n    hasPassword\n    identities {\n      id\n      provider\n      email\n      createdAt\n    }\n  }\n}": typeof types.IdentitiesDocument,
    "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.LoginDocument,
    "mutation LogoutAll($input: LogoutAllInput! = {}) {\n  logoutAll(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": typeof types.LogoutAllDocument,
    "mutation Logout($input: LogoutInput! = {}) {\n  logout(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": typeof types.LogoutDocument,
    "query Me {\n  me {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n    firstName\n    lastName\n    companyName\n    locale\n    isActive\n    roles\n    hasPassword\n    lastLoginAt\n    createdAt\n    updatedAt\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}": typeof types.MeDocument,
    "mutation Refresh($input: RefreshInput! = {}) {\n  refresh(input: $input) {\n    __typename\n    ...SignedIn\n    ... on RefreshRejected {\n      message\n      reason\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.RefreshDocument,
    "mutation RegisterEmail($input: RegisterEmailInput!) {\n  registerEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.RegisterEmailDocument,
    "mutation RequestEmailChange($input: RequestEmailChangeInput!) {\n  requestEmailChange(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.RequestEmailChangeDocument,
    "mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {\n  requestEmailVerification(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.RequestEmailVerificationDocument,
    "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.RequestPasswordResetDocument,
    "mutation RequestPhoneOtp($input: RequestPhoneOtpInput!) {\n  requestPhoneOtp(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.RequestPhoneOtpDocument,
    "mutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.ResetPasswordDocument,
    "mutation RevokeSession($id: ID!) {\n  revokeSession(id: $id) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": typeof types.RevokeSessionDocument,
    "query SecurityEvents($first: Int = 20, $after: String) {\n  me {\n    securityEvents(first: $first, after: $after) {\n      nodes {\n        id\n        at\n        kind\n        outcome\n        byAdministrator\n        sessionId\n        method\n        ipAddress\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": typeof types.SecurityEventsDocument,
    "mutation SendPasswordReset($userId: ID!, $reason: String) {\n  sendPasswordReset(userId: $userId, reason: $reason) {\n    __typename\n    ... on PasswordLinkSent {\n      sentTo\n      expiresAt\n    }\n    ... on NotFound {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ...Refused\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.SendPasswordResetDocument,
    "mutation SocialAuthorize($input: SocialAuthorizeInput!) {\n  socialAuthorize(input: $input) {\n    __typename\n    ...Refused\n    ... on SocialAuthorization {\n      url\n      state\n      challengeId\n      expiresAt\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.SocialAuthorizeDocument,
    "mutation SocialCallback($input: SocialCallbackInput!) {\n  socialCallback(input: $input) {\n    __typename\n    ...SignedIn\n    ...Linked\n    ...Refused\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.SocialCallbackDocument,
    "query SocialProviders {\n  socialProviders {\n    name\n    label\n  }\n}": typeof types.SocialProvidersDocument,
    "mutation SocialTokenLogin($input: SocialTokenLoginInput!) {\n  socialTokenLogin(input: $input) {\n    __typename\n    ...SignedIn\n    ...Refused\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.SocialTokenLoginDocument,
    "mutation UnlinkIdentity($id: ID!) {\n  unlinkIdentity(id: $id) {\n    __typename\n    ... on IdentityUnlinked {\n      user {\n        id\n        identities {\n          id\n          provider\n        }\n      }\n    }\n    ... on LastSignInMethod {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": typeof types.UnlinkIdentityDocument,
    "mutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    __typename\n    ...Refused\n    ... on ProfileUpdated {\n      user {\n        id\n        firstName\n        lastName\n        companyName\n        locale\n        updatedAt\n      }\n    }\n  }\n}": typeof types.UpdateProfileDocument,
    "mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String) {\n  updateUser(id: $id, input: $input, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n      }\n    }\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}": typeof types.UpdateUserDocument,
    "query User($id: ID!) {\n  user(id: $id) {\n    ...ManagedUser\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}": typeof types.UserDocument,
    "query Users($first: Int = 20, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder = CREATED_AT_DESC) {\n  users(\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    edges {\n      cursor\n      node {\n        ...ManagedUser\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery UserCount($filter: UserFilter) {\n  users(first: 1, filter: $filter) {\n    totalCount\n    totalCountIsEstimate\n  }\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  firstName\n  lastName\n  companyName\n  locale\n  isActive\n  roles\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}": typeof types.UsersDocument,
    "mutation VerifyEmail($input: VerifyEmailInput!) {\n  verifyEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...Refused\n    ... on EmailVerified {\n      email\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": typeof types.VerifyEmailDocument,
    "query VerifyToken($token: String!) {\n  verifyToken(token: $token) {\n    active\n    tokenType\n    userId\n    sessionId\n    expiresAt\n  }\n}": typeof types.VerifyTokenDocument,
};
const documents: Documents = {
    "query AuditEvents($first: Int = 20, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {\n  auditEvents(\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n    filter: $filter\n  ) {\n    nodes {\n      id\n      at\n      kind\n      outcome\n      userId\n      actorId\n      reason\n      sessionId\n      method\n      ipAddress\n      requestId\n      facts {\n        name\n        value\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}": types.AuditEventsDocument,
    "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    __typename\n    ...Refused\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.ChangePasswordDocument,
    "mutation ConfirmEmailChange($input: VerifyEmailInput!) {\n  confirmEmailChange(input: $input) {\n    __typename\n    ...Refused\n    ... on EmailChanged {\n      user {\n        id\n        email\n        emailVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.ConfirmEmailChangeDocument,
    "mutation ConfirmPhoneOtp($input: ConfirmPhoneOtpInput!) {\n  confirmPhoneOtp(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on PhoneVerified {\n      user {\n        id\n        phone\n        phoneVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.ConfirmPhoneOtpDocument,
    "mutation CreateUser($input: CreateUserInput!, $reason: String) {\n  createUser(input: $input, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n      }\n    }\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.CreateUserDocument,
    "mutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input) {\n    __typename\n    ... on AccountDeleted {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.DeleteAccountDocument,
    "mutation DeleteUser($id: ID!, $reason: String) {\n  deleteUser(id: $id, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        id\n      }\n    }\n    ...Refused\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}": types.DeleteUserDocument,
    "mutation EndUserSessions($id: ID!, $reason: String) {\n  endUserSessions(id: $id, reason: $reason) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n    ...Refused\n  }\n}": types.EndUserSessionsDocument,
    "fragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment OnItsWay on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment Refused on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n  }\n}\n\nfragment Linked on IdentityLinked {\n  identity {\n    id\n    provider\n    email\n    createdAt\n  }\n  user {\n    id\n  }\n}": types.SignedInFragmentDoc,
    "query Health {\n  health {\n    status\n    version\n    database\n    store\n  }\n}": types.HealthDocument,
    "query Identities {\n  me {\n    id\n    email\n    emailVerified\n    hasPassword\n    identities {\n      id\n      provider\n      email\n      createdAt\n    }\n  }\n}": types.IdentitiesDocument,
    "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.LoginDocument,
    "mutation LogoutAll($input: LogoutAllInput! = {}) {\n  logoutAll(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": types.LogoutAllDocument,
    "mutation Logout($input: LogoutInput! = {}) {\n  logout(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": types.LogoutDocument,
    "query Me {\n  me {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n    firstName\n    lastName\n    companyName\n    locale\n    isActive\n    roles\n    hasPassword\n    lastLoginAt\n    createdAt\n    updatedAt\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}": types.MeDocument,
    "mutation Refresh($input: RefreshInput! = {}) {\n  refresh(input: $input) {\n    __typename\n    ...SignedIn\n    ... on RefreshRejected {\n      message\n      reason\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.RefreshDocument,
    "mutation RegisterEmail($input: RegisterEmailInput!) {\n  registerEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.RegisterEmailDocument,
    "mutation RequestEmailChange($input: RequestEmailChangeInput!) {\n  requestEmailChange(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.RequestEmailChangeDocument,
    "mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {\n  requestEmailVerification(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.RequestEmailVerificationDocument,
    "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.RequestPasswordResetDocument,
    "mutation RequestPhoneOtp($input: RequestPhoneOtpInput!) {\n  requestPhoneOtp(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.RequestPhoneOtpDocument,
    "mutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.ResetPasswordDocument,
    "mutation RevokeSession($id: ID!) {\n  revokeSession(id: $id) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": types.RevokeSessionDocument,
    "query SecurityEvents($first: Int = 20, $after: String) {\n  me {\n    securityEvents(first: $first, after: $after) {\n      nodes {\n        id\n        at\n        kind\n        outcome\n        byAdministrator\n        sessionId\n        method\n        ipAddress\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": types.SecurityEventsDocument,
    "mutation SendPasswordReset($userId: ID!, $reason: String) {\n  sendPasswordReset(userId: $userId, reason: $reason) {\n    __typename\n    ... on PasswordLinkSent {\n      sentTo\n      expiresAt\n    }\n    ... on NotFound {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ...Refused\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.SendPasswordResetDocument,
    "mutation SocialAuthorize($input: SocialAuthorizeInput!) {\n  socialAuthorize(input: $input) {\n    __typename\n    ...Refused\n    ... on SocialAuthorization {\n      url\n      state\n      challengeId\n      expiresAt\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.SocialAuthorizeDocument,
    "mutation SocialCallback($input: SocialCallbackInput!) {\n  socialCallback(input: $input) {\n    __typename\n    ...SignedIn\n    ...Linked\n    ...Refused\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.SocialCallbackDocument,
    "query SocialProviders {\n  socialProviders {\n    name\n    label\n  }\n}": types.SocialProvidersDocument,
    "mutation SocialTokenLogin($input: SocialTokenLoginInput!) {\n  socialTokenLogin(input: $input) {\n    __typename\n    ...SignedIn\n    ...Refused\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.SocialTokenLoginDocument,
    "mutation UnlinkIdentity($id: ID!) {\n  unlinkIdentity(id: $id) {\n    __typename\n    ... on IdentityUnlinked {\n      user {\n        id\n        identities {\n          id\n          provider\n        }\n      }\n    }\n    ... on LastSignInMethod {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}": types.UnlinkIdentityDocument,
    "mutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    __typename\n    ...Refused\n    ... on ProfileUpdated {\n      user {\n        id\n        firstName\n        lastName\n        companyName\n        locale\n        updatedAt\n      }\n    }\n  }\n}": types.UpdateProfileDocument,
    "mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String) {\n  updateUser(id: $id, input: $input, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n      }\n    }\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}": types.UpdateUserDocument,
    "query User($id: ID!) {\n  user(id: $id) {\n    ...ManagedUser\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}": types.UserDocument,
    "query Users($first: Int = 20, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder = CREATED_AT_DESC) {\n  users(\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    edges {\n      cursor\n      node {\n        ...ManagedUser\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery UserCount($filter: UserFilter) {\n  users(first: 1, filter: $filter) {\n    totalCount\n    totalCountIsEstimate\n  }\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  firstName\n  lastName\n  companyName\n  locale\n  isActive\n  roles\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}": types.UsersDocument,
    "mutation VerifyEmail($input: VerifyEmailInput!) {\n  verifyEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...Refused\n    ... on EmailVerified {\n      email\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}": types.VerifyEmailDocument,
    "query VerifyToken($token: String!) {\n  verifyToken(token: $token) {\n    active\n    tokenType\n    userId\n    sessionId\n    expiresAt\n  }\n}": types.VerifyTokenDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AuditEvents($first: Int = 20, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {\n  auditEvents(\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n    filter: $filter\n  ) {\n    nodes {\n      id\n      at\n      kind\n      outcome\n      userId\n      actorId\n      reason\n      sessionId\n      method\n      ipAddress\n      requestId\n      facts {\n        name\n        value\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').AuditEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    __typename\n    ...Refused\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').ChangePasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ConfirmEmailChange($input: VerifyEmailInput!) {\n  confirmEmailChange(input: $input) {\n    __typename\n    ...Refused\n    ... on EmailChanged {\n      user {\n        id\n        email\n        emailVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').ConfirmEmailChangeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ConfirmPhoneOtp($input: ConfirmPhoneOtpInput!) {\n  confirmPhoneOtp(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on PhoneVerified {\n      user {\n        id\n        phone\n        phoneVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').ConfirmPhoneOtpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateUser($input: CreateUserInput!, $reason: String) {\n  createUser(input: $input, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n      }\n    }\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').CreateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input) {\n    __typename\n    ... on AccountDeleted {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').DeleteAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DeleteUser($id: ID!, $reason: String) {\n  deleteUser(id: $id, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        id\n      }\n    }\n    ...Refused\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}"): typeof import('./graphql.js').DeleteUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation EndUserSessions($id: ID!, $reason: String) {\n  endUserSessions(id: $id, reason: $reason) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n    ...Refused\n  }\n}"): typeof import('./graphql.js').EndUserSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment OnItsWay on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment Refused on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n  }\n}\n\nfragment Linked on IdentityLinked {\n  identity {\n    id\n    provider\n    email\n    createdAt\n  }\n  user {\n    id\n  }\n}"): typeof import('./graphql.js').SignedInFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Health {\n  health {\n    status\n    version\n    database\n    store\n  }\n}"): typeof import('./graphql.js').HealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Identities {\n  me {\n    id\n    email\n    emailVerified\n    hasPassword\n    identities {\n      id\n      provider\n      email\n      createdAt\n    }\n  }\n}"): typeof import('./graphql.js').IdentitiesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').LoginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LogoutAll($input: LogoutAllInput! = {}) {\n  logoutAll(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}"): typeof import('./graphql.js').LogoutAllDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Logout($input: LogoutInput! = {}) {\n  logout(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}"): typeof import('./graphql.js').LogoutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Me {\n  me {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n    firstName\n    lastName\n    companyName\n    locale\n    isActive\n    roles\n    hasPassword\n    lastLoginAt\n    createdAt\n    updatedAt\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}"): typeof import('./graphql.js').MeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Refresh($input: RefreshInput! = {}) {\n  refresh(input: $input) {\n    __typename\n    ...SignedIn\n    ... on RefreshRejected {\n      message\n      reason\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').RefreshDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RegisterEmail($input: RegisterEmailInput!) {\n  registerEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...OnItsWay\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').RegisterEmailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RequestEmailChange($input: RequestEmailChangeInput!) {\n  requestEmailChange(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').RequestEmailChangeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {\n  requestEmailVerification(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').RequestEmailVerificationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').RequestPasswordResetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RequestPhoneOtp($input: RequestPhoneOtpInput!) {\n  requestPhoneOtp(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on InvalidCredentials {\n      message\n    }\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').RequestPhoneOtpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    __typename\n    ...OnItsWay\n    ...Refused\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').ResetPasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RevokeSession($id: ID!) {\n  revokeSession(id: $id) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}"): typeof import('./graphql.js').RevokeSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SecurityEvents($first: Int = 20, $after: String) {\n  me {\n    securityEvents(first: $first, after: $after) {\n      nodes {\n        id\n        at\n        kind\n        outcome\n        byAdministrator\n        sessionId\n        method\n        ipAddress\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"): typeof import('./graphql.js').SecurityEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SendPasswordReset($userId: ID!, $reason: String) {\n  sendPasswordReset(userId: $userId, reason: $reason) {\n    __typename\n    ... on PasswordLinkSent {\n      sentTo\n      expiresAt\n    }\n    ... on NotFound {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ...Refused\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').SendPasswordResetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SocialAuthorize($input: SocialAuthorizeInput!) {\n  socialAuthorize(input: $input) {\n    __typename\n    ...Refused\n    ... on SocialAuthorization {\n      url\n      state\n      challengeId\n      expiresAt\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').SocialAuthorizeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SocialCallback($input: SocialCallbackInput!) {\n  socialCallback(input: $input) {\n    __typename\n    ...SignedIn\n    ...Linked\n    ...Refused\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').SocialCallbackDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SocialProviders {\n  socialProviders {\n    name\n    label\n  }\n}"): typeof import('./graphql.js').SocialProvidersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SocialTokenLogin($input: SocialTokenLoginInput!) {\n  socialTokenLogin(input: $input) {\n    __typename\n    ...SignedIn\n    ...Refused\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').SocialTokenLoginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UnlinkIdentity($id: ID!) {\n  unlinkIdentity(id: $id) {\n    __typename\n    ... on IdentityUnlinked {\n      user {\n        id\n        identities {\n          id\n          provider\n        }\n      }\n    }\n    ... on LastSignInMethod {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}"): typeof import('./graphql.js').UnlinkIdentityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    __typename\n    ...Refused\n    ... on ProfileUpdated {\n      user {\n        id\n        firstName\n        lastName\n        companyName\n        locale\n        updatedAt\n      }\n    }\n  }\n}"): typeof import('./graphql.js').UpdateProfileDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String) {\n  updateUser(id: $id, input: $input, reason: $reason) {\n    __typename\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n      }\n    }\n    ...Refused\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}"): typeof import('./graphql.js').UpdateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query User($id: ID!) {\n  user(id: $id) {\n    ...ManagedUser\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}"): typeof import('./graphql.js').UserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Users($first: Int = 20, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder = CREATED_AT_DESC) {\n  users(\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    edges {\n      cursor\n      node {\n        ...ManagedUser\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery UserCount($filter: UserFilter) {\n  users(first: 1, filter: $filter) {\n    totalCount\n    totalCountIsEstimate\n  }\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  firstName\n  lastName\n  companyName\n  locale\n  isActive\n  roles\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}"): typeof import('./graphql.js').UsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation VerifyEmail($input: VerifyEmailInput!) {\n  verifyEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...Refused\n    ... on EmailVerified {\n      email\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}"): typeof import('./graphql.js').VerifyEmailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query VerifyToken($token: String!) {\n  verifyToken(token: $token) {\n    active\n    tokenType\n    userId\n    sessionId\n    expiresAt\n  }\n}"): typeof import('./graphql.js').VerifyTokenDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

// Written by npm run generate, from schema/operations.
import type { Operation } from '../operation.ts';
import type * as Types from './types.ts';

export const FRAGMENTS: Readonly<Record<string, string>> = {
  SignedIn: 'fragment SignedIn on Authenticated{accessToken accessTokenExpiresAt accessTokenExpiresIn refreshToken refreshTokenExpiresAt isNewUser session{id device}user{id email emailVerified phone phoneVerified}}',
  ChallengeFields: 'fragment ChallengeFields on Challenge{id channel sentTo codeLength expiresAt resendAt}',
  SecondFactorRequiredFields: 'fragment SecondFactorRequiredFields on SecondFactorRequired{challengeId factors passkeyOptions expiresAt}',
  InvalidInputFields: 'fragment InvalidInputFields on InvalidInput{message fields{path code message limit}}',
  ReauthenticationRequiredFields: 'fragment ReauthenticationRequiredFields on ReauthenticationRequired{message methods}',
  SecondFactorChangedFields: 'fragment SecondFactorChangedFields on SecondFactorChanged{recoveryCodes user{id secondFactorRequired totpEnabled recoveryCodesRemaining}}',
  IdentityLinkedFields: 'fragment IdentityLinkedFields on IdentityLinked{identity{id provider email createdAt}user{id}}',
  ProfileFields: 'fragment ProfileFields on User{firstName lastName companyName locale}',
  PasskeyFields: 'fragment PasskeyFields on Passkey{id name isSynced createdAt lastUsedAt}',
};

export const OPERATIONS = {
  changePassword: { field: 'changePassword', text: 'mutation ChangePassword($input:ChangePasswordInput!){changePassword(input:$input){__typename ...ReauthenticationRequiredFields ...InvalidInputFields ...on PasswordChanged{sessionsEnded}...on InvalidCredentials{message}...on RateLimited{message retryAfter}}}', pass: 'input' },
  confirmEmailChange: { field: 'confirmEmailChange', text: 'mutation ConfirmEmailChange($input:VerifyEmailInput!){confirmEmailChange(input:$input){__typename ...InvalidInputFields ...on EmailChanged{user{id email emailVerified}}...on ChallengeFailed{message reason attemptsRemaining}...on InvalidCredentials{message}...on EmailTaken{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, isDelivered: true },
  confirmEmailOtp: { field: 'confirmEmailOtp', text: 'mutation ConfirmEmailOtp($input:ConfirmEmailOtpInput!){confirmEmailOtp(input:$input){__typename ...SignedIn ...InvalidInputFields ...SecondFactorRequiredFields ...on ChallengeFailed{message reason attemptsRemaining}...on AccountDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  confirmPhoneOtp: { field: 'confirmPhoneOtp', text: 'mutation ConfirmPhoneOtp($input:ConfirmPhoneOtpInput!){confirmPhoneOtp(input:$input){__typename ...SignedIn ...SecondFactorRequiredFields ...ChallengeFields ...InvalidInputFields ...on PhoneVerified{user{id phone phoneVerified}}...on ChallengeFailed{message reason attemptsRemaining}...on PhoneTaken{message}...on PasswordRequired{message}...on AccountDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  confirmTotpEnrollment: { field: 'confirmTotpEnrollment', text: 'mutation ConfirmTotpEnrollment($input:ConfirmTotpEnrollmentInput!){confirmTotpEnrollment(input:$input){__typename ...SecondFactorChangedFields ...ReauthenticationRequiredFields ...InvalidInputFields ...on ChallengeFailed{message reason attemptsRemaining}...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input' },
  deleteAccount: { field: 'deleteAccount', text: 'mutation DeleteAccount($input:DeleteAccountInput!){deleteAccount(input:$input){__typename ...ReauthenticationRequiredFields ...on AccountDeleted{sessionsEnded}...on InvalidCredentials{message}...on LastAdministrator{message}...on RateLimited{message retryAfter}}}', pass: 'input', changesSession: true },
  disableTotp: { field: 'disableTotp', text: 'mutation DisableTotp{disableTotp{__typename ...SecondFactorChangedFields ...ReauthenticationRequiredFields ...on NoSecondFactor{message}...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}' },
  finishPasskeyLogin: { field: 'finishPasskeyLogin', text: 'mutation FinishPasskeyLogin($input:FinishPasskeyLoginInput!){finishPasskeyLogin(input:$input){__typename ...SignedIn ...InvalidInputFields ...on ChallengeFailed{message reason}...on AccountDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  finishPasskeyRegistration: { field: 'finishPasskeyRegistration', text: 'mutation FinishPasskeyRegistration($input:FinishPasskeyRegistrationInput!){finishPasskeyRegistration(input:$input){__typename ...InvalidInputFields ...on PasskeySaved{passkey{...PasskeyFields}user{id}}...on ChallengeFailed{message reason}...on RateLimited{message retryAfter}}}', pass: 'input' },
  identities: { field: 'me', text: 'query Identities{me{id email emailVerified hasPassword identities{id provider email createdAt}}}' },
  login: { field: 'login', text: 'mutation Login($input:LoginInput!){login(input:$input){__typename ...SignedIn ...SecondFactorRequiredFields ...ChallengeFields ...InvalidInputFields ...on InvalidCredentials{message}...on AccountDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  logoutAll: { field: 'logoutAll', text: 'mutation LogoutAll($input:LogoutAllInput!={}){logoutAll(input:$input){__typename ...on LoggedOut{sessionsEnded}...on NotFound{message}}}', pass: 'input', changesSession: true },
  me: { field: 'me', text: 'query Me{me{id email emailVerified phone phoneVerified ...ProfileFields isActive roles hasPassword secondFactorRequired totpEnabled recoveryCodesRemaining lastLoginAt createdAt updatedAt sessions{id device ipAddress isCurrent isImpersonation createdAt lastUsedAt expiresAt}}}' },
  passkeys: { field: 'me', text: 'query Passkeys{me{id passkeys{...PasskeyFields}}}' },
  reauthenticate: { field: 'reauthenticate', text: 'mutation Reauthenticate($input:ReauthenticateInput!){reauthenticate(input:$input){__typename ...InvalidInputFields ...on Reauthenticated{accessToken accessTokenExpiresAt accessTokenExpiresIn recentUntil}...on ChallengeFailed{message reason attemptsRemaining}...on InvalidCredentials{message}...on RateLimited{message retryAfter}}}', pass: 'input', changesSession: true },
  regenerateRecoveryCodes: { field: 'regenerateRecoveryCodes', text: 'mutation RegenerateRecoveryCodes{regenerateRecoveryCodes{__typename ...SecondFactorChangedFields ...ReauthenticationRequiredFields ...on NoSecondFactor{message}...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}' },
  registerEmail: { field: 'registerEmail', text: 'mutation RegisterEmail($input:RegisterEmailInput!){registerEmail(input:$input){__typename ...SignedIn ...ChallengeFields ...InvalidInputFields ...on EmailTaken{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  removePasskey: { field: 'removePasskey', text: 'mutation RemovePasskey($id:ID!){removePasskey(id:$id){__typename ...ReauthenticationRequiredFields ...on PasskeyRemoved{user{id passkeys{...PasskeyFields}}}...on LastSignInMethod{message}...on NotFound{message}}}', pass: 'variables' },
  renamePasskey: { field: 'renamePasskey', text: 'mutation RenamePasskey($id:ID!$name:String!){renamePasskey(id:$id name:$name){__typename ...InvalidInputFields ...on PasskeySaved{passkey{...PasskeyFields}}...on NotFound{message}}}', pass: 'variables' },
  requestEmailChange: { field: 'requestEmailChange', text: 'mutation RequestEmailChange($input:RequestEmailChangeInput!){requestEmailChange(input:$input){__typename ...ReauthenticationRequiredFields ...ChallengeFields ...InvalidInputFields ...on InvalidCredentials{message}...on RateLimited{message retryAfter}}}', pass: 'input' },
  requestEmailOtp: { field: 'requestEmailOtp', text: 'mutation RequestEmailOtp($input:RequestEmailOtpInput!){requestEmailOtp(input:$input){__typename ...ChallengeFields ...InvalidInputFields ...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true },
  requestEmailVerification: { field: 'requestEmailVerification', text: 'mutation RequestEmailVerification($input:RequestEmailVerificationInput!){requestEmailVerification(input:$input){__typename ...ChallengeFields ...InvalidInputFields ...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true },
  requestPasswordReset: { field: 'requestPasswordReset', text: 'mutation RequestPasswordReset($input:RequestPasswordResetInput!){requestPasswordReset(input:$input){__typename ...ChallengeFields ...InvalidInputFields ...on SmsUnavailable{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true },
  requestPhoneOtp: { field: 'requestPhoneOtp', text: 'mutation RequestPhoneOtp($input:RequestPhoneOtpInput!){requestPhoneOtp(input:$input){__typename ...ReauthenticationRequiredFields ...ChallengeFields ...InvalidInputFields ...on InvalidCredentials{message}...on SmsUnavailable{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true },
  resetPassword: { field: 'resetPassword', text: 'mutation ResetPassword($input:ResetPasswordInput!){resetPassword(input:$input){__typename ...ChallengeFields ...InvalidInputFields ...on PasswordChanged{sessionsEnded}...on ChallengeFailed{message reason attemptsRemaining}...on PasswordRequired{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true },
  revokeSession: { field: 'revokeSession', text: 'mutation RevokeSession($id:ID!){revokeSession(id:$id){__typename ...on LoggedOut{sessionsEnded}...on NotFound{message}}}', pass: 'variables', changesSession: true },
  securityEvents: { field: 'me', text: 'query SecurityEvents($first:Int=20$after:String$last:Int$before:String){me{id securityEvents(first:$first after:$after last:$last before:$before){nodes{id at count lastAt kind outcome byAdministrator sessionId method ipAddress}pageInfo{hasNextPage hasPreviousPage startCursor endCursor}}}}', pass: 'variables' },
  setSecondFactorRequired: { field: 'setSecondFactorRequired', text: 'mutation SetSecondFactorRequired($required:Boolean!){setSecondFactorRequired(required:$required){__typename ...SecondFactorChangedFields ...ReauthenticationRequiredFields ...on NoSecondFactor{message}...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'variables' },
  settings: { field: 'settings', text: 'query Settings{settings{signUpOpen emailVerification emailSignIn phoneSignIn passkeys secondFactors passwordMinLength passwordMaxLength passwordMinStrength locales}}', isPublic: true },
  socialAuthorize: { field: 'socialAuthorize', text: 'mutation SocialAuthorize($input:SocialAuthorizeInput!){socialAuthorize(input:$input){__typename ...ReauthenticationRequiredFields ...InvalidInputFields ...on SocialAuthorization{url state challengeId expiresAt}...on SocialProviderUnavailable{message}...on InvalidCredentials{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true },
  socialCallback: { field: 'socialCallback', text: 'mutation SocialCallback($input:SocialCallbackInput!){socialCallback(input:$input){__typename ...SignedIn ...SecondFactorRequiredFields ...IdentityLinkedFields ...InvalidInputFields ...on SocialRejected{message reason}...on IdentityConflict{message}...on AccountDisabled{message}...on SocialProviderUnavailable{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  socialProviders: { field: 'socialProviders', text: 'query SocialProviders{socialProviders{name label}}', isPublic: true },
  socialTokenLogin: { field: 'socialTokenLogin', text: 'mutation SocialTokenLogin($input:SocialTokenLoginInput!){socialTokenLogin(input:$input){__typename ...SignedIn ...SecondFactorRequiredFields ...InvalidInputFields ...on SocialRejected{message reason}...on IdentityConflict{message}...on AccountDisabled{message}...on SocialProviderUnavailable{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  startPasskeyLogin: { field: 'startPasskeyLogin', text: 'mutation StartPasskeyLogin{startPasskeyLogin{__typename ...on PasskeyLogin{challengeId options expiresAt}...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}', isPublic: true },
  startPasskeyRegistration: { field: 'startPasskeyRegistration', text: 'mutation StartPasskeyRegistration{startPasskeyRegistration{__typename ...ReauthenticationRequiredFields ...InvalidInputFields ...on PasskeyRegistration{challengeId options expiresAt}...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}' },
  startTotpEnrollment: { field: 'startTotpEnrollment', text: 'mutation StartTotpEnrollment{startTotpEnrollment{__typename ...on TotpEnrollment{challengeId secret uri qrCode expiresAt}...ReauthenticationRequiredFields ...on FeatureDisabled{message}...on RateLimited{message retryAfter}}}' },
  unlinkIdentity: { field: 'unlinkIdentity', text: 'mutation UnlinkIdentity($id:ID!){unlinkIdentity(id:$id){__typename ...ReauthenticationRequiredFields ...on IdentityUnlinked{user{id identities{id provider}}}...on LastSignInMethod{message}...on NotFound{message}}}', pass: 'variables' },
  updateProfile: { field: 'updateProfile', text: 'mutation UpdateProfile($input:UpdateProfileInput!){updateProfile(input:$input){__typename ...InvalidInputFields ...on ProfileUpdated{user{id ...ProfileFields updatedAt}}}}', pass: 'input' },
  verifyEmail: { field: 'verifyEmail', text: 'mutation VerifyEmail($input:VerifyEmailInput!){verifyEmail(input:$input){__typename ...SignedIn ...SecondFactorRequiredFields ...InvalidInputFields ...on EmailVerified{email passwordRemoved}...on InvalidCredentials{message}...on ChallengeFailed{message reason attemptsRemaining}...on AccountDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
  verifySecondFactor: { field: 'verifySecondFactor', text: 'mutation VerifySecondFactor($input:VerifySecondFactorInput!){verifySecondFactor(input:$input){__typename ...SignedIn ...InvalidInputFields ...on ChallengeFailed{message reason attemptsRemaining}...on AccountDisabled{message}...on RateLimited{message retryAfter}}}', pass: 'input', isPublic: true, changesSession: true, isDelivered: true },
} as const satisfies Readonly<Record<string, Operation>>;

/** What the client does with the tokens that it keeps. */
export const OWN_DOCUMENTS = {
  logout: 'mutation Logout($input:LogoutInput!={}){logout(input:$input){__typename ...on LoggedOut{sessionsEnded}...on NotFound{message}}}',
  refresh: 'mutation Refresh($input:RefreshInput!={}){refresh(input:$input){__typename ...SignedIn ...on RefreshRejected{message reason}...on RateLimited{message retryAfter}}}',
};

/** The client chooses how tokens are delivered, and names the device if the input does not. */
type WithoutTransport<Input> = Omit<Input, 'transport'>;

/** The operations of the user of an app. */
export interface Operations {
  /** Replaces the password, or sets the first one if the account has none (omit currentPassword; requires a sign-in within the last ten minutes). Ends the other sessions. */
  changePassword(input: Types.ChangePasswordInput): Promise<ChangePasswordResult>;

  /** Completes the change, with the code (signed in as the user who requested it) or with the token from the link (in any client). Does not start or end sessions; transport and device are ignored. The old address is notified and can undo the change for 72 hours. */
  confirmEmailChange(input: WithoutTransport<Types.VerifyEmailInput>): Promise<ConfirmEmailChangeResult>;

  /** Completes the sign-in with the code (in the client that asked for it) or with the token from the link (in any client). An account whose address was never verified is handed over to the caller: what another person may have prepared is removed, unless the caller is signed in to the account. */
  confirmEmailOtp(input: WithoutTransport<Types.ConfirmEmailOtpInput>): Promise<ConfirmEmailOtpResult>;

  /** Completes the flow with the code. With VERIFY, the caller must be signed in as the user who requested the code. */
  confirmPhoneOtp(input: WithoutTransport<Types.ConfirmPhoneOtpInput>): Promise<ConfirmPhoneOtpResult>;

  /** Turns on the authenticator app, in place of an earlier one, and requires a second factor from now on. Requires a sign-in within the last ten minutes. */
  confirmTotpEnrollment(input: Types.ConfirmTotpEnrollmentInput): Promise<ConfirmTotpEnrollmentResult>;

  /** Permanently deletes the signed-in user's account and its data, and notifies the owner. All its tokens stop working immediately. */
  deleteAccount(input: Types.DeleteAccountInput): Promise<DeleteAccountResult>;

  /** Turns off the authenticator app. If no other factor is left, a second factor is no longer required. Requires a sign-in within the last ten minutes. */
  disableTotp(): Promise<DisableTotpResult>;

  /** Signs in. A passkey with user verification (PIN, fingerprint, face) counts as both factors. */
  finishPasskeyLogin(input: WithoutTransport<Types.FinishPasskeyLoginInput>): Promise<FinishPasskeyLoginResult>;

  /** Adds the passkey to the account of the user who started, and notifies them. */
  finishPasskeyRegistration(input: Types.FinishPasskeyRegistrationInput): Promise<FinishPasskeyRegistrationResult>;

  /** The signed-in user. Without a valid access token: null and an UNAUTHENTICATED error. */
  identities(): Promise<IdentitiesResult>;

  /** Signs in with an email address or phone number and a password. */
  login(input: WithoutTransport<Types.LoginInput>): Promise<LoginResult>;

  /** Ends all sessions of the signed-in user. */
  logoutAll(input?: Types.LogoutAllInput): Promise<LogoutAllResult>;

  /** The signed-in user. Without a valid access token: null and an UNAUTHENTICATED error. */
  me(): Promise<MeResult>;

  /** The signed-in user. Without a valid access token: null and an UNAUTHENTICATED error. */
  passkeys(): Promise<PasskeysResult>;

  /** Renews the auth_time of the current session. For ten minutes, operations that otherwise return ReauthenticationRequired are allowed. Wrong passwords count like those of login. */
  reauthenticate(input: Types.ReauthenticateInput): Promise<ReauthenticateResult>;

  /** Creates new recovery codes. The old ones stop working. Requires a sign-in within the last ten minutes. */
  regenerateRecoveryCodes(): Promise<RegenerateRecoveryCodesResult>;

  /** Signs up with an email address and a password. If the address must be verified first, the response is a Challenge, even if the address already has an account. */
  registerEmail(input: WithoutTransport<Types.RegisterEmailInput>): Promise<RegisterEmailResult>;

  /** Removes a passkey of the signed-in user. Refused if it is the last way to sign in. If it is the last factor, a second factor is no longer required. Requires a sign-in within the last ten minutes. */
  removePasskey(variables: Types.RemovePasskeyMutationVariables): Promise<RemovePasskeyResult>;

  /** Renames a passkey of the signed-in user. */
  renamePasskey(variables: Types.RenamePasskeyMutationVariables): Promise<RenamePasskeyResult>;

  /** Sends a code, a link or both to the new address. The account keeps its old address until the new one is verified. The response is the same if the address belongs to another account. Changing or resetting the password cancels a pending request. */
  requestEmailChange(input: Types.RequestEmailChangeInput): Promise<RequestEmailChangeResult>;

  /** Emails a code and a link for signing in. If the address has no account and sign-up is open, it creates one. The response does not reveal which. */
  requestEmailOtp(input: Types.RequestEmailOtpInput): Promise<RequestEmailOtpResult>;

  /** Sends the message for verifying an email address, or sends it again. The response is the same whether or not the address is known. */
  requestEmailVerification(input: Types.RequestEmailVerificationInput): Promise<RequestEmailVerificationResult>;

  /** Sends a code or link for resetting the password. The response is the same whether or not the account exists. */
  requestPasswordReset(input: Types.RequestPasswordResetInput): Promise<RequestPasswordResetResult>;

  /** Sends a one-time code by SMS. AUTHENTICATE signs in or up; VERIFY verifies a number for the signed-in user. The response is the same whether or not the number is known. */
  requestPhoneOtp(input: Types.RequestPhoneOtpInput): Promise<RequestPhoneOtpResult>;

  /** Sets a new password with a code or link and ends all sessions. Does not sign in. */
  resetPassword(input: Types.ResetPasswordInput): Promise<ResetPasswordResult>;

  /** Ends one of the signed-in user's sessions. */
  revokeSession(variables: Types.RevokeSessionMutationVariables): Promise<RevokeSessionResult>;

  /** The signed-in user. Without a valid access token: null and an UNAUTHENTICATED error. */
  securityEvents(variables?: Types.SecurityEventsQueryVariables): Promise<SecurityEventsResult>;

  /** Turns the second-factor requirement on or off. Turning it on needs a passkey or an authenticator app. Requires a sign-in within the last ten minutes. */
  setSecondFactorRequired(variables: Types.SetSecondFactorRequiredMutationVariables): Promise<SetSecondFactorRequiredResult>;

  /** What this server offers. The same for everyone. */
  settings(): Promise<SettingsResult>;

  /** Starts a social sign-in, or links an identity to the signed-in user. Returns where to send the browser and what to keep for socialCallback. */
  socialAuthorize(input: Types.SocialAuthorizeInput): Promise<SocialAuthorizeResult>;

  /** Completes a social sign-in: exchanges the provider's code for a session, or links the identity. LINK with an expired access token is UNAUTHENTICATED: refresh it and retry with the same input. */
  socialCallback(input: WithoutTransport<Types.SocialCallbackInput>): Promise<SocialCallbackResult>;

  /** Social providers configured on this server. */
  socialProviders(): Promise<SocialProvidersResult>;

  /** For native apps: exchanges the provider's ID token or access token for a session. */
  socialTokenLogin(input: WithoutTransport<Types.SocialTokenLoginInput>): Promise<SocialTokenLoginResult>;

  /** Options for any passkey of this site, also for autofill. They name no account and reveal nothing about existing ones. */
  startPasskeyLogin(): Promise<StartPasskeyLoginResult>;

  /** Starts adding a passkey to the account. Requires a sign-in within the last ten minutes. */
  startPasskeyRegistration(): Promise<StartPasskeyRegistrationResult>;

  /** Creates a secret for an authenticator app. It takes effect once a code is confirmed. Requires a sign-in within the last ten minutes. */
  startTotpEnrollment(): Promise<StartTotpEnrollmentResult>;

  /** Unlinks an identity from the signed-in user. Refused if it is the last way to sign in: there must be a password, a verified phone number or another identity. Requires a sign-in within the last ten minutes. */
  unlinkIdentity(variables: Types.UnlinkIdentityMutationVariables): Promise<UnlinkIdentityResult>;

  /** Updates the signed-in user's profile. */
  updateProfile(input: Types.UpdateProfileInput): Promise<UpdateProfileResult>;

  /** Verifies an email address, with the code (also signs in) or with the token from the link (does not sign in). An account whose address was never verified is handed over to the caller: what another person may have prepared is removed, unless the caller is signed in to the account or shows its password. */
  verifyEmail(input: WithoutTransport<Types.VerifyEmailInput>): Promise<VerifyEmailResult>;

  /** Completes a sign-in that returned SecondFactorRequired. Each code works once. Wrong codes count for the challenge and, across challenges, for the account. */
  verifySecondFactor(input: WithoutTransport<Types.VerifySecondFactorInput>): Promise<VerifySecondFactorResult>;
}

export type ChangePasswordResult = Types.ChangePasswordMutation['changePassword'];
export type ConfirmEmailChangeResult = Types.ConfirmEmailChangeMutation['confirmEmailChange'];
export type ConfirmEmailOtpResult = Types.ConfirmEmailOtpMutation['confirmEmailOtp'];
export type ConfirmPhoneOtpResult = Types.ConfirmPhoneOtpMutation['confirmPhoneOtp'];
export type ConfirmTotpEnrollmentResult = Types.ConfirmTotpEnrollmentMutation['confirmTotpEnrollment'];
export type DeleteAccountResult = Types.DeleteAccountMutation['deleteAccount'];
export type DisableTotpResult = Types.DisableTotpMutation['disableTotp'];
export type FinishPasskeyLoginResult = Types.FinishPasskeyLoginMutation['finishPasskeyLogin'];
export type FinishPasskeyRegistrationResult = Types.FinishPasskeyRegistrationMutation['finishPasskeyRegistration'];
export type IdentitiesResult = Types.IdentitiesQuery['me'];
export type LoginResult = Types.LoginMutation['login'];
export type LogoutAllResult = Types.LogoutAllMutation['logoutAll'];
export type LogoutResult = Types.LogoutMutation['logout'];
export type MeResult = Types.MeQuery['me'];
export type PasskeysResult = Types.PasskeysQuery['me'];
export type ReauthenticateResult = Types.ReauthenticateMutation['reauthenticate'];
export type RefreshResult = Types.RefreshMutation['refresh'];
export type RegenerateRecoveryCodesResult = Types.RegenerateRecoveryCodesMutation['regenerateRecoveryCodes'];
export type RegisterEmailResult = Types.RegisterEmailMutation['registerEmail'];
export type RemovePasskeyResult = Types.RemovePasskeyMutation['removePasskey'];
export type RenamePasskeyResult = Types.RenamePasskeyMutation['renamePasskey'];
export type RequestEmailChangeResult = Types.RequestEmailChangeMutation['requestEmailChange'];
export type RequestEmailOtpResult = Types.RequestEmailOtpMutation['requestEmailOtp'];
export type RequestEmailVerificationResult = Types.RequestEmailVerificationMutation['requestEmailVerification'];
export type RequestPasswordResetResult = Types.RequestPasswordResetMutation['requestPasswordReset'];
export type RequestPhoneOtpResult = Types.RequestPhoneOtpMutation['requestPhoneOtp'];
export type ResetPasswordResult = Types.ResetPasswordMutation['resetPassword'];
export type RevokeSessionResult = Types.RevokeSessionMutation['revokeSession'];
export type SecurityEventsResult = Types.SecurityEventsQuery['me'];
export type SetSecondFactorRequiredResult = Types.SetSecondFactorRequiredMutation['setSecondFactorRequired'];
export type SettingsResult = Types.SettingsQuery['settings'];
export type SocialAuthorizeResult = Types.SocialAuthorizeMutation['socialAuthorize'];
export type SocialCallbackResult = Types.SocialCallbackMutation['socialCallback'];
export type SocialProvidersResult = Types.SocialProvidersQuery['socialProviders'];
export type SocialTokenLoginResult = Types.SocialTokenLoginMutation['socialTokenLogin'];
export type StartPasskeyLoginResult = Types.StartPasskeyLoginMutation['startPasskeyLogin'];
export type StartPasskeyRegistrationResult = Types.StartPasskeyRegistrationMutation['startPasskeyRegistration'];
export type StartTotpEnrollmentResult = Types.StartTotpEnrollmentMutation['startTotpEnrollment'];
export type UnlinkIdentityResult = Types.UnlinkIdentityMutation['unlinkIdentity'];
export type UpdateProfileResult = Types.UpdateProfileMutation['updateProfile'];
export type VerifyEmailResult = Types.VerifyEmailMutation['verifyEmail'];
export type VerifySecondFactorResult = Types.VerifySecondFactorMutation['verifySecondFactor'];

import { uniqueEmail } from './people.ts';
import { uniquePhone } from './phones.ts';
import { REDIRECT_URI } from './social/peer.ts';

export const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
export const UNKNOWN_ID = '00000000-0000-7000-8000-000000000000';

interface Operation {
  /** A call of the operation with a password, if it accepts one. */
  call(password?: string): string;
  /** The outcome once the owner is confirmed. */
  allowed: string;
  accepts?: 'a password';
}

const inline = (password: string | undefined, field = 'password') => (password ? `, ${field}: "${password}"` : '');

/** Every operation that adds, replaces or removes a way to sign in. */
export const WAYS_TO_SIGN_IN: Record<string, Operation> = {
  'mutation requestPhoneOtp': {
    allowed: 'Challenge',
    accepts: 'a password',
    call: (password) =>
      `requestPhoneOtp(input: { purpose: VERIFY, phone: "${uniquePhone()}"${inline(password)} }) { __typename ${METHODS} }`,
  },
  'mutation changePassword': {
    allowed: 'PasswordChanged',
    accepts: 'a password',
    call: (password) =>
      `changePassword(input: { newPassword: "${NEW_PASSWORD}"${inline(password, 'currentPassword')} }) { __typename ${METHODS} }`,
  },
  'mutation requestEmailChange': {
    allowed: 'Challenge',
    accepts: 'a password',
    call: (password) =>
      `requestEmailChange(input: { newEmail: "${uniqueEmail()}"${inline(password)} }) { __typename ${METHODS} }`,
  },
  'mutation deleteAccount': {
    allowed: 'AccountDeleted',
    accepts: 'a password',
    call: (password) =>
      `deleteAccount(input: { ${password ? `password: "${password}"` : ''} }) { __typename ${METHODS} }`,
  },
  'mutation socialAuthorize': {
    allowed: 'SocialAuthorization',
    accepts: 'a password',
    call: (password) =>
      `socialAuthorize(input: { purpose: LINK, provider: "github", redirectUri: "${REDIRECT_URI}"${inline(password)} }) { __typename ${METHODS} }`,
  },
  'mutation unlinkIdentity': {
    allowed: 'NotFound',
    call: () => `unlinkIdentity(id: "${UNKNOWN_ID}") { __typename ${METHODS} }`,
  },
  'mutation startTotpEnrollment': {
    allowed: 'TotpEnrollment',
    call: () => `startTotpEnrollment { __typename ${METHODS} }`,
  },
  'mutation confirmTotpEnrollment': {
    allowed: 'ChallengeFailed',
    call: () =>
      `confirmTotpEnrollment(input: { challengeId: "${UNKNOWN_ID}", code: "123456" }) { __typename ${METHODS} }`,
  },
  'mutation disableTotp': { allowed: 'NoSecondFactor', call: () => `disableTotp { __typename ${METHODS} }` },
  'mutation setSecondFactorRequired': {
    allowed: 'NoSecondFactor',
    call: () => `setSecondFactorRequired(required: true) { __typename ${METHODS} }`,
  },
  'mutation regenerateRecoveryCodes': {
    allowed: 'NoSecondFactor',
    call: () => `regenerateRecoveryCodes { __typename ${METHODS} }`,
  },
  'mutation startPasskeyRegistration': {
    allowed: 'PasskeyRegistration',
    call: () => `startPasskeyRegistration { __typename ${METHODS} }`,
  },
  'mutation removePasskey': {
    allowed: 'NotFound',
    call: () => `removePasskey(id: "${UNKNOWN_ID}") { __typename ${METHODS} }`,
  },
};

/** Operations with which an administrator's stolen token could take over or destroy other accounts. */
const DANGEROUS: Record<string, Operation> = {
  'mutation createUser': {
    allowed: 'AdminUser',
    call: () => `createUser(input: { email: "${uniqueEmail()}", roles: [ADMIN] }) { __typename ${METHODS} }`,
  },
  'mutation updateUser': {
    allowed: 'NotFound',
    call: () => `updateUser(id: "${UNKNOWN_ID}", input: { email: "${uniqueEmail()}" }) { __typename ${METHODS} }`,
  },
  'mutation deleteUser': {
    allowed: 'NotFound',
    call: () => `deleteUser(id: "${UNKNOWN_ID}") { __typename ${METHODS} }`,
  },
  'mutation sendPasswordReset': {
    allowed: 'NotFound',
    call: () => `sendPasswordReset(userId: "${UNKNOWN_ID}") { __typename ${METHODS} }`,
  },
  'mutation resetSecondFactors': {
    allowed: 'NotFound',
    call: () => `resetSecondFactors(userId: "${UNKNOWN_ID}", reason: "Lost phone") { __typename ${METHODS} }`,
  },
  'mutation impersonate': {
    allowed: 'NotFound',
    call: () => `impersonate(userId: "${UNKNOWN_ID}", reason: "Ticket") { __typename ${METHODS} }`,
  },
};

/** Every other mutation. A new one must be added here or above. */
export const OTHER_MUTATIONS = [
  // Need no session: the caller signs in, or submits a secret from a message or a provider.
  'mutation registerEmail',
  'mutation requestEmailVerification',
  'mutation verifyEmail',
  'mutation login',
  'mutation startPasskeyLogin',
  'mutation finishPasskeyLogin',
  'mutation requestEmailOtp',
  'mutation verifySecondFactor',
  'mutation requestPasswordReset',
  'mutation resetPassword',
  'mutation socialTokenLogin',
  // Complete what one of the above has started, with a secret that it sent elsewhere.
  'mutation confirmEmailChange',
  'mutation confirmEmailOtp',
  'mutation confirmPhoneOtp',
  'mutation finishPasskeyRegistration',
  'mutation socialCallback',
  // Change no way to sign in.
  'mutation reauthenticate',
  'mutation refresh',
  'mutation logout',
  'mutation logoutAll',
  'mutation revokeSession',
  'mutation updateProfile',
  'mutation renamePasskey',
  'mutation endUserSession',
  'mutation endUserSessions',
  'mutation retryDelivery',
];

export const METHODS = '... on ReauthenticationRequired { methods }';

/** The operations that require a recent sign-in. */
export const GUARDED_OPERATIONS = { ...WAYS_TO_SIGN_IN, ...DANGEROUS };

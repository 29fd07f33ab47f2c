export { createLatchkey, type Latchkey, type LatchkeyOptions } from './client.ts';
export { type GraphqlError, isTemporary, LatchkeyError } from './errors.ts';
export { type FormErrors, formErrors } from './form-errors.ts';
export type * from './generated/operations.ts';
export type * from './generated/types.ts';
export type {
  AddPasskeyResult,
  PasskeyCancelled,
  PasskeyExists,
  PasskeySignInOptions,
  PasskeyUnsupported,
  SignInWithPasskeyResult,
} from './passkeys.ts';
export type { GraphqlAnswer, GraphqlRequest } from './post.ts';
export type { Session, SessionListener, SessionUser, SignOutReason } from './session.ts';
export type { CompleteSocialResult, SocialCancelled, SocialNotStarted, SocialOptions } from './social.ts';
export { browserStorage, memoryStorage, type TokenStorage } from './storage.ts';
export type { HeldToken } from './tokens.ts';

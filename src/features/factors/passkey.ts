import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import type { passkeys } from '../../infra/db/tables.ts';

/** Passkeys of one user that are not removed. */
export const MAX_PASSKEYS = 20;

/** Characters. */
export const PASSKEY_NAME_MAX_LENGTH = 100;

export type Passkey = typeof passkeys.$inferSelect;

/** What an authenticator reported when it created a passkey. */
export type NewCredential = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'signCount' | 'transports' | 'aaguid' | 'isBackupEligible' | 'isBackedUp'
>;

/** What an authenticator reported when it used one. */
export interface PasskeyUse {
  signCount: number;
  isBackupEligible: boolean;
  isBackedUp: boolean;
  /** Whether the user entered a PIN, or was recognised. */
  userVerified: boolean;
}

/** The values of the amr claim. With user verification, a passkey is two factors: docs/decisions/0018. */
export const methodsOf = ({ isBackupEligible, userVerified }: PasskeyUse): AuthenticationMethod[] => [
  isBackupEligible ? 'swk' : 'hwk',
  'user',
  ...(userVerified ? (['mfa'] as const) : []),
];

/** Whether the counter of a use shows a copy of the passkey: Web Authentication Level 3 section 7.2 step 22. */
export const isCounterBehind = (stored: number, used: number): boolean => (stored > 0 || used > 0) && used <= stored;

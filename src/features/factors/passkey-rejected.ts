import { ChallengeFailed } from '../../core/problems.ts';

/** Why a passkey was not accepted. For the audit: the caller does not learn it. */
export type PasskeyRefusal =
  | 'type'
  | 'challenge'
  | 'origin'
  | 'cross-origin'
  | 'rp-id'
  | 'user-presence'
  | 'user-verification'
  | 'user-handle'
  | 'unknown-passkey'
  | 'address-unverified'
  | 'registered'
  | 'algorithm'
  | 'signature'
  | 'malformed';

export class PasskeyRejected extends ChallengeFailed {
  constructor(readonly detail: PasskeyRefusal) {
    super('PASSKEY_REJECTED');
  }
}

/** Why a ceremony failed, for the audit event. */
export const failureReason = (failed: ChallengeFailed): string =>
  failed instanceof PasskeyRejected ? failed.detail : failed.reason;

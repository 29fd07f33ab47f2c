import type { Db } from '../../infra/db/client.ts';
import {
  type AddedFactor,
  deleteFactors,
  type FactorUndo,
  factorsSince,
  ownFactors,
  pruneFactors,
  revertFactors,
} from './factor.repo.ts';
import { SecondFactor } from './second-factor.ts';

/** What a user has besides the first factor: an authenticator app, recovery codes and passkeys. */
export interface Factors {
  /** The factors that can complete a sign-in now, strongest first. */
  of(db: Db, userId: string): Promise<SecondFactor[]>;
  /** Whether the user has an authenticator app or a passkey: without one, no second factor may be required. */
  suffice(db: Db, userId: string): Promise<boolean>;
  /** Apps and passkeys that were added at this time or later, oldest first. */
  addedSince(db: Db, userId: string, since: Date): Promise<AddedFactor[]>;
  /** Deletes all of them. @param tx the transaction that holds the lock of the account's row */
  removeAll(tx: Db, userId: string): Promise<void>;
  /**
   * Deletes factors and recovery codes that were added recently, and restores those that were removed or replaced.
   * @param tx the transaction that holds the lock of the account's row
   */
  revert(tx: Db, userId: string, undo: FactorUndo): Promise<void>;
  /** Deletes factors that were removed before this time; at most `limit` of each kind. Returns less if none is left. */
  prune(db: Db, before: Date, limit: number): Promise<number>;
}

/** @param passkeys whether they are on */
export function createFactors({ passkeys }: { passkeys: boolean }): Factors {
  return {
    async of(db, userId) {
      const own = await ownFactors(db, userId);
      return Object.values(SecondFactor).filter((factor) => own[factor] && (passkeys || factor !== 'PASSKEY'));
    },

    async suffice(db, userId) {
      const { TOTP, PASSKEY } = await ownFactors(db, userId);
      return TOTP || (PASSKEY && passkeys);
    },

    addedSince: factorsSince,
    removeAll: deleteFactors,
    revert: revertFactors,
    prune: pruneFactors,
  };
}

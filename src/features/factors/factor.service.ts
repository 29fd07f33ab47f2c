import type { Db } from '../../infra/db/client.ts';
import { deleteFactors, ownFactors } from './factor.repo.ts';
import { SecondFactor } from './second-factor.ts';

/** What a user has besides the first factor: an authenticator app, recovery codes and passkeys. */
export interface Factors {
  /** The factors that can complete a sign-in now, strongest first. */
  of(db: Db, userId: string): Promise<SecondFactor[]>;
  /** Deletes all of them. @param tx the transaction that holds the lock of the account's row */
  removeAll(tx: Db, userId: string): Promise<void>;
}

export function createFactors(): Factors {
  return {
    async of(db, userId) {
      const own = await ownFactors(db, userId);
      return Object.values(SecondFactor).filter((factor) => own[factor]);
    },

    removeAll: deleteFactors,
  };
}

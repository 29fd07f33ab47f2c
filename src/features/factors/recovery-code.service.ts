import type { Clock } from '../../core/clock.ts';
import { digest, type Keyring, keyId } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { findRecoveryCode, recoveryCodeCounts, replaceRecoveryCodes, useRecoveryCode } from './recovery-code.repo.ts';
import { newRecoveryCode, parseRecoveryCode, RECOVERY_CODE_COUNT } from './recovery-code.ts';

/** One-time codes for users who have lost their other factors. Stored as keyed digests that are bound to the user. */
export interface RecoveryCodes {
  /** Replaces the user's codes. The new ones, as they are shown once. */
  renew(tx: Db, userId: string, at: Date): Promise<string[]>;
  /** Undefined if the user has no such code. @param code from `parseRecoveryCode` */
  match(db: Db, userId: string, code: string): Promise<{ isUsed: boolean } | undefined>;
  /** Uses the code. Of any number of callers, true for one. @param tx the transaction of what the code authorises */
  use(tx: Db, userId: string, code: string): Promise<boolean>;
  /** Name the keys of the digests, without revealing them: a server with other keys cannot use stored codes. */
  keyIds: readonly string[];
  /** As it is stored. @param code from `parseRecoveryCode` */
  digest(userId: string, code: string): string;
  /** How many each user has left; users without any are missing. */
  counts(db: Db, userIds: readonly string[]): Promise<Map<string, number>>;
  /** How many are left. */
  count(db: Db, userId: string): Promise<number>;
}

export function createRecoveryCodes({ keyring, clock }: { keyring: Keyring; clock: Clock }): RecoveryCodes {
  const keys = keyring.derive('recovery-code');
  const digestsOf = (userId: string, code: string) => keys.map((key) => digest(key, `recovery-code/${userId}`, code));
  const currentDigest = (userId: string, code: string) => digest(keys[0], `recovery-code/${userId}`, code);

  return {
    async renew(tx, userId, at) {
      const codes = Array.from({ length: RECOVERY_CODE_COUNT }, newRecoveryCode);
      const digests = codes.map((code) => currentDigest(userId, parseRecoveryCode(code) ?? ''));
      await replaceRecoveryCodes(tx, userId, digests, at);
      return codes;
    },

    async match(db, userId, code) {
      const found = await findRecoveryCode(db, userId, digestsOf(userId, code));
      return found && { isUsed: found.usedAt !== null };
    },

    use: (tx, userId, code) => useRecoveryCode(tx, userId, digestsOf(userId, code), clock.now()),
    keyIds: keys.map(keyId),
    digest: currentDigest,
    counts: recoveryCodeCounts,
    count: async (db, userId) => (await recoveryCodeCounts(db, [userId])).get(userId) ?? 0,
  };
}

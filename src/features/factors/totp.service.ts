import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import { type Keyring, seal, unseal } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { acceptStep, insertTotp, removeTotp, type TotpFactor, totpOf, totpOwners } from './totp.repo.ts';
import { COMMON_PARAMETERS, findTimeStep } from './totp.ts';
import { resealTotpSecrets } from './totp-sealing.service.ts';

/** A right code of a user's app. */
export interface TotpMatch {
  factorId: string;
  step: number;
  /** Whether this code, or a later one, was accepted before. */
  isUsed: boolean;
}

/** Authenticator apps. A user has at most one. */
export interface TotpFactors {
  /** Undefined if the code is wrong, or the user has no app. Accepts nothing yet. */
  match(db: Db, userId: string, code: string): Promise<TotpMatch | undefined>;
  /**
   * Accepts the code. Of any number of callers, on any replica, true for one.
   * @param tx the transaction of what the code authorises
   */
  accept(tx: Db, match: TotpMatch): Promise<boolean>;
  /** Whether the user has an app. */
  has(db: Db, userId: string): Promise<boolean>;
  /** Which of the users have an app. */
  owners(db: Db, userIds: readonly string[]): Promise<Set<string>>;
  /** The secret as it is stored. */
  seal(secret: string): Promise<string>;
  /** The secret, for an export. */
  unseal(sealedSecret: string): Promise<string>;
  /** The time step of a code for a secret that no account has yet; undefined if the code is wrong. */
  findStep(sealedSecret: string, code: string): Promise<number | undefined>;
  /** @param step of the code that confirmed the app, which counts as used */
  add(tx: Db, userId: string, app: { sealedSecret: string; step: number }, at: Date): Promise<void>;
  /**
   * Encrypts up to `limit` secrets with SECRET_KEY that were encrypted with SECRET_KEY_PREVIOUS, which can then be removed.
   * Returns how many.
   */
  reseal(db: Db, limit: number): Promise<number>;
  /** Whether the user had an app. */
  remove(tx: Db, userId: string, at: Date): Promise<boolean>;
}

interface Dependencies {
  keyring: Keyring;
  clock: Clock;
  log: Log;
}

export function createTotpFactors({ keyring, clock, log }: Dependencies): TotpFactors {
  const findStepOf = async (
    factor: Pick<TotpFactor, 'sealedSecret' | 'algorithm' | 'digits' | 'period'>,
    code: string,
  ) => findTimeStep(await unseal(keyring, factor.sealedSecret, 'totp-secret'), factor, code, clock.now());

  return {
    async match(db, userId, code) {
      const factor = await totpOf(db, userId);
      if (!factor) return undefined;
      const step = await findStepOf(factor, code).catch((err: unknown) => {
        log.error({ err, userId }, 'the secret of an authenticator app cannot be decrypted');
        return undefined;
      });
      return step === undefined ? undefined : { factorId: factor.id, step, isUsed: step <= factor.lastStep };
    },

    has: async (db, userId) => (await totpOf(db, userId)) !== undefined,
    accept: (tx, { factorId, step }) => acceptStep(tx, factorId, step),
    seal: (secret) => seal(keyring, secret, 'totp-secret'),
    unseal: (sealedSecret) => unseal(keyring, sealedSecret, 'totp-secret'),
    findStep: (sealedSecret, code) => findStepOf({ sealedSecret, ...COMMON_PARAMETERS }, code),

    add: (tx, userId, { sealedSecret, step }, at) =>
      insertTotp(tx, {
        id: newId(at),
        userId,
        sealedSecret,
        ...COMMON_PARAMETERS,
        lastStep: step,
        createdAt: at,
        removedAt: null,
      }),

    owners: totpOwners,
    reseal: (db, limit) => resealTotpSecrets(db, keyring, limit),
    remove: removeTotp,
  };
}

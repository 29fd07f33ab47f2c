import { newId } from '../../../core/ids.ts';
import type { RecoveryCodes } from '../../factors/recovery-code.service.ts';
import type { TotpFactors } from '../../factors/totp.service.ts';
import type { FactorRows } from '../import.repo.ts';
import type { SecondFactors } from './second-factors.ts';

/** The factors of a new account. */
export interface OwnedFactors {
  userId: string;
  factors: SecondFactors;
  /** If the file does not say when a factor was created. */
  createdAt: Date;
}

/** Seals secrets and digests codes, as the tables have them. */
export type StoreFactors = (owned: readonly OwnedFactors[]) => Promise<FactorRows>;

interface Dependencies {
  totp: Pick<TotpFactors, 'seal'>;
  recoveryCodes: Pick<RecoveryCodes, 'digest'>;
}

export function createFactorStore({ totp, recoveryCodes }: Dependencies): StoreFactors {
  return async (owned) => ({
    totp: await Promise.all(
      owned.flatMap(({ userId, factors, createdAt: otherwise }) => {
        if (!factors.totp) return [];
        const { secret, createdAt, ...app } = factors.totp;
        const at = createdAt ?? otherwise;
        return [
          totp.seal(secret).then((sealedSecret) => ({ ...app, id: newId(at), userId, sealedSecret, createdAt: at })),
        ];
      }),
    ),
    recoveryCodes: owned.flatMap(({ userId, factors, createdAt }) =>
      [...factors.recoveryCodes.map((code) => recoveryCodes.digest(userId, code)), ...factors.recoveryDigests].map(
        (digest) => ({ userId, digest, createdAt }),
      ),
    ),
    passkeys: owned.flatMap(({ userId, factors, createdAt: otherwise }) =>
      factors.passkeys.map((passkey) => {
        const createdAt = passkey.createdAt ?? otherwise;
        return { ...passkey, id: newId(createdAt), userId, createdAt };
      }),
    ),
  });
}

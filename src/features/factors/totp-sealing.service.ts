import { type Keyring, seal, sealedBeginnings, unseal } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { countSealed, resealTotp, type SealedCounts, totpsSealedWith } from './totp.repo.ts';

const LABEL = 'totp-secret';

/** `TotpFactors.reseal`. */
export async function resealTotpSecrets(db: Db, keyring: Keyring, limit: number): Promise<number> {
  const { previous } = sealedBeginnings(keyring, LABEL);
  if (previous.length === 0) return 0;
  const outdated = await totpsSealedWith(db, previous, limit);
  for (const factor of outdated)
    await resealTotp(db, factor, await seal(keyring, await unseal(keyring, factor.sealedSecret, LABEL), LABEL));
  return outdated.length;
}

/** For operators: which secret decrypts the authenticator apps of users. */
export const reportTotpSecrets = (db: Db, keyring: Keyring): Promise<SealedCounts> =>
  countSealed(db, sealedBeginnings(keyring, LABEL));

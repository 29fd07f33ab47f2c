import type { Clock } from '../../core/clock.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { openPrivateKey } from './key-ring.ts';
import { allKeys } from './keys.repo.ts';
import { findSigningKey, retiresAt, type SigningKey } from './keys.ts';

export interface KeyReport extends Pick<SigningKey, 'generation' | 'kid' | 'alg' | 'signsFrom' | 'createdAt'> {
  state: 'next' | 'signing' | 'retiring' | 'retired';
  /** Undefined for the newest key. */
  retiresAt: Date | undefined;
  /** Which secret decrypts it. A key that has stopped signing need not be decrypted. */
  opensWith: 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS' | 'nothing' | 'not needed';
}

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  /** Milliseconds. */
  accessTtl: number;
}

/** All keys for operators, oldest first. Changes nothing. */
export async function reportKeys({ db, clock, keyring, accessTtl }: Dependencies): Promise<KeyReport[]> {
  const rows = await allKeys(db);
  const now = clock.now();
  const current = findSigningKey(rows, now)?.generation ?? 0;
  const currentSecret: Keyring = { derive: (label) => [keyring.derive(label)[0]] };
  const canDecrypt = (key: SigningKey, secrets: Keyring) =>
    openPrivateKey(secrets, key).then(
      () => true,
      () => false,
    );
  return Promise.all(
    rows.map(async (key) => {
      const end = retiresAt(key, rows, accessTtl);
      const { generation, kid, alg, signsFrom, createdAt } = key;
      const common = { generation, kid, alg, signsFrom, createdAt, retiresAt: end };
      if (generation < current)
        return { ...common, state: end && end <= now ? 'retired' : 'retiring', opensWith: 'not needed' } as const;
      const state = generation === current ? ('signing' as const) : ('next' as const);
      if (await canDecrypt(key, currentSecret)) return { ...common, state, opensWith: 'SECRET_KEY' } as const;
      const opensWith = (await canDecrypt(key, keyring)) ? 'SECRET_KEY_PREVIOUS' : 'nothing';
      return { ...common, state, opensWith } as const;
    }),
  );
}

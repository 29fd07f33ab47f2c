import type { Clock } from '../../core/clock.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { openPrivateKey } from './key-ring.ts';
import { describeKeys, type KeyState } from './key-states.ts';
import { allKeys } from './keys.repo.ts';
import type { SigningKey } from './keys.ts';

export interface KeyReport extends KeyState {
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
  const states = describeKeys(rows, clock.now(), accessTtl);
  const currentSecret: Keyring = { derive: (label) => [keyring.derive(label)[0]] };
  const canDecrypt = (key: SigningKey, secrets: Keyring) =>
    openPrivateKey(secrets, key).then(
      () => true,
      () => false,
    );
  async function findSecret(key: SigningKey): Promise<KeyReport['opensWith']> {
    if (await canDecrypt(key, currentSecret)) return 'SECRET_KEY';
    return (await canDecrypt(key, keyring)) ? 'SECRET_KEY_PREVIOUS' : 'nothing';
  }
  return Promise.all(
    states.map(async (key) => {
      const row = rows.find(({ generation }) => generation === key.generation);
      const signs = key.state === 'next' || key.state === 'signing';
      return { ...key, opensWith: signs && row ? await findSecret(row) : ('not needed' as const) };
    }),
  );
}

import { randomBytes } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { after, type Clock, DAY, MINUTE } from '../../src/core/clock.ts';
import type { Log } from '../../src/core/log.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import { reportKeys } from '../../src/features/keys/key-report.ts';
import { createKeys, type Keys } from '../../src/features/keys/keys.service.ts';
import { SIGNING_ALGORITHMS } from '../../src/features/keys/keys.ts';
import type { Database, Db } from '../../src/infra/db/client.ts';
import { signingKeys } from '../../src/infra/db/tables.ts';
import { embeddedDatabase } from './databases.ts';

type Dependencies = Parameters<typeof createKeys>[0];

const START = new Date('2026-11-20T09:00:00.000Z');
export const TOKENS = {
  algorithm: 'ES256' as 'ES256' | 'EdDSA' | 'RS256',
  accessTtl: 10 * MINUTE,
  keyRotation: 30 * DAY,
  keyPublishLead: 10 * MINUTE,
};
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Replicas that share signing keys, for the tests of the surrounding file. Each test starts without keys. */
export function openKeys() {
  const keyring = createKeyring([randomBytes(32)]);
  const opened: Keys[] = [];
  let database: Database;
  let now = START;
  const clock: Clock = { now: () => now };
  const db = (): Db => database.db;

  beforeAll(async () => {
    database = await embeddedDatabase();
  });
  afterAll(() => database.close());
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((keys) => keys.close()));
    await db().delete(signingKeys);
    now = START;
  });

  function createReplica(overrides: Partial<Dependencies> = {}): Keys {
    const keys = createKeys({ db: db(), clock, keyring, tokens: TOKENS, log: silent, ...overrides });
    opened.push(keys);
    return keys;
  }

  async function startReplica(overrides: Partial<Dependencies> = {}): Promise<Keys> {
    const keys = createReplica(overrides);
    await keys.start();
    return keys;
  }

  const report = (by = keyring) => reportKeys({ db: db(), clock, keyring: by, accessTtl: TOKENS.accessTtl });

  return {
    db,
    createReplica,
    startReplica,
    /** Does the same as one round of the background loop. */
    reload: startReplica,
    advance: (milliseconds: number) => {
      now = after(now, milliseconds);
    },
    verify: (keys: Keys, token: string) =>
      jwtVerify(token, keys.verificationKey, { algorithms: [...SIGNING_ALGORITHMS], typ: 'at+jwt', currentDate: now }),
    report,
    readStates: async () => (await report()).map(({ generation, state }) => `${generation} ${state}`),
  };
}

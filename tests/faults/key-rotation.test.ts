import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { count } from 'drizzle-orm';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MINUTE, monotonic, numericDate, SECOND } from '../../src/core/clock.ts';
import type { Log } from '../../src/core/log.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import { createKeys, type Keys } from '../../src/features/keys/keys.service.ts';
import { SIGNING_ALGORITHMS } from '../../src/features/keys/keys.ts';
import type { Database, Db } from '../../src/infra/db/client.ts';
import { type DatabaseClock, databaseClock } from '../../src/infra/db/clock.ts';
import { signingKeys } from '../../src/infra/db/tables.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const keyring = createKeyring([randomBytes(32)]);
const ACCESS_TTL = 2 * SECOND;
const TOKENS = { algorithm: 'ES256', accessTtl: ACCESS_TTL, keyRotation: 30 * MINUTE, keyPublishLead: 200 } as const;
const WITH_DEFAULT_LEAD = { ...TOKENS, keyPublishLead: 10 * MINUTE };

/** Wraps the database to count how often keys are read from it. */
function countReads(db: Db): { db: Db; reads(): number } {
  let reads = 0;
  const proxy = new Proxy(db, {
    get(target, property) {
      if (property === 'select') reads += 1;
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db: proxy, reads: () => reads };
}

describePostgres('signing keys on several replicas', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let clock: DatabaseClock;

  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    database = await openPostgresDatabase(fresh.url, 20);
    clock = await databaseClock(database.db);
  });
  beforeEach(async () => {
    await database.db.delete(signingKeys);
  });
  afterAll(async () => {
    clock.close();
    await database.close();
    await fresh.drop();
  });

  const createReplica = (db: Db, tokens: typeof TOKENS | typeof WITH_DEFAULT_LEAD, reloadEvery = 10 * SECOND): Keys =>
    createKeys({ db, clock, keyring, tokens, log: silent, reloadEvery });
  const verify = (keys: Keys, token: string) =>
    jwtVerify(token, keys.verificationKey, { algorithms: [...SIGNING_ALGORITHMS], currentDate: clock.now() });
  const countRows = async () => (await database.db.select({ rows: count() }).from(signingKeys))[0]?.rows;

  test('ten replicas that start together on an empty table sign with one key (F22)', async () => {
    const replicas = Array.from({ length: 10 }, () => createReplica(database.db, WITH_DEFAULT_LEAD));
    await Promise.all(replicas.map((keys) => keys.start()));
    expect(await countRows()).toBe(1);
    const tokens = await Promise.all(replicas.map((keys) => keys.sign({})));
    await Promise.all(tokens.map((token, index) => verify(replicas[(index + 1) % 10] as Keys, token)));
    await Promise.all(replicas.map((keys) => keys.close()));
  });

  test('ten parallel rotations publish one key (F22)', async () => {
    const replicas = Array.from({ length: 10 }, () => createReplica(database.db, WITH_DEFAULT_LEAD));
    await Promise.all(replicas.map((keys) => keys.start()));
    const rotations = await Promise.all(replicas.map((keys) => keys.rotate()));
    expect(rotations.filter(({ published }) => published)).toHaveLength(1);
    expect(new Set(rotations.map(({ key }) => key.kid)).size).toBe(1);
    expect(await countRows()).toBe(2);
    await Promise.all(replicas.map((keys) => keys.close()));
  });

  test('no replica rejects a valid token while keys rotate every second (F22)', async () => {
    const [a, b] = [createReplica(database.db, TOKENS), createReplica(database.db, TOKENS)];
    await Promise.all([a.start(), b.start()]);
    const end = monotonic() + 2 * ACCESS_TTL;
    const kids = new Set<string | undefined>();

    const rotating = (async () => {
      for (let round = 0; monotonic() < end; round++) {
        await sleep(SECOND);
        await (round % 2 ? a : b).rotate();
      }
    })();
    const traffic = async (signer: Keys, verifier: Keys) => {
      while (monotonic() < end) {
        const token = await signer.sign({ exp: numericDate(clock.now()) + ACCESS_TTL / SECOND });
        await sleep(Math.random() * 200);
        const { protectedHeader } = await verify(verifier, token);
        kids.add(protectedHeader.kid);
      }
    };
    await Promise.all([
      rotating,
      ...Array.from({ length: 8 }, (_, index) => (index % 2 ? traffic(a, b) : traffic(b, a))),
    ]);
    expect(kids.size).toBeGreaterThanOrEqual(3);
    await Promise.all([a.close(), b.close()]);
  });

  test('a flood of unknown kids reads the table once a second, and a new key is still found (F22)', async () => {
    const counted = countReads(database.db);
    const [keys, other] = [createReplica(counted.db, WITH_DEFAULT_LEAD), createReplica(database.db, WITH_DEFAULT_LEAD)];
    await keys.start();
    await other.start();
    const before = counted.reads();
    const startedAt = monotonic();
    const forgeHeader = () => ({ alg: 'ES256', kid: randomBytes(32).toString('base64url') });
    const flood = (async () => {
      while (monotonic() - startedAt < 2.5 * SECOND) {
        const wave = Array.from({ length: 500 }, () => keys.verificationKey(forgeHeader()));
        expect((await Promise.allSettled(wave)).every(({ status }) => status === 'rejected')).toBe(true);
      }
    })();
    await sleep(SECOND);
    await other.rotate({ immediately: true });
    await verify(keys, await other.sign({}));
    await flood;
    expect(counted.reads() - before).toBeLessThanOrEqual(Math.ceil((monotonic() - startedAt) / SECOND) + 1);
    await Promise.all([keys.close(), other.close()]);
  });

  test('replicas load new keys in the background', async () => {
    const [a, b] = [createReplica(database.db, WITH_DEFAULT_LEAD), createReplica(database.db, WITH_DEFAULT_LEAD, 100)];
    await Promise.all([a.start(), b.start()]);
    await a.rotate();
    for (let waited = 0; b.jwks().keys.length < 2 && waited < 5_000; waited += 50) await sleep(50);
    expect(b.jwks()).toEqual(a.jwks());
    await Promise.all([a.close(), b.close()]);
  });
});

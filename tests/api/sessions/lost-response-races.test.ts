import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RefreshDocument } from '../../../schema/generated/graphql.ts';
import { HOUR, SECOND } from '../../../src/core/clock.ts';
import type { TestApp } from '../../support/app.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { startReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  refreshTokens,
  registerUser,
  verifyToken,
  WITHOUT_VERIFICATION,
} from '../../support/sessions.ts';

const GRACE = 30 * SECOND;

/** Late repetitions in a row that are allowed. */
const ALLOWED = 3;

const SETTINGS = { ...WITHOUT_VERIFICATION, REFRESH_GRACE: '30s', ACCESS_TOKEN_TTL: '10m' };

describePostgres('lost refresh responses with two replicas', () => {
  let database: FreshDatabase;
  let clock: TestClock;
  let replicas: readonly [TestApp, TestApp];
  beforeAll(async () => {
    clock = testClock();
    database = await freshDatabase(await postgresServer());
    replicas = await startReplicas({ ...SETTINGS, DATABASE_URL: database.url }, { clock });
  });
  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.close()));
    await database?.drop();
  });
  const client = (index: number) => (index % 2 ? replicas[1] : replicas[0]).client();
  const tenTimes = <T>(act: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 10 }, (_, index) => act(index)));

  test('ten repetitions at once all get the same successor and count once (T68)', async () => {
    const first = await registerUser(client(0));
    let last = first.refreshToken;
    for (let generation = 1; generation <= ALLOWED; generation++) {
      const lost = await refreshTokens(client(1), last);
      clock.advance(HOUR);
      const results = await tenTimes((index) => refreshTokens(client(index), last));
      expect(new Set(results.map(({ refreshToken }) => refreshToken))).toEqual(new Set([lost.refreshToken]));
      last = lost.refreshToken;
    }
    const counts = await rows(
      replicas[0].app.services.db,
      sql`select generation, repeated_generation, repeats_in_a_row from sessions where id = ${first.session.id}`,
    );
    expect(counts).toEqual([{ generation: ALLOWED, repeated_generation: ALLOWED, repeats_in_a_row: ALLOWED }]);
  });

  test('the first use on one replica is known on the other (T68)', async () => {
    const first = await registerUser(client(0));
    const second = await refreshTokens(client(0), first.refreshToken);
    expect(await isTokenAccepted(client(0), second.accessToken)).toBe(true);
    clock.advance(GRACE + SECOND);
    expect(await getRejectionReason(client(1), first.refreshToken)).toBe('REUSED');
  });

  test('ten first uses and ten repetitions at once leave one session with one successor (T68)', async () => {
    const first = await registerUser(client(0));
    const second = await refreshTokens(client(0), first.refreshToken);
    clock.advance(HOUR);
    const { accessToken } = await refreshTokens(client(1), first.refreshToken);
    const results = await tenTimes(async (index) => {
      const [isAccepted, repeated] = await Promise.all([
        isTokenAccepted(client(index), accessToken),
        refreshTokens(client(index + 1), first.refreshToken),
      ]);
      return `${isAccepted} ${repeated.refreshToken === second.refreshToken}`;
    });
    expect(new Set(results)).toEqual(new Set(['true true']));
    clock.advance(GRACE + SECOND);
    expect(await getRejectionReason(client(1), first.refreshToken)).toBe('REUSED');
  });

  test('an owner and a thief at once: all share one successor, or the session is over for both (T68)', async () => {
    const first = await registerUser(client(0));
    const second = await refreshTokens(client(0), first.refreshToken);
    clock.advance(HOUR);
    const results = await tenTimes(async (index) => {
      const { refresh } = await client(index).request(RefreshDocument, {
        input: { refreshToken: index % 3 ? first.refreshToken : second.refreshToken },
      });
      return refresh.__typename === 'RefreshRejected' ? refresh.reason : refresh.__typename;
    });
    const isOver = results.includes('REUSED');
    expect(await verifyToken(client(0), first.accessToken)).toMatchObject({ active: !isOver });
    if (!isOver) expect(new Set(results)).toEqual(new Set(['Authenticated']));
  });
});

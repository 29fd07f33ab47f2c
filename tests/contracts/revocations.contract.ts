import { afterAll, beforeAll, expect, test } from 'vitest';
import { after, MINUTE, systemClock } from '../../src/core/clock.ts';
import { newId } from '../../src/core/ids.ts';
import type { Db } from '../../src/infra/db/client.ts';
import { revocations } from '../../src/infra/db/tables.ts';
import type { Revocations } from '../../src/infra/store/revocations.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers, type Need } from '../support/servers.ts';

export interface OpenedRevocations {
  db: Db;
  /** A new replica on the same servers. */
  openReplica(): Promise<Revocations>;
  close(): Promise<void>;
}

export const newSession = (): string => newId(systemClock.now());

/** Inserts the same rows as ending a session. */
export async function endSession(db: Db, ...sessionIds: string[]): Promise<void> {
  const now = systemClock.now();
  const rows = sessionIds.map((sessionId) => ({ sessionId, revokedAt: now, expiresAt: after(now, 10 * MINUTE) }));
  await db.insert(revocations).values(rows);
}

/** Fails unless the session is rejected within a second. */
export const expectRejectedWithinASecond = (replica: Revocations, sessionId: string): Promise<void> =>
  eventually(async () => {
    if (!(await replica.isRevoked(sessionId))) throw new Error('an ended session is still accepted');
  }, onABusyMachine(1_000));

/** Every adapter must pass this. */
export function describeRevocations(
  name: string,
  needs: readonly Need[],
  open: () => Promise<OpenedRevocations>,
): void {
  describeServers(`Revocations: ${name}`, needs, () => {
    let opened: OpenedRevocations;
    let [replicaA, replicaB]: Revocations[] = [];
    beforeAll(async () => {
      opened = await open();
      replicaA = await opened.openReplica();
      replicaB = await opened.openReplica();
    });
    afterAll(async () => {
      await Promise.all([replicaA?.close(), replicaB?.close()]);
      await opened?.close();
    });
    const getReplicas = () => {
      if (!replicaA || !replicaB) throw new Error('not opened');
      return { replicaA, replicaB, db: opened.db };
    };

    test('accepts a session that was not ended', async () => {
      const { replicaA } = getReplicas();
      expect(await replicaA.isRevoked(newSession())).toBe(false);
    });

    test('rejects an ended session at once on its replica, and within a second on others', async () => {
      const { replicaA, replicaB, db } = getReplicas();
      const [ended, other] = [newSession(), newSession()];
      await Promise.all([replicaA, replicaB].map((replica) => replica.isRevoked(ended)));
      await endSession(db, ended);
      replicaA.announce([ended]);
      expect(await replicaA.isRevoked(ended)).toBe(true);
      await expectRejectedWithinASecond(replicaB, ended);
      expect(await replicaB.isRevoked(other)).toBe(false);
    });

    test('rejects a session within a second when its end was not announced', async () => {
      const { replicaA, replicaB, db } = getReplicas();
      const ended = newSession();
      await endSession(db, ended);
      await Promise.all([replicaA, replicaB].map((replica) => expectRejectedWithinASecond(replica, ended)));
    });

    test('rejects a session that ended before the replica started', async () => {
      const { db } = getReplicas();
      const ended = newSession();
      await endSession(db, ended);
      const late = await opened.openReplica();
      expect(await late.isRevoked(ended)).toBe(true);
      await late.close();
    });

    test('returns correct results for three hundred parallel lookups', async () => {
      const { replicaA, replicaB, db } = getReplicas();
      const sessions = Array.from({ length: 150 }, newSession);
      const ended = sessions.filter((_, index) => index % 3 === 0);
      await endSession(db, ...ended);
      replicaB.announce(ended);
      await Promise.all(
        [replicaA, replicaB].map((replica) => expectRejectedWithinASecond(replica, ended.at(-1) ?? '')),
      );
      for (const replica of [replicaA, replicaB]) {
        const results = await Promise.all([...sessions, ...sessions].map((session) => replica.isRevoked(session)));
        const expected = sessions.map((_, index) => index % 3 === 0);
        expect(results).toEqual([...expected, ...expected]);
      }
    });

    test('ignores empty and malformed announcements', async () => {
      const { replicaA, replicaB } = getReplicas();
      replicaA.announce([]);
      replicaA.announce(['', 'not a session', '\n*3\r\n']);
      expect(await replicaB.isRevoked(newSession())).toBe(false);
    });
  });
}

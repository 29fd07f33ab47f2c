import { afterAll, beforeAll, expect, test } from 'vitest';
import { after, MINUTE, systemClock } from '../../src/core/clock.ts';
import { newId } from '../../src/core/ids.ts';
import type { Db } from '../../src/infra/db/client.ts';
import { revocations } from '../../src/infra/db/tables.ts';
import type { Revocations } from '../../src/infra/store/revocations.ts';
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
  }, 1_000);

/** The contract of every adapter. */
export function describeRevocations(
  name: string,
  needs: readonly Need[],
  open: () => Promise<OpenedRevocations>,
): void {
  describeServers(`Revocations: ${name}`, needs, () => {
    let opened: OpenedRevocations;
    let [here, there]: Revocations[] = [];
    beforeAll(async () => {
      opened = await open();
      here = await opened.openReplica();
      there = await opened.openReplica();
    }, 30_000);
    afterAll(async () => {
      await Promise.all([here?.close(), there?.close()]);
      await opened?.close();
    });
    const getReplicas = () => {
      if (!here || !there) throw new Error('not opened');
      return { here, there, db: opened.db };
    };

    test('accepts a session that was not ended', async () => {
      const { here } = getReplicas();
      expect(await here.isRevoked(newSession())).toBe(false);
    });

    test('rejects an ended session at once on its replica, and within a second on others', async () => {
      const { here, there, db } = getReplicas();
      const [ended, other] = [newSession(), newSession()];
      await Promise.all([here, there].map((replica) => replica.isRevoked(ended)));
      await endSession(db, ended);
      here.announce([ended]);
      expect(await here.isRevoked(ended)).toBe(true);
      await expectRejectedWithinASecond(there, ended);
      expect(await there.isRevoked(other)).toBe(false);
    });

    test('rejects a session within a second when its end was not announced', async () => {
      const { here, there, db } = getReplicas();
      const ended = newSession();
      await endSession(db, ended);
      await Promise.all([here, there].map((replica) => expectRejectedWithinASecond(replica, ended)));
    });

    test('rejects earlier ended sessions on a replica that starts later', async () => {
      const { db } = getReplicas();
      const ended = newSession();
      await endSession(db, ended);
      const late = await opened.openReplica();
      expect(await late.isRevoked(ended)).toBe(true);
      await late.close();
    });

    test('answers three hundred parallel lookups correctly', async () => {
      const { here, there, db } = getReplicas();
      const sessions = Array.from({ length: 150 }, newSession);
      const ended = sessions.filter((_, index) => index % 3 === 0);
      await endSession(db, ...ended);
      there.announce(ended);
      await Promise.all([here, there].map((replica) => expectRejectedWithinASecond(replica, ended.at(-1) ?? '')));
      for (const replica of [here, there]) {
        const answers = await Promise.all([...sessions, ...sessions].map((session) => replica.isRevoked(session)));
        const expected = sessions.map((_, index) => index % 3 === 0);
        expect(answers).toEqual([...expected, ...expected]);
      }
    });

    test('ignores empty and malformed announcements', async () => {
      const { here, there } = getReplicas();
      here.announce([]);
      here.announce(['', 'not a session', '\n*3\r\n']);
      expect(await there.isRevoked(newSession())).toBe(false);
    });
  });
}

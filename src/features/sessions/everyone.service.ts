import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import { findBatchEnd } from './everyone.repo.ts';
import type { SessionEnding } from './session-ending.service.ts';

/**
 * Ends all sessions, of all users, that are live when it is called. Returns how many. For a database that was restored to an
 * earlier state: in it, ended sessions are live again, and replaced refresh tokens are valid again.
 *
 * Each batch is a transaction: others wait only for its sessions, and after an interruption, finished batches stay ended.
 */
export type EndEveryonesSessions = (options: {
  /** Access tokens stay valid until they expire. The list of revocations then does not grow. */
  keepsAccessTokens: boolean;
  /** @param ended so far */
  onBatch?: ((ended: number) => void) | undefined;
}) => Promise<number>;

interface Dependencies {
  db: Db;
  clock: Clock;
  transact: Transact;
  audit: Audit;
  sessionEnding: Pick<SessionEnding, 'end'>;
}

/** Sessions per transaction: a statement must finish well before its deadline. */
const BATCH = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export function createEndEveryonesSessions(dependencies: Dependencies): EndEveryonesSessions {
  const { db, clock, transact, audit, sessionEnding } = dependencies;

  return async ({ keepsAccessTokens, onBatch }) => {
    const startedBefore = clock.now();
    let ended = 0;
    for (let after = BEFORE_ALL; ; ) {
      const upTo = await findBatchEnd(db, { after, startedBefore, now: clock.now(), limit: BATCH });
      if (upTo === undefined) break;
      const range = { after, upTo, startedBefore, keepsAccessTokens };
      ended += await transact((tx) => sessionEnding.end(tx, range, 'revoked', { client: undefined }));
      onBatch?.(ended);
      after = upTo;
    }
    const detail = { sessions: ended, keepsAccessTokens };
    await audit.record(db, { type: 'user-sessions-end', outcome: 'succeeded', method: 'command-line', detail });
    return ended;
  };
}

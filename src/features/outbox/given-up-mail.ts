import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { deleteExpiredContent, retryMail } from './given-up-mail.repo.ts';

/** Mail that was given up keeps its content until its code or link expires, so that an administrator can retry it. */
export interface GivenUpMail {
  /** Makes given-up mails due again, each once, unless they have expired. Ignores others. Returns the ids of those retried. */
  retry(tx: Db, ids: readonly string[]): Promise<string[]>;
  /** Deletes the content of up to `limit` given-up mails that have expired; returns how many. */
  forgetExpired(limit: number): Promise<number>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  /** Keeps all contents, for the outbox viewer. */
  keepSealed: boolean;
  /** Called with the transaction that made a mail due. */
  onDue(tx: Db): void;
}

export function createGivenUpMail({ db, clock, keepSealed, onDue }: Dependencies): GivenUpMail {
  return {
    async retry(tx, ids) {
      const retried = ids.length === 0 ? [] : await retryMail(tx, ids, clock.now());
      if (retried.length > 0) onDue(tx);
      return retried;
    },
    forgetExpired: async (limit) => (keepSealed ? 0 : deleteExpiredContent(db, clock.now(), limit)),
  };
}

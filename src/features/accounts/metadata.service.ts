import DataLoader from 'dataloader';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { deleteMetadata, metadataByUsers, replaceMetadata } from './metadata.repo.ts';
import { METADATA_FIELDS, NO_METADATA, type UserMetadata } from './metadata.ts';

/** The app's data on users. It is in a table of its own, so that requests that do not ask for it do not read it. */
export interface Metadata {
  /** Simultaneous calls share one query. */
  of(userId: string): Promise<UserMetadata>;
  /** The same in a transaction, which has locked the user. */
  read(tx: Db, userId: string): Promise<UserMetadata>;
  /** Replaces both objects. */
  save(tx: Db, userId: string, next: UserMetadata): Promise<void>;
}

export function createMetadata({ db, clock }: { db: Db; clock: Clock }): Metadata {
  const loader = new DataLoader<string, UserMetadata>(
    async (ids) => {
      const found = await metadataByUsers(db, ids);
      return ids.map((id) => found.get(id) ?? NO_METADATA);
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  return {
    of: (userId) => loader.load(userId),
    read: async (tx, userId) => (await metadataByUsers(tx, [userId])).get(userId) ?? NO_METADATA,
    async save(tx, userId, next) {
      const isEmpty = METADATA_FIELDS.every((field) => Object.keys(next[field]).length === 0);
      await (isEmpty ? deleteMetadata(tx, userId) : replaceMetadata(tx, userId, next, clock.now()));
    },
  };
}

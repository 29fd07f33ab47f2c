import { sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { toPlaceholders } from '../../infra/db/prepared.ts';
import { outbox } from '../../infra/db/tables.ts';
import { NEW_MESSAGE, type OutboxMessage } from './outbox.ts';

/** Parameters: `message`, from `messageParameters`. */
export const messageInsert = (db: Db) =>
  db
    .insert(outbox)
    .values({
      ...toPlaceholders('message', ...NEW_MESSAGE),
      finishedAt: sql`${sql.placeholder('message.finishedAt')}::timestamptz`,
    })
    .returning({ id: outbox.id });

export const messageParameters = (message: OutboxMessage) => ({
  ...message,
  finishedAt: message.finishedAt?.toISOString() ?? null,
});

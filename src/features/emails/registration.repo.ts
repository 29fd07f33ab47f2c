import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, valuesOf } from '../../infra/db/prepared.ts';
import { eventInsert } from '../audit/audit.sql.ts';
import type { EventRow } from '../audit/audit.ts';
import { challengeInsert } from '../challenges/challenge.sql.ts';
import type { NewChallenge } from '../challenges/challenge.ts';
import { messageInsert, messageParameters } from '../outbox/outbox.sql.ts';
import type { OutboxMessage } from '../outbox/outbox.ts';

const requesting = preparedOnce((db) => {
  const asked = db.$with('asked').as(challengeInsert(db));
  const written = db.$with('written').as(messageInsert(db));
  const noted = db.$with('noted').as(eventInsert(db));
  return db.with(asked, written, noted).select({ id: asked.id }).from(asked).prepare('request_sign_up');
});

/**
 * Writes the challenge, its message and the event, all or none. One statement: a transaction of four round trips would
 * cost a twentieth of a password hash.
 */
export async function requestSignUp(
  db: Db,
  { challenge, message }: { challenge: NewChallenge; message: OutboxMessage },
  event: EventRow,
): Promise<void> {
  await requesting(db).execute(valuesOf({ challenge, message: messageParameters(message), event }));
}

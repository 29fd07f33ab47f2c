import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { eventInsert } from '../audit/audit.sql.ts';
import type { EventDraft } from '../audit/audit.ts';
import { challengeInsert } from '../challenges/challenge.sql.ts';
import type { NewChallenge } from '../challenges/challenge.ts';
import { messageInsert, messageParameters } from '../outbox/outbox.sql.ts';
import type { OutboxMessage } from '../outbox/outbox.ts';

const insertion = preparedOnce((db) => {
  const challenge = db.$with('challenge').as(challengeInsert(db));
  const message = db.$with('message').as(messageInsert(db));
  const event = db.$with('event').as(eventInsert(db));
  return db.with(challenge, message, event).select({ id: challenge.id }).from(challenge).prepare('request_sign_up');
});

/**
 * Writes the challenge, its message and the event, all or none. One statement instead of a transaction, whose four
 * round trips would take about 5 % of the time of a password hash.
 */
export async function requestSignUp(
  db: Db,
  { challenge, message }: { challenge: NewChallenge; message: OutboxMessage },
  event: EventDraft,
): Promise<void> {
  await insertion(db).execute(toValues({ challenge, message: messageParameters(message), event }));
}

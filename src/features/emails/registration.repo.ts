import type { Db } from '../../infra/db/client.ts';
import { placeholdersOf, preparedOnce, valuesOf } from '../../infra/db/prepared.ts';
import { auditEvents, challenges, outbox } from '../../infra/db/tables.ts';
import { EVENT_COLUMNS, type EventRow } from '../audit/audit.ts';
import { NEW_CHALLENGE, type NewChallenge } from '../challenges/challenge.ts';
import { NEW_MESSAGE, type OutboxMessage } from '../outbox/outbox.ts';

const requesting = preparedOnce((db) => {
  const asked = db.$with('asked').as(
    db
      .insert(challenges)
      .values(placeholdersOf('challenge', ...NEW_CHALLENGE))
      .returning({ id: challenges.id }),
  );
  const written = db.$with('written').as(
    db
      .insert(outbox)
      .values(placeholdersOf('message', ...NEW_MESSAGE))
      .returning({ id: outbox.id }),
  );
  const noted = db.$with('noted').as(
    db
      .insert(auditEvents)
      .values(placeholdersOf('event', ...EVENT_COLUMNS))
      .returning({ id: auditEvents.id }),
  );
  return db.with(asked, written, noted).select({ id: asked.id }).from(asked).prepare('request_sign_up');
});

/**
 * The challenge, its message and the event, all or none: one statement, because four round trips with a transaction
 * around them cost a twentieth of a password hash.
 */
export async function requestSignUp(
  db: Db,
  { challenge, message }: { challenge: NewChallenge; message: OutboxMessage },
  event: EventRow,
): Promise<void> {
  await requesting(db).execute(valuesOf({ challenge, message, event }));
}

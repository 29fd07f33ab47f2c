import type { Db } from '../../infra/db/client.ts';
import { toPlaceholders } from '../../infra/db/prepared.ts';
import { challenges } from '../../infra/db/tables.ts';
import { NEW_CHALLENGE } from './challenge.ts';

/** Parameters: `challenge`, a NewChallenge. */
export const challengeInsert = (db: Db) =>
  db
    .insert(challenges)
    .values(toPlaceholders('challenge', ...NEW_CHALLENGE))
    .returning({ id: challenges.id });

import { and, eq, gte, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, unnestRows } from '../../infra/db/prepared.ts';
import { sessions } from '../../infra/db/tables.ts';

/** A generation of a session, and with it the tokens that belong to it. */
export interface TokenGeneration {
  id: string;
  generation: number;
}

export interface LateRepetition extends TokenGeneration {
  /** The generation was unseen and began at this moment or later … */
  unseenSince: Date;
  /** … or it was first seen at this moment or later. */
  seenSince: Date;
  /** How many generations in a row may be repeated late. */
  most: number;
}

/**
 * A token of the current generation has been presented. Rotation does not clear `seenAt`: a moment before `rotatedAt`
 * belongs to an earlier generation. So a replica of the previous version, which does not know the column, may rotate.
 */
const isSeen = sql<boolean>`coalesce(${sessions.seenAt} >= ${sessions.rotatedAt}, false)`;

/**
 * Records that the tokens of the current generation are repeated late, and decides in the same statement whether they may
 * be. Returns false if not, or if the generation is no longer the current one.
 */
export async function repeatLate(db: Db, repetition: LateRepetition): Promise<boolean> {
  const { id, generation, unseenSince, seenSince, most } = repetition;
  const isRepeatedAgain = eq(sessions.repeatedGeneration, generation);
  const follows = eq(sessions.repeatedGeneration, generation - 1);
  const rows = await db
    .update(sessions)
    .set({
      repeatedGeneration: generation,
      repeatsInARow: sql`case when ${isRepeatedAgain} then ${sessions.repeatsInARow}
        when ${follows} then ${sessions.repeatsInARow} + 1 else 1 end`,
    })
    .where(
      and(
        eq(sessions.id, id),
        eq(sessions.generation, generation),
        isNull(sessions.endedAt),
        or(and(sql`not ${isSeen}`, gte(sessions.rotatedAt, unseenSince)), and(isSeen, gte(sessions.seenAt, seenSince))),
        or(sql`(${follows}) is not true`, lt(sessions.repeatsInARow, most)),
      ),
    )
    .returning({ id: sessions.id });
  return rows.length > 0;
}

const marking = preparedOnce((db) => {
  const now = sql`${sql.placeholder('now')}::timestamptz`;
  const unseen = db.$with('unseen').as(
    db
      .select({ id: sessions.id, generation: sessions.generation })
      .from(unnestRows('presented', 'id', 'generation'))
      .innerJoin(
        sessions,
        sql`${sessions.id} = presented.id::uuid and ${sessions.generation} = presented.generation::integer`,
      )
      .where(and(isNull(sessions.endedAt), sql`not ${isSeen}`)),
  );
  const free = db.$with('free').as(
    db
      .select({ id: sessions.id, generation: sessions.generation })
      .from(sessions)
      .innerJoin(unseen, and(eq(unseen.id, sessions.id), eq(unseen.generation, sessions.generation)))
      .for('update', { of: sessions, skipLocked: true }),
  );
  const marked = db.$with('marked').as(
    db
      .update(sessions)
      .set({ seenAt: sql`greatest(${now}, ${sessions.rotatedAt})` })
      .from(free)
      .where(and(eq(sessions.id, free.id), eq(sessions.generation, free.generation), sql`not ${isSeen}`))
      .returning({ id: sessions.id }),
  );
  return db
    .with(unseen, free, marked)
    .select({ id: unseen.id })
    .from(unseen)
    .where(sql`${unseen.id} not in (select ${marked.id} from ${marked})`)
    .prepare('mark_seen');
});

/**
 * Marks generations as seen, if they are current and not yet seen. Skips locked rows, so it cannot be part of a
 * deadlock. Returns the ids of the sessions that it skipped.
 */
export async function markSeen(db: Db, presented: readonly TokenGeneration[], now: Date): Promise<string[]> {
  const skipped = await marking(db).execute({
    id: presented.map(({ id }) => id),
    generation: presented.map(({ generation }) => String(generation)),
    now: now.toISOString(),
  });
  return skipped.map(({ id }) => id);
}

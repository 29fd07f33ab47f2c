import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, unnestRows } from '../../infra/db/prepared.ts';
import { sessions, users } from '../../infra/db/tables.ts';
import type { Owned } from './session.repo.ts';

/** The generation of a refresh token, and the address it was presented from. */
export interface Presented {
  id: string;
  generation: number;
  ip: string;
}

export interface Moments {
  now: Date;
  /** When the next token expires, unless the session does so first. */
  idleUntil: Date;
}

const NOW = sql`${sql.placeholder('now')}::timestamptz`;
/** An impersonation has no refresh token. Should one be made with a stolen SECRET_KEY, it is refused. */
const isLive = and(isNull(sessions.endedAt), gt(sessions.idleExpiresAt, NOW), isNull(sessions.impersonatorId));

const next = (ip: SQL) => ({
  generation: sql`${sessions.generation} + 1`,
  rotatedAt: NOW,
  lastUsedAt: NOW,
  ipAddress: sql`${ip}::inet`,
  idleExpiresAt: sql`least(${sessions.expiresAt}, ${sql.placeholder('idleUntil')}::timestamptz)`,
});

const isOwners = and(eq(users.id, sessions.userId), eq(users.isActive, true));
const inText = ({ now, idleUntil }: Moments) => ({ now: now.toISOString(), idleUntil: idleUntil.toISOString() });

const one = preparedOnce((db) =>
  db
    .update(sessions)
    .set(next(sql`${sql.placeholder('ip')}`))
    .from(users)
    .where(
      and(
        eq(sessions.id, sql.placeholder('id')),
        eq(sessions.generation, sql.placeholder('generation')),
        isLive,
        isOwners,
      ),
    )
    .returning({ session: sessions, user: users })
    .prepare('rotate'),
);

/**
 * Advances the session one generation, for an active user. Of N callers with the same generation the row lock lets
 * exactly one through; the others find another generation.
 */
export async function rotate(db: Db, presented: Presented, moments: Moments): Promise<Owned | undefined> {
  const [row] = await one(db).execute({ ...presented, ...inText(moments) });
  return row;
}

const many = preparedOnce((db) => {
  const free = db.$with('free').as(
    db
      .select({ id: sessions.id, generation: sessions.generation, ip: sql`asked.ip`.as('ip') })
      .from(unnestRows('asked', 'id', 'generation', 'ip'))
      .innerJoin(sessions, sql`${sessions.id} = asked.id::uuid and ${sessions.generation} = asked.generation::integer`)
      .where(isLive)
      .for('update', { of: sessions, skipLocked: true }),
  );
  return db
    .with(free)
    .update(sessions)
    .set(next(sql`${free.ip}`))
    .from(free)
    .innerJoin(users, sql`true`)
    .where(and(eq(sessions.id, free.id), eq(sessions.generation, free.generation), isLive, isOwners))
    .returning({ session: sessions, user: users })
    .prepare('rotate_together');
});

/**
 * The same for several at once. Skips locked rows, so it cannot be part of a deadlock: a session whose row is locked is
 * left out, as if its generation were another.
 */
export async function rotateTogether(db: Db, presented: readonly Presented[], moments: Moments): Promise<Owned[]> {
  return many(db).execute({
    id: presented.map(({ id }) => id),
    generation: presented.map(({ generation }) => String(generation)),
    ip: presented.map(({ ip }) => ip),
    ...inText(moments),
  });
}

import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce } from '../../infra/db/prepared.ts';
import { userMetadata } from '../../infra/db/tables.ts';
import type { UserMetadata } from './metadata.ts';

const byUsers = preparedOnce((db) =>
  db
    .select()
    .from(userMetadata)
    .where(sql`${userMetadata.userId} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('metadata_by_users'),
);

/** The metadata of these users. Without a row, a user has none. */
export async function metadataByUsers(db: Db, ids: readonly string[]): Promise<Map<string, UserMetadata>> {
  const rows = await byUsers(db).execute({ ids });
  return new Map(
    rows.map((row) => [row.userId, { publicMetadata: row.public, privateMetadata: row.private }] as const),
  );
}

export async function replaceMetadata(db: Db, userId: string, next: UserMetadata, now: Date): Promise<void> {
  const columns = { public: next.publicMetadata, private: next.privateMetadata, updatedAt: now };
  await db
    .insert(userMetadata)
    .values({ userId, ...columns })
    .onConflictDoUpdate({ target: userMetadata.userId, set: columns });
}

export async function deleteMetadata(db: Db, userId: string): Promise<void> {
  await db.delete(userMetadata).where(eq(userMetadata.userId, userId));
}

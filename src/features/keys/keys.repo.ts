import { asc, lte } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { signingKeys } from '../../infra/db/tables.ts';
import type { SigningKey } from './keys.ts';

/** All keys, oldest first. */
export const allKeys = (db: Db): Promise<SigningKey[]> =>
  db.select().from(signingKeys).orderBy(asc(signingKeys.generation));

/** If several replicas insert the same generation, exactly one succeeds; the others get false. */
export async function insertKey(db: Db, key: SigningKey): Promise<boolean> {
  const inserted = await db
    .insert(signingKeys)
    .values(key)
    .onConflictDoNothing()
    .returning({ generation: signingKeys.generation });
  return inserted.length === 1;
}

export async function deleteKeysUpTo(db: Db, generation: number): Promise<void> {
  await db.delete(signingKeys).where(lte(signingKeys.generation, generation));
}

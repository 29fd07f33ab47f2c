import { newId } from '../../src/core/ids.ts';
import { users } from '../../src/infra/db/tables.ts';
import type { TestApp } from './app.ts';

let inserted = 0;

/** Inserts users who share a first name that is used nowhere else. */
export async function insertUsers(
  { app }: TestApp,
  rows: readonly Partial<typeof users.$inferInsert>[],
): Promise<{ ids: string[]; name: string }> {
  inserted += 1;
  const name = `Crowd${String(inserted).padStart(3, '0')}`;
  const at = new Date('2020-01-01T00:00:00.000Z');
  const full = rows.map((row) => ({ id: newId(new Date()), firstName: name, createdAt: at, updatedAt: at, ...row }));
  await app.services.db.insert(users).values(full);
  return { ids: full.map(({ id }) => id), name };
}

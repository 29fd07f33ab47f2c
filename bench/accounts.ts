import { randomBytes } from 'node:crypto';
import { hash, type Options } from '@node-rs/argon2';
import postgres from 'postgres';
import { v7 } from 'uuid';

export const PASSWORD = 'violet-harbour-92-lantern';

/** The defaults of ARGON2_MEMORY_KIB, ARGON2_PASSES and ARGON2_LANES; 2 is Argon2id. */
export const ARGON2: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const newEmail = (): string => `bench.${randomBytes(8).toString('hex')}@example.com`;

/** Inserts accounts with a verified address and PASSWORD directly, to avoid sending mail. */
export async function createAccounts(databaseUrl: string, count: number): Promise<string[]> {
  const emails = Array.from({ length: count }, newEmail);
  const stored = await hash(PASSWORD, ARGON2);
  const sql = postgres(databaseUrl, { max: 1 });
  const now = new Date();
  const users = emails.map((email) => ({
    id: v7(),
    email,
    email_verified_at: now,
    created_at: now,
    updated_at: now,
  }));
  await sql`insert into users ${sql(users)}`;
  await sql`insert into passwords ${sql(users.map(({ id }) => ({ user_id: id, hash: stored, updated_at: now })))}`;
  await sql.end();
  return emails;
}

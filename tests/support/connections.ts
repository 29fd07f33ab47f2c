import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { describeFailure } from '../../src/cli/exit.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { settingsFor } from './databases.ts';

interface Answer {
  isEncrypted: boolean;
  name: string;
  address: string | null;
}

/** What a service with this DATABASE_URL is connected to, or why it is not. */
export async function connect(url: string): Promise<Answer | string> {
  const { db, close } = await openDatabase(settingsFor(url));
  try {
    const [row] = await db
      .select({
        isEncrypted: sql<boolean>`coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)`,
        name: sql<string>`current_setting('application_name')`,
        address: sql<string | null>`host(inet_server_addr())`,
      })
      .from(sql`(select 1) as one`);
    return row ?? 'no row';
  } catch (error) {
    const { text, remedy } = describeFailure(error);
    return `${text}; ${remedy}`;
  } finally {
    await close();
  }
}

export const encrypted = expect.objectContaining({ isEncrypted: true });
export const plain = expect.objectContaining({ isEncrypted: false });

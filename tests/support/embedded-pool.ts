import type { PGlite } from '@electric-sql/pglite';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { type Database, openEmbedded } from '../../src/infra/db/client.ts';
import * as schema from '../../src/infra/db/tables.ts';

// Opening a PGlite takes longer than many test files run, so a closed one is emptied and reused in the same worker.

const TABLES = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map(getTableName)
  .sort();

/** @param open makes a migrated PGlite */
export function createEmbeddedPool(open: () => Promise<PGlite>) {
  const idle: PGlite[] = [];
  return {
    async take(): Promise<Database> {
      const client = idle.pop() ?? (await open());
      const lease = lend(client);
      const { db, traced, disk } = await openEmbedded(lease.client);
      return {
        db,
        traced,
        disk,
        async close() {
          lease.end();
          if (await empty(client)) idle.push(client);
          else await client.close();
        },
      };
    },
  };
}

/** The client as one test file sees it. After `end`, it fails like a closed client. */
function lend(client: PGlite) {
  let hasEnded = false;
  const lent = new Proxy(client, {
    get(target, name) {
      if (hasEnded) throw new Error('PGlite is closed');
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const end = () => {
    hasEnded = true;
  };
  return { client: lent, end };
}

/** Leaves only what the migrations make. Returns false if a test has changed the tables. */
async function empty(client: PGlite): Promise<boolean> {
  const { rows } = await client.query<{ name: string; bytes: number }>(
    `select relname as name, pg_relation_size(oid)::int as bytes from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations' order by relname collate "C"`,
  );
  if (rows.map(({ name }) => name).join() !== TABLES.join()) return false;
  const used = rows.filter(({ bytes }) => bytes > 0).map(({ name }) => name);
  const deletions = used.map((name) => `delete from ${name}`).join('; ');
  // In PGlite, TRUNCATE takes ten times as long. VACUUM frees the pages, so that rows are in the order of their ctid.
  await client.exec(`set session_replication_role = replica; ${deletions}; reset session_replication_role`);
  for (const name of used) await client.exec(`vacuum ${name}`);
  await client.exec('discard all');
  return true;
}

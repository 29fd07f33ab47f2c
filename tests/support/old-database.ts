import postgres from 'postgres';
import { inSchema, listMigrations } from '../../src/infra/db/migrations/files.ts';

/**
 * Applies the first migrations, as an older version did.
 * @param all what to take them from
 */
export async function migrateTo(url: string, count: number, schema = 'public', all = listMigrations()): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.begin(async (tx) => {
    await tx`create schema if not exists ${tx(schema)}`;
    await tx`select set_config('search_path', quote_ident(${schema}), true)`;
    await tx`create table migrations (id serial primary key, hash text not null, created_at bigint)`;
    for (const { statements, hash, createdAt } of all.slice(0, count)) {
      for (const statement of statements) await tx.unsafe(inSchema(statement, schema));
      await tx`insert into migrations (hash, created_at) values (${hash}, ${createdAt})`;
    }
  });
  await sql.end();
}

/** Ascending, as those of the service are. */
const id = (number: string): string => `('00000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Enough for several batches. */
export const SOME_ROWS = { users: 3_000, sessions: 6_000, events: 1_000 };

/** Rows of a database that the first migration made. Every tenth session has ended. */
export async function fill(
  url: string,
  { users, sessions, events }: Record<'users' | 'sessions' | 'events', number>,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`
    set session_replication_role = replica; -- Foreign keys need not be checked.
    insert into users (id, email, first_name, last_login_at, created_at, updated_at)
      select ${id('n')}, 'user-' || n || '@example.com', 'Name ' || n % 1000,
        case when n % 3 > 0 then now() - n * interval '1 s' end, now() - n * interval '1 s', now()
      from generate_series(1, ${users}) as n;
    insert into sessions (id, user_id, rotated_at, idle_expires_at, expires_at, ended_at, end_reason, device, last_used_at, created_at)
      select ${id('s')}, ${id(`(1 + s % ${users})`)}, now(), now() + interval '1 d', now() + interval '1 d',
        case when s % 10 = 0 then now() end,
        case when s % 10 = 0 then (array['logout', 'logout-all', 'reused'])[1 + s % 3] end, 'Firefox', now(), now()
      from generate_series(1, ${sessions}) as s;
    insert into audit_events (id, at, type, outcome, user_id, detail)
      select ${id('e')}, now() - e * interval '1 s', 'login', 'success', ${id(`(1 + e % ${users})`)}, '{}'
      from generate_series(1, ${events}) as e;
    insert into challenges (id, purpose, subject, channel, max_attempts, code_expires_at, expires_at, created_at)
      select ${id('n')}, 'SIGN_UP', 'user-' || n, 'EMAIL', 3, now(), now(), now()
      from generate_series(1, ${Math.ceil(users / 10)}) as n;
    analyze`);
  await sql.end();
}

/** All that migrations make, in words: columns, indexes, constraints, triggers and functions. */
export async function describeSchema(url: string, schema = 'public'): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const rows = await sql<{ line: string }[]>`
    with relations as (
      select oid, relname from pg_class where relnamespace = to_regnamespace(quote_ident(${schema}))
        and relname not like 'migration%'
    )
    select concat_ws(' ', relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)) as line
      from relations join pg_attribute on attrelid = relations.oid left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attnum > 0 and not attisdropped
    union all select concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid)
      from relations join pg_index on indrelid = relations.oid
    union all select concat_ws(' ', relname, conname, pg_get_constraintdef(pg_constraint.oid), convalidated)
      from relations join pg_constraint on conrelid = relations.oid
    union all select pg_get_triggerdef(pg_trigger.oid)
      from relations join pg_trigger on tgrelid = relations.oid where not tgisinternal
    union all select pg_get_functiondef(pg_proc.oid)
      from pg_proc where pronamespace = to_regnamespace(quote_ident(${schema}))
    order by 1`;
  await sql.end();
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, '').replaceAll(`"${schema}".`, ''));
}

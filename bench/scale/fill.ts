import { hash } from '@node-rs/argon2';
import postgres from 'postgres';
import { ARGON2, PASSWORD } from '../accounts.ts';
import { DEVICE } from '../scenarios.ts';
import { COMPANY_KINDS, FIRST_NAMES, LAST_NAMES } from './names.ts';

export interface Size {
  users: number;
  sessions: number;
}

/** Share of sessions that expired long enough ago to be deleted. */
export const DUE_SHARE = 0.1;

/**
 * Fills the database as after three years of use: accounts spread over that time, sessions of the last 90 days, most of
 * them live. The data is random but reproducible, except that times are relative to now.
 */
export async function fill(databaseUrl: string, { users, sessions }: Size): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  // The rows are consistent by construction, so foreign keys are not checked; durability does not matter.
  await sql.unsafe(`set synchronous_commit = off; set session_replication_role = replica;
    set maintenance_work_mem = '512MB'; set max_parallel_workers_per_gather = 0; select setseed(0.5)`);
  await sql.unsafe(ID_OF);
  const indexes = await dropIndexes(sql);
  await fillUsers(sql, users);
  await sql`insert into passwords (user_id, hash, updated_at)
    select id, ${await hash(PASSWORD, ARGON2)}, created_at from users`;
  await fillSessions(sql, users, sessions);
  for (const { definition } of indexes) await sql.unsafe(definition);
  await sql.unsafe('vacuum (analyze, freeze)');
  await sql.unsafe('checkpoint');
  await warm(sql);
  await sql.end();
}

/** A UUIDv7 for the given time, deterministic for a salt. */
const ID_OF = `create function pg_temp.id_of(at timestamptz, salt text) returns uuid immutable language sql as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
    || '7' || substr(md5(salt), 1, 3) || '8' || substr(md5(salt), 4, 15))::uuid $$`;

/** Building an index afterwards is several times as fast as updating it for each row. */
async function dropIndexes(sql: postgres.Sql): Promise<{ name: string; definition: string }[]> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ('users'::regclass, 'sessions'::regclass) and not indisprimary`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return indexes;
}

/** Loads everything into PostgreSQL's and the system's cache, as after days of use. */
async function warm(sql: postgres.Sql): Promise<void> {
  const available = await sql`select from pg_available_extensions where name = 'pg_prewarm'`;
  if (available.length === 0) return; // The first round then warms what it reads.
  await sql.unsafe('create extension if not exists pg_prewarm');
  await sql`select pg_prewarm(oid) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')`;
}

/** Names early in the list are drawn more often. */
const drawn = (names: string) => `(${names})[1 + floor(array_length(${names}, 1) * random() ^ 2)::int]`;

const fillUsers = (sql: postgres.Sql, count: number) =>
  sql.unsafe(
    `insert into users (id, email, email_verified_at, phone, phone_verified_at, first_name, last_name, company_name,
      locale, is_active, last_login_at, created_at, updated_at)
    select pg_temp.id_of(at, 'user ' || n), lower(first || '.' || last || '.' || n || '@example.com'),
      case when luck < 0.95 then at end, phone, case when phone is not null and luck < 0.9 then at end, first, last,
      case when luck < 0.1 then last || kind end, case when luck < 0.5 then 'en' else 'ru' end, luck < 0.98, now(), at, at
    from (
      select n, date_trunc('milliseconds', now() - ($1::int - n) * (interval '3 years' / $1::int)) as at,
        case when random() < 0.4 then '+99890' || lpad(n::text, 7, '0') end as phone,
        random() as luck, ${drawn('$2::text[]')} as first, ${drawn('$3::text[]')} as last, ${drawn('$4::text[]')} as kind
      from generate_series(1, $1::int) n offset 0
    ) drawn`,
    [count, FIRST_NAMES, LAST_NAMES, COMPANY_KINDS],
  );

/**
 * Sessions of the last 90 days. A tenth is due for deletion, a week after expiry; some ended recently, some were signed
 * out, and two thirds can be refreshed.
 */
const fillSessions = (sql: postgres.Sql, users: number, count: number) =>
  sql.unsafe(
    `insert into sessions (id, user_id, generation, rotated_at, idle_expires_at, expires_at, ended_at, end_reason, device,
      ip_address, last_used_at, created_at)
    select pg_temp.id_of(created, 'session ' || n), owner.id, floor(40 * luck), used,
      least(used + interval '30 d', created + interval '90 d'), created + interval '90 d',
      case when leaving < 0.1 then used end, case when leaving < 0.1 then 'logout' end, device,
      ('10.0.0.0'::inet + n), used, created
    from (
      select *, date_trunc('milliseconds', case
        when age > 38 and luck < ${DUE_SHARE} / (52.0 / 90) then now() - interval '1 day' * (38 + (age - 38) * other)
        when age > 38 and luck < 0.3 then now() - interval '1 day' * (30 + 7 * other)
        else now() - interval '1 day' * least(age, 29) * other end) as used
      from (
        select n, age, date_trunc('milliseconds', now() - interval '1 day' * age) as created,
          random() as luck, random() as other, random() as leaving, 1 + floor(random() * $1::int)::int as owner,
          ${drawn('$3::text[]')} as device
        from (select n, 90.0 * ($2::int - n) / $2::int as age from generate_series(1, $2::int) n) numbered offset 0
      ) drawn offset 0
    ) spread
    join (select id, row_number() over (order by created_at) as number from users) owner on owner.number = spread.owner
    order by n`,
    [
      users,
      count,
      [DEVICE, 'Chrome on Android', 'Safari on iOS', 'Chrome on Windows', 'Edge on Windows', 'Safari on macOS'],
    ],
  );

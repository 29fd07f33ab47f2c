import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Db } from '../../src/infra/db/client.ts';

/** Inserts enough rows for realistic query plans. */
export async function insertBulkRows(url: string): Promise<void> {
  const server = postgres(url, { max: 1, onnotice: () => {} });
  const id = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const each = (insert: string) => server.unsafe(`${insert} from generate_series(1, 20000) n`);
  await each(`insert into users
    (id, email, email_verified_at, phone, phone_verified_at, first_name, last_name, company_name, is_active, roles, permissions, second_factor_required, last_login_at, created_at, updated_at)
    select ${id}, n || case when n % 1000 = 0 then '@rare.example' else '@crowd.example' end, case when n % 2 = 0 then now() end, '+99890' || lpad(n::text, 7, '0'),
      case when n % 3 = 0 then now() end, 'First' || n, 'Last' || n, case when n % 10 = 0 then 'Company ' || n end, n % 100 <> 0,
      case when n % 5000 = 0 then array['STAFF', 'ADMIN'] else '{}' end,
      case when n % 2000 = 7 then array['common', 'rare'] when n % 4 = 0 then array['common'] else '{}' end, n % 1000 = 0,
      case when n % 3 <> 0 then now() - n * interval '1 min' end, now() - n % 500 * interval '1 s', now()`);
  await each(`insert into audit_events (id, at, type, outcome, user_id, detail)
    select ${id}, now() - n * interval '1 s', case when n > 19990 then 'not-me' else 'sign-in' end,
      case when n % 4 = 0 then 'wrong-credentials' when n = 19900 then 'disabled' else 'succeeded' end, ${id},
      case when n % 1000 = 0 then jsonb_build_object('actorId', ${id}) else '{}' end`);
  await each(`insert into passwords (user_id, hash, updated_at) select ${id}, 'none', now()`);
  await each(`insert into identities (id, user_id, provider, issuer, subject, created_at)
    select ${id}, ${id}, 'crowd', 'https://crowd.example', n, now()`);
  await each(`insert into sessions (id, user_id, rotated_at, idle_expires_at, expires_at, device, last_used_at, created_at)
    select ${id}, ${id}, now(), now() + n * interval '1 h', now() + n * interval '1 h', 'none', now(), now()`);
  await each(`insert into challenges (id, purpose, subject, channel, code_digest, token_digest, max_attempts, code_expires_at, expires_at, created_at)
    select ${id}, 'SIGN_UP', n || '@crowd.example', 'EMAIL', n, n, 3, now() + interval '1 h', now() + n * interval '1 h', now()`);
  await each(`insert into outbox (id, channel, kind, locale, state, next_attempt_at, expires_at, created_at, finished_at)
    select ${id}, 'EMAIL', 'sign-up', 'en', case when n % 2 = 0 then 'sent' else 'pending' end,
      now() + n * interval '1 h', now() + interval '9 y', now(), now() - n * interval '1 s'`);
  await each(`insert into budgets (name, key, points, resets_at) select 'crowd', n, 1, now() + n * interval '1 s'`);
  await each(`insert into revocations (session_id, revoked_at, expires_at)
    select ${id}, now() - n * interval '1 s', now() + n * interval '1 s'`);
  await server.unsafe('analyze');
  await server.end();
}

/** Rows per statement, for a busy machine. */
const BATCH = 1_000;

/** Inserts live sessions of a user, each with the event of its sign-in, as an account without a limit collects them. */
export async function insertSessions(db: Db, userId: string, count: number): Promise<void> {
  const at = sql`now() - n * interval '1 s'`;
  for (let first = 1; first <= count; first += BATCH)
    await db.execute(sql`
      with opened as (
        insert into sessions (id, user_id, rotated_at, idle_expires_at, expires_at, device, last_used_at, created_at)
        select gen_random_uuid(), ${userId}::uuid, ${at}, now() + interval '30 d', now() + interval '90 d', 'bulk', ${at}, ${at}
        from generate_series(${first}::integer, ${Math.min(first + BATCH - 1, count)}::integer) n
        returning id, created_at
      )
      insert into audit_events (id, at, type, outcome, user_id, session_id, ip_address)
      select gen_random_uuid(), created_at, 'sign-in', 'succeeded', ${userId}::uuid, id, '192.0.2.1' from opened`);
}

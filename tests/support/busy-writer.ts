import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { startOwnTime } from './own-time.ts';

export interface BusyWriter {
  /** Stops, and throws if a write failed. @returns the longest time that a write took, by table, in milliseconds */
  stop(): Promise<Record<string, number>>;
}

/** As the first version of the service writes, which may run while a newer one migrates. */
const WRITES: Record<string, (sql: postgres.Sql, user: string) => Promise<unknown>> = {
  users: (sql, user) => sql`update users set last_login_at = now(), updated_at = now() where id = ${user}`,
  'new users': (sql) => sql`insert into users (id, email, created_at, updated_at)
    values (${randomUUID()}, ${`${randomUUID()}@example.com`}, now(), now())`,
  sessions: (sql, user) => sql`
    insert into sessions (id, user_id, rotated_at, idle_expires_at, expires_at, device, last_used_at, created_at)
    values (${randomUUID()}, ${user}, now(), now(), now(), 'Firefox', now(), now())`,
  'ended sessions': (sql, user) => sql`
    update sessions set ended_at = now(), end_reason = 'logout' where user_id = ${user} and ended_at is null`,
  audit_events: (sql, user) => sql`
    insert into audit_events (id, at, type, outcome, user_id) values (${randomUUID()}, now(), 'login', 'success', ${user})`,
  challenges: (sql, user) => sql`
    insert into challenges (id, purpose, subject, channel, user_id, max_attempts, code_expires_at, expires_at, created_at)
    values (${randomUUID()}, 'SIGN_UP', 'x', 'EMAIL', ${user}, 3, now(), now(), now())`,
  outbox: (sql) => sql`
    insert into outbox (id, channel, kind, locale, next_attempt_at, expires_at, created_at)
    values (${randomUUID()}, 'EMAIL', 'sign-up', 'en', now(), now(), now())`,
};

/** Writes to each table all the time, with one connection for each kind of write. */
export async function startWriting(url: string): Promise<BusyWriter> {
  const sql = postgres(url, { max: Object.keys(WRITES).length, onnotice: () => {} });
  const users = await sql<{ id: string }[]>`select id from users limit 500`;
  const longest: Record<string, number> = {};
  let isRunning = true;

  async function write(kind: string, run: (sql: postgres.Sql, user: string) => Promise<unknown>) {
    for (let turn = 0; isRunning; turn++) {
      const elapsed = startOwnTime();
      await run(sql, users[turn % users.length]?.id ?? '');
      longest[kind] = Math.max(longest[kind] ?? 0, elapsed());
      await sleep(10);
    }
  }
  const writing = Promise.all(Object.entries(WRITES).map(([kind, run]) => write(kind, run)));
  writing.catch(() => {}); // `stop` throws it.
  return {
    async stop() {
      isRunning = false;
      await writing.finally(() => sql.end({ timeout: 5 }));
      return longest;
    },
  };
}

import postgres from 'postgres';
import { expect } from 'vitest';

/** Each query finds rows that must never exist. */
const VIOLATIONS: Record<string, string> = {
  'two accounts with one address': `
    select lower(email) as email from users where email is not null group by 1 having count(*) > 1`,
  'an account without its password': `
    select id from users where not exists (select from passwords where user_id = users.id)`,
  'an account whose sign-up was completed twice': `
    select user_id from audit_events where type = 'sign-up' and outcome = 'completed' group by 1 having count(*) > 1`,
  'more challenges than messages': `
    select challenges, messages from (select count(*) as challenges from challenges) as c,
      (select count(*) as messages from outbox) as o where challenges > messages`,
  'more sign-ins by code than codes that were used': `
    select users.id from users where
      (select count(*) from audit_events where user_id = users.id and type = 'sign-in' and method = 'email-code')
      > (select count(*) from challenges where subject = users.email and used_at is not null)`,
  'more guesses than are allowed': `select id from challenges where attempts > max_attempts`,
  'an account that requires a second factor and has none': `
    select id from users where second_factor_required
      and not exists (select from totp_factors where user_id = users.id and removed_at is null)
      and not exists (select from passkeys where user_id = users.id and removed_at is null)`,
  'a session without a sign-in': `
    select id from sessions where not exists (
      select from audit_events where session_id = sessions.id and type = 'sign-in' and outcome = 'succeeded')`,
  'a live session of a deactivated account': `
    select sessions.id from sessions join users on users.id = user_id where not is_active and ended_at is null`,
  'an ended session whose access tokens are accepted': `
    select id from sessions where ended_at is not null and not exists (
      select from revocations where session_id = sessions.id and expires_at >= ended_at + interval '10 minutes')`,
  'an ended session without a record of its end': `
    select id from sessions where ended_at is not null and not exists (
      select from audit_events where session_id = sessions.id and type = 'session-end')`,
  'a message in no state': `
    select id from outbox where state not in ('pending', 'sent', 'dead', 'expired', 'discarded')
      or (state = 'pending') <> (finished_at is null) or (state = 'pending' and sealed is null)`,
};

/** Checks the tables after a fault. For services with the default ACCESS_TOKEN_TTL and accounts created by sign-ups. */
export async function expectInvariants(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const found: Record<string, unknown> = {};
    for (const [violation, query] of Object.entries(VIOLATIONS)) {
      const rows = await sql.unsafe(query);
      if (rows.length > 0) found[violation] = [...rows];
    }
    expect(found).toEqual({});
  } finally {
    await sql.end({ timeout: 1 });
  }
}

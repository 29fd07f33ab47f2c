import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MeDocument, SecurityEventsDocument } from '../../../schema/generated/graphql.ts';
import { SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { insertSessions } from '../../support/bulk-rows.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { PASSWORD } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres } from '../../support/servers.ts';
import { getRejectionReason, isTokenAccepted, refreshTokens } from '../../support/sessions.ts';

const LIMIT = 3;
const SETTINGS = { SESSIONS_PER_ACCOUNT: String(LIMIT) };

const signIn = async (client: ApiClient, email: string) =>
  expectType(await login(client, email, PASSWORD), 'Authenticated');

describe('an account with SESSIONS_PER_ACCOUNT live sessions', () => {
  let app: TestApp;
  let clock: TestClock;
  beforeAll(async () => {
    clock = testClock();
    app = await startApp(SETTINGS, { clock });
  });
  afterAll(() => app.close());

  async function signInThreeTimes() {
    const { id, email } = await insertAccount(app);
    const client = app.client();
    const sessions = [];
    for (let count = 0; count < LIMIT; count++) {
      sessions.push(await signIn(client, email));
      clock.advance(SECOND);
    }
    return { id, email, client, sessions };
  }

  test('can sign in again: the least recently used session ends (T95)', async () => {
    const { email, client, sessions } = await signInThreeTimes();
    const [oldest, second] = sessions;
    const kept = await refreshTokens(client, oldest?.refreshToken ?? '');
    clock.advance(SECOND);
    const latest = await signIn(client, email);

    expect(await isTokenAccepted(client, second?.accessToken ?? '')).toBe(false);
    expect(await getRejectionReason(client, second?.refreshToken ?? '')).toBe('REVOKED');
    const { me } = await client.request(MeDocument, undefined, { token: latest.accessToken });
    expect(me?.sessions.map(({ id }) => id)).toEqual([latest.session.id, kept.session.id, sessions[2]?.session.id]);
    const events = await client.request(SecurityEventsDocument, { first: 5 }, { token: latest.accessToken });
    expect(JSON.stringify(events)).toContain('session-limit');
  });

  test('keeps all of them when one of them ends before the next begins (T95)', async () => {
    const { id, email, client, sessions } = await signInThreeTimes();
    await app.app.services.sessionEnding.endOne(id, sessions[0]?.session.id ?? '', {
      ip: client.ip,
      userAgent: null,
      locale: 'en',
      requestId: 'none',
    });
    await signIn(client, email);
    for (const { accessToken } of sessions.slice(1)) expect(await isTokenAccepted(client, accessToken)).toBe(true);
  });

  test('does not affect other accounts (T95)', async () => {
    const [ada, eve] = [await signInThreeTimes(), await signInThreeTimes()];
    await signIn(ada.client, ada.email);
    for (const { accessToken } of eve.sessions) expect(await isTokenAccepted(eve.client, accessToken)).toBe(true);
  });

  test('lists no more than the limit, even if it has more from before, and is brought down to it (T95)', async () => {
    const { id, email, client, sessions } = await signInThreeTimes();
    await insertSessions(app.app.services.db, id, 50);
    const list = async (token = '') => (await client.request(MeDocument, undefined, { token })).me?.sessions ?? [];
    expect(await list(sessions[2]?.accessToken)).toHaveLength(LIMIT);

    const { accessToken } = await signIn(client, email);
    expect(await list(accessToken)).toHaveLength(LIMIT);
    const found = await rows(
      app.app.services.db,
      sql`select count(*) filter (where ended_at is null)::integer as live,
          (select count(distinct session_id) from audit_events where user_id = ${id} and outcome = 'session-limit')::integer as recorded
        from sessions where user_id = ${id}`,
    );
    expect(found).toEqual([{ live: LIMIT, recorded: 51 }]);
  });
});

describePostgres('sign-ins at once on two replicas', () => {
  const { replica, query, failures } = useReplicas(SETTINGS);

  test('ten leave exactly as many sessions as the limit, and each of the others is revoked and recorded (T95)', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, email } = await insertAccount(replica(0));
      const sessions = await Promise.all(
        Array.from({ length: 10 }, (_, index) => signIn(replica(index).client(), email)),
      );
      const found = await query(sql`
        select count(*) filter (where ended_at is null)::integer as live,
          count(*) filter (where end_reason = 'session-limit')::integer as ended,
          (select count(*) from revocations join sessions s on s.id = session_id where s.user_id = ${id})::integer as revoked,
          (select count(*) from audit_events e where e.user_id = ${id} and type = 'session-end')::integer as recorded
        from sessions where user_id = ${id}`);
      const over = sessions.length - LIMIT;
      expect(found).toEqual([{ live: LIMIT, ended: over, revoked: over, recorded: over }]);
      const accepted = await Promise.all(
        sessions.map(({ accessToken }, index) => isTokenAccepted(replica(index + 1).client(), accessToken)),
      );
      expect(accepted.filter(Boolean)).toHaveLength(LIMIT);
    }
    expect(failures()).toEqual([]);
  });
});

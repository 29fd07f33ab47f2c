import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { endSession, signInWithRoles } from '../../support/admins.ts';
import { expectType } from '../../support/client.ts';
import { signUp } from '../../support/people.ts';
import { describeReplicas } from '../../support/replicas.ts';
import { logOut } from '../../support/sessions.ts';

const TEN = Array.from({ length: 10 }, (_, index) => index);

describeReplicas('a session that administrators and its user end at the same moment', {}, ({ app, replica, query }) => {
  test('ends once, with one event for it and one for each administrator (T73)', { repeats: 4 }, async () => {
    const [ada, ...admins] = await Promise.all([
      signUp(app()),
      signInWithRoles(app(), 'ADMIN'),
      signInWithRoles(app(), 'ADMIN'),
    ]);
    const byAdmins = TEN.map((index) => {
      const admin = admins[index % 4 < 2 ? 0 : 1] ?? expect.fail();
      return endSession({ ...admin, client: replica(index).client() }, ada.user.id, ada.session.id);
    });
    const byUser = TEN.map((index) => logOut(replica(index).client(), ada.refreshToken));
    const outcomes = await Promise.all([...byAdmins, ...byUser]);
    const ended = outcomes.map((outcome) => expectType(outcome, 'LoggedOut').sessionsEnded);
    expect(ended.sort()).toEqual([...Array(19).fill(0), 1]);
    const events = sql`select type, sum(count)::int as count from audit_events
      where user_id = ${ada.user.id} and type like '%session%-end' group by 1 order by 1`;
    expect(await query(events)).toEqual([
      { type: 'session-end', count: 1 },
      { type: 'user-sessions-end', count: 10 },
    ]);
  });
});

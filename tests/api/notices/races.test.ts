import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { settle, signIn } from '../../support/notices.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

// Limits of notices, measured at a mail server and an SMS provider that count what arrives.

describePostgres('on two replicas', () => {
  const stage = useReplicas({});

  test('ten sign-ins at once from ten devices cause five mails, and five are counted (T92)', async () => {
    const { email } = await insertAccount(stage.app());
    await signIn(stage.app().client(), email, 'the first');
    await Promise.all(Array.from({ length: 10 }, (_, n) => signIn(stage.replica(n).client(), email, `device ${n}`)));
    await settle(stage.app());
    const sent = await stage.query<{ state: string; count: number }>(
      sql`select state, count(*)::int as count from outbox where kind = 'new-device' group by 1 order by 1`,
    );
    expect(sent).toEqual([
      { state: 'discarded', count: 5 },
      { state: 'sent', count: 5 },
    ]);
    const [counted] = await stage.query(sql`select kind, sum(count)::int as count from suppressed_notices group by 1`);
    expect(counted).toEqual({ kind: 'new-device', count: 5 });
    expect(stage.failures()).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { ImportRequest } from '../../src/features/transfer/import.ts';
import type { Row } from '../../src/features/transfer/rows.ts';
import { resend, verify } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { uniqueEmail } from '../support/people.ts';
import { useReplicas } from '../support/replicas.ts';
import { describePostgres } from '../support/servers.ts';
import { QUICK_HASH } from '../support/transfer.ts';
import { tokenFromLink } from '../support/verification.ts';

const ISSUER = 'https://accounts.google.com';

describePostgres('an import that runs while owners verify their addresses', () => {
  const { app, replica, query } = useReplicas({ OTP_RESEND_COOLDOWN: '0s' });

  async function claim(email: string, index: number): Promise<void> {
    expectType(await resend(replica(index).client(), { email }), 'Challenge');
    const [message] = await app().mail(email);
    expectType(await verify(replica(index).client(), { token: tokenFromLink(message?.link) }), 'EmailVerified');
  }

  test('gives a claimed account no identity of the file, and the others theirs (T34, T98)', async () => {
    const people = Array.from({ length: 10 }, (_, number) => ({
      key: String(number),
      email: uniqueEmail(),
      subject: randomUUID(),
    }));
    const claimed = people.slice(0, 5);
    const accounts: Row[] = people.map(({ key, email }, number) => ({
      kind: 'account',
      number,
      key,
      values: { email, passwordHash: QUICK_HASH },
    }));
    const identities: Row[] = people.map(({ key, subject }, index) => {
      return { kind: 'identity', number: people.length + index, owner: key, provider: 'google', subject };
    });
    let reads = 0;
    const source = {
      async *read() {
        reads += 1;
        yield accounts;
        // The third read is for the identities: the accounts exist by now.
        if (reads === 3) await Promise.all(claimed.map(({ email }, index) => claim(email, index)));
        yield identities;
      },
    };
    const leftOut: number[] = [];
    const request: ImportRequest = {
      source,
      rules: { emailVerified: false, phoneVerified: false, phonePrefix: '', lenient: false },
      issuers: { google: ISSUER },
      dryRun: false,
      format: 'django',
      onProblem: ({ number }) => void leftOut.push(number),
      onProgress: () => {},
    };
    const counts = await app().app.services.importAccounts(request);
    expect(counts).toMatchObject({ created: 10, identities: 5, leftOut: 5 });
    expect(leftOut).toEqual([10, 11, 12, 13, 14]);
    const linked = sql`select email from users where id in (select user_id from identities) order by email`;
    expect(await query(linked)).toEqual(
      people
        .slice(5)
        .map(({ email }) => ({ email }))
        .sort((a, b) => (a.email < b.email ? -1 : 1)),
    );
  });
});

import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ChangePasswordDocument, LoginDocument } from '../../../schema/generated/graphql.ts';
import { HOUR, SECOND } from '../../../src/core/clock.ts';
import { deleteAccount } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import type { TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { openStages, query, settle } from '../../support/notices.ts';
import { PASSWORD } from '../../support/people.ts';

// Limits of notices, measured at a mail server and an SMS provider that count what arrives.

const startStage = openStages();

const countSuppressed = (app: TestApp) =>
  query<{ kind: string; channel: string; reason: string; count: number }>(
    app,
    sql`select detail ->> 'kind' as kind, detail ->> 'channel' as channel, detail ->> 'reason' as reason,
      sum(count)::int as count from audit_events where type = 'notice' and outcome = 'suppressed' group by 1, 2, 3 order by 1`,
  );

describe('an account that was set up with the address of another person', () => {
  test('sends three notices of each kind a day to it, and none hides another kind (T92, T51)', async () => {
    const { app, smtp, clock } = await startStage({ EMAIL_VERIFICATION: 'off' });
    const { email } = await insertAccount(app, { verified: false });
    const client = app.client();
    let password = PASSWORD;
    const signInWith = async (device: string) => {
      const input = { identifier: email, password, device };
      return expectType((await client.request(LoginDocument, { input })).login, 'Authenticated').accessToken;
    };
    await signInWith('device');
    for (let hour = 0; hour < 3; hour++) {
      for (let n = 0; n < 5; n++) {
        const token = await signInWith(`device ${hour} ${n}`);
        const input = { currentPassword: password, newPassword: `${PASSWORD} ${hour} ${n}` };
        expectType(
          (await client.request(ChangePasswordDocument, { input }, { token })).changePassword,
          'PasswordChanged',
        );
        password = input.newPassword;
      }
      await settle(app);
      clock.advance(HOUR + SECOND);
    }
    expect(smtp.accepted).toHaveLength(6);
    expect(await countSuppressed(app)).toEqual([
      { kind: 'new-device', channel: 'EMAIL', reason: 'recipient', count: 12 },
      { kind: 'password-changed', channel: 'EMAIL', reason: 'recipient', count: 12 },
    ]);
    expectType(
      await deleteAccount({ email, client, accessToken: await signInWith('device') }, password),
      'AccountDeleted',
    );
    await settle(app);
    expect(smtp.accepted).toHaveLength(7);
    expect(smtp.accepted.at(-1)?.raw).toMatch(/deleted/i);
  });
});

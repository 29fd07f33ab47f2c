import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ChangePasswordDocument } from '../../../schema/generated/graphql.ts';
import { DAY, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { signInWithRoles, updateUser } from '../../support/admins.ts';
import type { TestApp } from '../../support/app.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { openStages, query, settle, signIn, signInFromDevices } from '../../support/notices.ts';
import { PASSWORD } from '../../support/people.ts';
import { receiveCode, requestOtp, signUpByPhone, uniquePhone } from '../../support/phones.ts';

// Limits of notices, measured at a mail server and an SMS provider that count what arrives.

const startStage = openStages();

const countSuppressed = (app: TestApp) =>
  query<{ kind: string; channel: string; reason: string; count: number }>(
    app,
    sql`select detail ->> 'kind' as kind, detail ->> 'channel' as channel, detail ->> 'reason' as reason,
      sum(count)::int as count from audit_events where type = 'notice' and outcome = 'suppressed' group by 1, 2, 3 order by 1`,
  );

describe('sign-ins from many devices', () => {
  test('never cause more text messages than the daily cap allows (T92)', async () => {
    const { app, provider } = await startStage({ SMS_DAILY_CAP: '5' });
    const { phone } = await signUpByPhone(app, { password: PASSWORD });
    await signInFromDevices(app, phone, 60);
    expect(provider.arrived).toHaveLength(5);
    const [first, ...others] = await countSuppressed(app);
    expect(first).toEqual({ kind: 'new-device', channel: 'SMS', reason: 'cap', count: 56 });
    expect(others).toEqual([]);
  });

  test('cause a handful of text messages, and a later one mentions the others (T92)', async () => {
    const { app, provider, clock } = await startStage();
    const { phone } = await signUpByPhone(app, { password: PASSWORD });
    await signInFromDevices(app, phone, 60);
    expect(provider.arrived).toHaveLength(1 + 5);
    expect(await countSuppressed(app)).toEqual([
      { kind: 'new-device', channel: 'SMS', reason: 'recipient', count: 55 },
    ]);
    clock.advance(DAY + SECOND);
    await signInFromDevices(app, phone, 2, 'later');
    const texts = provider.arrived.slice(6).map(({ text }) => text);
    expect(texts[0]).toContain('a new device signed in to your account (and 55 more).');
    expect(texts[1]).not.toContain('more');
  });

  test('cause a handful of mails, and a later one mentions the others (T92)', async () => {
    const { app, smtp, clock } = await startStage();
    const { email } = await insertAccount(app);
    await signInFromDevices(app, email, 40);
    // The first sign-in needs no notice.
    expect(smtp.accepted).toHaveLength(5);
    expect(await countSuppressed(app)).toEqual([
      { kind: 'new-device', channel: 'EMAIL', reason: 'recipient', count: 34 },
    ]);
    clock.advance(DAY);
    await signInFromDevices(app, email, 1, 'later');
    const [later] = smtp.accepted.slice(5);
    expect(later?.raw).toContain('34 more sign-ins from new devices');
  });

  test('do not silence the notice of another kind, which the owner gets at once (T92)', async () => {
    const { app, smtp } = await startStage();
    const { email } = await insertAccount(app);
    await signInFromDevices(app, email, 12);
    const client = app.client();
    const { accessToken: token } = await signIn(client, email, 'device 0');
    const input = { currentPassword: PASSWORD, newPassword: 'another-harbour-71-lamp' };
    await client.request(ChangePasswordDocument, { input }, { token });
    await settle(app);
    expect(smtp.accepted.at(-1)?.raw).toContain('password was changed');
  });
});

describe('sign-ins to many accounts from new devices', () => {
  test('from one network cause no more mails than its limit (T92)', async () => {
    const { app, smtp } = await startStage();
    const owners = await Promise.all(Array.from({ length: 3 }, () => insertAccount(app)));
    for (const { email } of owners) await signIn(app.client(), email, 'at home');
    const attacker = app.client();
    for (const { email } of owners) {
      await signIn(attacker, email, 'elsewhere');
      await settle(app);
      // As if 98 had gone to other accounts.
      if (smtp.accepted.length === 1)
        await query(app, sql`update budgets set points = 99 where name = 'notice-network'`);
    }
    expect(smtp.accepted).toHaveLength(2);
    expect(await countSuppressed(app)).toMatchObject([{ channel: 'EMAIL', reason: 'network', count: 1 }]);
  });

  test('from one network cause no more text messages than its limit (T92)', async () => {
    const { app, provider } = await startStage({ SMS_PREFIX_BUDGET: '2/1h' });
    const owners = [];
    for (const phone of ['+998901230001', '+998901240001', '+998901250001'])
      owners.push(await signUpByPhone(app, { phone, password: PASSWORD }));
    const attacker = app.client();
    for (const { phone } of owners) await signIn(attacker, phone, 'elsewhere');
    await settle(app);
    expect(provider.arrived).toHaveLength(3 + 2);
    expect(await countSuppressed(app)).toMatchObject([{ channel: 'SMS', reason: 'network', count: 1 }]);
  });

  test('cause no more text messages to one range of numbers than its limit (T92)', async () => {
    const { app, provider } = await startStage({ SMS_PREFIX_BUDGET: '3/1h' });
    for (const phone of ['+998901230001', '+998901230002']) {
      await signUpByPhone(app, { phone, password: PASSWORD });
      await signInFromDevices(app, phone, 2);
    }
    expect(provider.arrived).toHaveLength(2 + 3);
    expect(await countSuppressed(app)).toMatchObject([{ channel: 'SMS', reason: 'range', count: 1 }]);
  });
});

describe('a notice of a change', () => {
  const changePassword = async (client: ApiClient, token: string, from = PASSWORD) => {
    const newPassword = `${from}+`;
    const input = { currentPassword: from, newPassword };
    expectType((await client.request(ChangePasswordDocument, { input }, { token })).changePassword, 'PasswordChanged');
    return newPassword;
  };

  test('may use the last tenth of the daily cap, and after that it waits for the next day (T92)', async () => {
    const { app, provider, clock } = await startStage({ SMS_DAILY_CAP: '10' });
    const owner = await signUpByPhone(app, { password: PASSWORD });
    // Codes of an attacker use up what they may.
    for (let n = 0; n < 8; n++) await receiveCode(app, app.client(), { phone: uniquePhone() });
    expectType(await requestOtp(app.client(), { phone: uniquePhone() }), 'SmsUnavailable');
    expect(provider.arrived).toHaveLength(9);

    const next = await changePassword(owner.client, owner.accessToken);
    await settle(app);
    expect(provider.arrived.at(-1)).toMatchObject({ to: owner.phone, text: expect.stringContaining('password') });
    expect(provider.arrived).toHaveLength(10);
    await changePassword(owner.client, owner.accessToken, next);
    await settle(app);
    expect(provider.arrived).toHaveLength(10);
    expect(await countSuppressed(app)).toEqual([]);
    clock.advance(DAY + SECOND);
    await expect.poll(() => provider.arrived.length).toBe(11);
  });

  test('of one kind is limited for a number, and does not silence another kind (T92)', async () => {
    const { app, provider } = await startStage();
    const admin = await signInWithRoles(app, 'ADMIN');
    const { phone, client, user, accessToken } = await signUpByPhone(app, { password: PASSWORD });
    let password = PASSWORD;
    for (let time = 0; time < 7; time++) password = await changePassword(client, accessToken, password);
    await settle(app);
    expect(provider.arrived).toHaveLength(1 + 5);
    expect(await countSuppressed(app)).toEqual([
      { kind: 'password-changed', channel: 'SMS', reason: 'recipient', count: 2 },
    ]);
    expectType(await updateUser(admin, user.id, { isActive: false }), 'AdminUser');
    await settle(app);
    expect(provider.arrived.slice(6)).toMatchObject([{ to: phone, text: expect.stringContaining('administrator') }]);
  });

  test('of one kind is limited for an address, and does not silence another kind (T92)', async () => {
    const { app, smtp } = await startStage();
    const admin = await signInWithRoles(app, 'ADMIN');
    const { id, email } = await insertAccount(app);
    const client = app.client();
    const { accessToken } = await signIn(client, email, 'the only one');
    let password = PASSWORD;
    for (let time = 0; time < 12; time++) password = await changePassword(client, accessToken, password);
    await settle(app);
    expect(smtp.accepted).toHaveLength(10);
    expectType(await updateUser(admin, id, { isActive: false }), 'AdminUser');
    await settle(app);
    expect(smtp.accepted).toHaveLength(11);
  });

  test('is not sent to a country that is not served, and that is recorded (T92)', async () => {
    const { app, provider } = await startStage({ SMS_COUNTRIES: 'UZ' });
    const owner = await signUpByPhone(app, { password: PASSWORD });
    await query(app, sql`update users set phone = '+77012345678' where id = ${owner.user.id}`);
    await changePassword(owner.client, owner.accessToken);
    await settle(app);
    expect(provider.arrived).toHaveLength(1);
    expect(await countSuppressed(app)).toEqual([
      { kind: 'password-changed', channel: 'SMS', reason: 'country', count: 1 },
    ]);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { createNotices } from '../../../src/features/notices/notice.service.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';

// Notices by SMS for accounts without an address.

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const CLIENT = { ip: '192.0.2.7', userAgent: null, locale: 'en', requestId: 'r' } as const;

/** Sends every notice there is to an account with these fields. */
async function sendAllNotices(changes: { email?: null; phone: string; phoneVerifiedAt: Date | null }) {
  const { db, challenges, outbox, noticeLimits, identities, factors, accounts } = app.app.services;
  const notices = createNotices({
    clock: systemClock,
    challenges,
    outbox,
    noticeLimits,
    identities,
    factors,
    toLabel: (name) => name,
    publicUrl: 'http://localhost:4000',
    actor: 'owner',
    sendsTexts: true,
  });
  const account = await accounts.byId((await insertAccount(app, { locale: 'uz' })).id);
  if (!account) throw new Error('it was just made');
  const person = { ...account, ...changes };
  const before = uniquePhone();
  await notices.passwordChanged(db, person, CLIENT);
  await notices.newDevice(db, person, CLIENT, false);
  await notices.newDevice(db, person, CLIENT, true);
  await notices.factorsChanged(db, person, { changes: ['totp-added'], at: systemClock.now() }, CLIENT);
  await notices.recoveryCodeUsed(db, person, 9, CLIENT);
  await notices.emailChanged(db, person, { ...person, email: uniqueEmail() }, CLIENT);
  await notices.phoneChanged(db, { ...person, phone: before, phoneVerifiedAt: new Date(0) }, person, CLIENT);
  await notices.accountChanged(db, person, { ...person, isActive: false }, CLIENT);
  await notices.accountDeleted(db, person, CLIENT);
  const kinds = async (to: string | null) => {
    const messages = (await outbox.recent(1000)).filter((message) => message.to === to);
    expect(messages.every(({ locale }) => locale === 'uz')).toBe(true);
    return messages.map(({ channel, kind }) => `${channel} ${kind}`).sort();
  };
  return { byMail: await kinds(account.email), bySms: await kinds(changes.phone), before: await kinds(before) };
}

test('an account with a verified number and no address gets notices by SMS', async () => {
  expect(await sendAllNotices({ email: null, phone: uniquePhone(), phoneVerifiedAt: new Date(0) })).toEqual({
    byMail: [],
    bySms: [
      'SMS account-changed',
      'SMS account-deleted',
      'SMS email-added',
      'SMS factor-changed',
      'SMS new-device',
      'SMS password-changed',
      'SMS recovery-code-used',
    ],
    before: ['SMS phone-changed'],
  });
});

test('an account with an address gets notices by mail; a replaced number is notified by SMS, too', async () => {
  expect(await sendAllNotices({ phone: uniquePhone(), phoneVerifiedAt: new Date(0) })).toEqual({
    byMail: [
      'EMAIL account-changed',
      'EMAIL account-deleted',
      'EMAIL email-changed',
      'EMAIL factor-changed',
      'EMAIL new-device',
      'EMAIL new-device',
      'EMAIL password-changed',
      'EMAIL phone-changed',
      'EMAIL recovery-code-used',
    ],
    bySms: [],
    before: ['SMS phone-changed'],
  });
});

test('an unverified number gets no notice, because it may be another person’s', async () => {
  expect((await sendAllNotices({ email: null, phone: uniquePhone(), phoneVerifiedAt: null })).bySms).toEqual([]);
});

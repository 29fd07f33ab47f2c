import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { createNotices } from '../../src/features/notices/notice.service.ts';
import type { SmsMessage } from '../../src/messages/sms.ts';
import { insertAccount } from '../support/accounts.ts';
import { startApp, type TestApp } from '../support/app.ts';

// Who is told by text message what others are told by mail.

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const CLIENT = { ip: '192.0.2.7', userAgent: null, locale: 'en', requestId: 'r' } as const;
const PHONE = { phone: '+998901234567', phoneVerifiedAt: new Date(0) };

test('an account with a proved number and no address gets the notices that there is a text for', async () => {
  const { db, challenges, outbox, accounts } = app.app.services;
  const sent: { message: SmsMessage; locale: string }[] = [];
  const notices = createNotices({
    clock: systemClock,
    challenges,
    outbox,
    publicUrl: 'http://localhost:4000',
    text: async (_tx, message, { locale }) => void sent.push({ message, locale }),
  });
  const account = await accounts.byId((await insertAccount(app, { locale: 'uz' })).id);
  if (!account) throw new Error('it was just made');

  for (const person of [
    { ...account, ...PHONE, email: null },
    { ...account, ...PHONE }, // has an address
    { ...account, ...PHONE, email: null, phoneVerifiedAt: null }, // the number may be anybody's
  ]) {
    await notices.passwordChanged(db, person, CLIENT);
    await notices.newDevice(db, person, 'Firefox on Linux', CLIENT);
    await notices.accountDeleted(db, person, CLIENT);
  }
  expect(sent).toEqual([
    { message: { kind: 'password-changed', to: PHONE.phone }, locale: 'uz' },
    { message: { kind: 'account-deleted', to: PHONE.phone }, locale: 'uz' },
  ]);
  expect((await app.mail(account.email ?? '', 3)).map(({ kind }) => kind).sort()).toEqual([
    'account-deleted',
    'new-device',
    'password-changed',
  ]);
});

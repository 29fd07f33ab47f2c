import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import { HOUR } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Sign-up with EMAIL_VERIFICATION=signup, the default: no account before the address is verified.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const db = () => app.app.services.db;
const count = async (table: string, where = sql`true`) => {
  const [row] = await rows<{ n: number }>(
    db(),
    sql`select count(*)::int as n from ${sql.identifier(table)} where ${where}`,
  );
  return row?.n;
};

test('creates account, session and tokens only when the address is verified (T33)', async () => {
  const client = app.client();
  const { email, challenge, code, password } = await beginSignUp(app, client);
  expect(Object.keys(challenge).sort()).toEqual(
    ['__typename', 'channel', 'codeLength', 'expiresAt', 'id', 'resendAt', 'sentTo'].sort(),
  );
  expect(await count('users', sql`email = ${email}`)).toBe(0);
  expectType(await login(client, email, password), 'InvalidCredentials');

  const { accessToken } = expectType(await verify(client, { challengeId: challenge.id, code }), 'Authenticated');
  expect(await me(client, accessToken)).toMatchObject({ email, emailVerified: true, hasPassword: true, roles: [] });
});

test('an unverified sign-up expires and leaves nothing (T33)', async () => {
  const client = app.client();
  const { email, challenge, code, message } = await beginSignUp(app, client);
  clock.advance(HOUR + 1000);
  expect(await verify(client, { challengeId: challenge.id, code })).toMatchObject({ reason: 'EXPIRED' });
  expect(await verify(client, { token: tokenFromLink(message.link) })).toMatchObject({ reason: 'EXPIRED' });
  expect(await count('users', sql`email = ${email}`)).toBe(0);
  clock.advance(24 * HOUR);
  await app.app.services.challenges.prune(10_000);
  expect(await count('challenges', sql`subject = ${email}`)).toBe(0);
});

test('rejects input fields that users may not set, and does nothing (T21)', async () => {
  for (const extra of [
    { roles: ['ADMIN'] },
    { role: 'ADMIN' },
    { emailVerified: true },
    { userId: crypto.randomUUID() },
    { isActive: true },
    { id: crypto.randomUUID() },
    { phoneVerified: true },
  ]) {
    const email = uniqueEmail();
    const input = { email, password: PASSWORD, ...extra };
    const response = await app.client().post({ query: RegisterEmailDocument.toString(), variables: { input } });
    expect([response.status, response.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(response.data).toBeUndefined();
    expect(await count('challenges', sql`subject = ${email}`)).toBe(0);
  }
});

test('reports every invalid field at once, in the caller’s language', async () => {
  const input = {
    email: 'ada',
    password: 'short',
    passwordConfirmation: 'shorter',
    firstName: 'Ada\u0007',
    device: 'd'.repeat(101),
  };
  const client = app.client();
  const problem = expectType(await register(client, input), 'InvalidInput');
  expect(problem.fields.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'email INVALID_FORMAT',
    'password TOO_SHORT',
    'passwordConfirmation MISMATCH',
    'firstName INVALID_FORMAT',
    'device TOO_LONG',
  ]);
  expect(problem.fields[1]?.message).toBe('Use at least 8 characters.');

  const getMessages = async (language: string) => {
    const response = await register(client, input, { headers: { 'accept-language': language } });
    const { message, fields } = expectType(response, 'InvalidInput');
    return [message, fields[2]?.message];
  };
  expect(await getMessages('ru-RU,ru;q=0.9,en;q=0.8')).toEqual(['Проверьте введённые данные.', 'Пароли не совпадают.']);
  expect((await getMessages('de, uz;q=0.5'))[0]).not.toMatch(/[а-я]|check/i);
  expect(await getMessages('de')).toEqual(['Please check what you entered.', 'The passwords do not match.']);
});

test('writes the mail in the language of the sign-up, else of the browser; an owner’s in the account’s', async () => {
  const kinds = async (input: { locale?: string }, acceptLanguage: string, email = uniqueEmail()) => {
    const caller = { headers: { 'accept-language': acceptLanguage } };
    expectType(await register(app.client(), { email, password: PASSWORD, ...input }, caller), 'Challenge');
    const [message] = await app.mail(email);
    return `${message?.kind} ${message?.locale}`;
  };
  expect(await kinds({ locale: 'uz-UZ' }, 'ru')).toBe('sign-up uz');
  expect(await kinds({}, 'ru')).toBe('sign-up ru');
  expect(await kinds({ locale: 'fr' }, 'de')).toBe('sign-up en');
  const owner = await insertAccount(app, { locale: 'ru' });
  expect(await kinds({ locale: 'uz' }, 'en', owner.email)).toBe('already-registered ru');
});

const SPELLINGS: readonly [string, (local: string) => string][] = [
  ['capitals', (local) => `${local.toUpperCase()}@EXAMPLE.com`],
  ['space around it', (local) => ` ${local}@example.com\t`],
  ['a line break behind it', (local) => `${local}@example.com\r\n`],
  ['a full-width @', (local) => `${local}＠example.com`],
  ['full-width letters', (local) => `${local}@ｅｘａｍｐｌｅ.com`],
];

test.each(SPELLINGS)(
  'an address with %s is the same account, and mail goes to exactly that address (T31)',
  async (_, spell) => {
    const email = uniqueEmail();
    const before = await count('outbox');
    const spelling = spell(email.split('@')[0] ?? '');
    const client = app.client();
    const challenge = expectType(await register(client, { email: spelling, password: PASSWORD }), 'Challenge');
    expectType(await register(client, { email, password: PASSWORD }), 'RateLimited'); // Both spellings share one cool-down.
    const messages = await app.mail(email);
    expect(messages.map(({ to }) => to)).toEqual([email]);
    expect(await count('outbox')).toBe(Number(before) + 1);

    const code = messages[0]?.code ?? '';
    const { user } = expectType(await verify(client, { challengeId: challenge.id, code }), 'Authenticated');
    expect(user.email).toBe(email);
    expectType(await login(client, spelling, PASSWORD), 'Authenticated');
  },
);

const NOT_ONE_MAILBOX: readonly [string, (email: string) => string][] = [
  ['two, separated by a comma', (email) => `${email},eve@example.org`],
  ['two, separated by a space', (email) => `${email} eve@example.org`],
  ['one with a header behind it', (email) => `${email}\r\nBcc: eve@example.org`],
  ['one in angle brackets', (email) => `<${email}>`],
  ['one with a name', (email) => `Ada <${email}>`],
  ['one with a comment', (email) => `(eve@example.org)${email}`],
  ['one with a quoted local part', (email) => `"${email.replace('@', '"@')}`],
  ['one in a quoted local part', (email) => `"${email}"@example.org`],
  ['one with two @', (email) => `${email}@example.org`],
  ['one with a percent hack', (email) => `${email.replace('@', '%40')}@[127.0.0.1]`],
];

test.each(NOT_ONE_MAILBOX)('rejects %s instead of an address, and sends no mail (T31)', async (_, spell) => {
  const before = [await count('outbox'), await count('challenges')];
  const problem = expectType(
    await register(app.client(), { email: spell(uniqueEmail()), password: PASSWORD }),
    'InvalidInput',
  );
  expect(problem.fields).toMatchObject([{ path: 'email', code: 'INVALID_FORMAT' }]);
  expect([await count('outbox'), await count('challenges')]).toEqual(before);
});

test('records a sign-up: requested, limited and completed (T90)', async () => {
  const client = app.client();
  const { email, challenge, code } = await beginSignUp(app, client);
  expectType(await register(client, { email, password: PASSWORD }), 'RateLimited');
  const { user } = expectType(await verify(client, { challengeId: challenge.id, code }), 'Authenticated');
  const read = () =>
    rows(
      db(),
      sql`select type, outcome, method, host(ip_address) as ip, user_id, request_id is not null as traced
          from audit_events where ip_address = ${client.ip}::inet order by at, id`,
    );
  const event = (type: string, outcome: string, method: string, user_id: string | null = null) => ({
    ...{ type, outcome, method, user_id, ip: client.ip, traced: true },
  });
  await expect
    .poll(read)
    .toEqual([
      event('sign-up', 'requested', 'password'),
      event('sign-up', 'limited', 'password'),
      event('sign-up', 'completed', 'email-code', user.id),
      event('email-verification', 'succeeded', 'email-code', user.id),
      event('sign-in', 'succeeded', 'email-code', user.id),
    ]);
});

import { hash } from '@node-rs/argon2';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LoginDocument, VerifyEmailDocument } from '../../../schema/generated/graphql.ts';
import { insertAccount } from '../../support/accounts.ts';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

const WRONG = 'violet-harbour-92-lanterm';
let app: TestApp;
beforeAll(async () => {
  app = await startApp(DEFAULT_ARGON2);
});
afterAll(() => app.close());

const db = () => app.app.services.db;

test('accepts the right password with every spelling of the address', async () => {
  const { id, email } = await insertAccount(app);
  for (const identifier of [email, email.toUpperCase(), ` ${email}\r\n`, email.replace('@', '＠')]) {
    const result = expectType(await login(app.client(), identifier, PASSWORD), 'Authenticated');
    expect(result).toMatchObject({ isNewUser: false, user: { id, email } });
    expect(await me(app.client(), result.accessToken)).toMatchObject({ id, lastLoginAt: expect.any(String) });
  }
});

test('gives unknown, wrong, missing password, unverified and deactivated the same response (T35)', async () => {
  const right = await insertAccount(app);
  const unverified = await insertAccount(app, { verified: false });
  const disabled = await insertAccount(app, { active: false });
  const without = await insertAccount(app);
  await db().execute(sql`delete from passwords where user_id = ${without.id}`);
  const results = [];
  for (const identifier of [uniqueEmail(), right.email, unverified.email, disabled.email, without.email]) {
    const { status, headers, data, errors } = await app
      .client()
      .send(LoginDocument, { input: { identifier, password: WRONG } });
    const { date: _, 'x-request-id': __, ...rest } = Object.fromEntries(headers);
    results.push(JSON.stringify({ status, rest, data, errors }));
  }
  expect(new Set(results).size).toBe(1);
  expect(JSON.parse(results[0] ?? '')).toMatchObject({
    status: 200,
    data: { login: { __typename: 'InvalidCredentials', message: expect.not.stringContaining('@') } },
  });
});

test('reveals only after the right password that the account is deactivated, and starts no session (T35)', async () => {
  const { id, email } = await insertAccount(app, { active: false });
  const result = await login(app.client(), email, PASSWORD);
  expect(result).toEqual({ __typename: 'AccountDisabled', message: 'This account is deactivated.' });
  expect(await rows(db(), sql`select id from sessions where user_id = ${id}`)).toEqual([]);
});

test('rejects a malformed address or an overlong password before counting or hashing', async () => {
  const client = app.client();
  const malformed = expectType(await login(client, 'ada', PASSWORD), 'InvalidInput');
  expect(malformed.fields).toMatchObject([{ path: 'identifier', code: 'INVALID_FORMAT' }]);
  const { email } = await insertAccount(app);
  for (let time = 0; time < 12; time++) {
    const result = expectType(await login(client, email, 'p'.repeat(4096)), 'InvalidInput');
    expect(result.fields).toMatchObject([{ path: 'password', code: 'TOO_LONG' }]);
  }
  expectType(await login(client, email, PASSWORD), 'Authenticated');
});

test('upgrades a hash with older parameters at the next successful sign-in (T29)', async () => {
  const stored = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  const { id, email } = await insertAccount(app, { storedHash: stored });
  const hashNow = async () =>
    (await rows<{ hash: string }>(db(), sql`select hash from passwords where user_id = ${id}`))[0]?.hash;

  expectType(await login(app.client(), email, WRONG), 'InvalidCredentials');
  expect(await hashNow()).toBe(stored);
  expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  const upgraded = await hashNow();
  expect(upgraded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);

  expectType(await login(app.client(), email, WRONG), 'InvalidCredentials');
  expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  expect(await hashNow()).toBe(upgraded);
});

test('in cookie mode sets the refresh token as an HttpOnly cookie and leaves it out of the body (T74)', async () => {
  const { email } = await insertAccount(app);
  const input = { identifier: email, password: PASSWORD, transport: 'COOKIE' as const };
  const signedIn = await app.client().send(LoginDocument, { input });
  expect(signedIn.data?.login).toMatchObject({ __typename: 'Authenticated', refreshToken: null });
  const cookie = signedIn.headers.getSetCookie();
  expect(cookie).toHaveLength(1);
  expect(cookie[0]).toMatch(/^refresh=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  const token = /^refresh=([^;]+)/.exec(cookie[0] ?? '')?.[1] ?? '';
  expect(JSON.stringify(signedIn.data)).not.toContain(token);
  expectType(await refresh(app.client(), token), 'Authenticated');

  const failed = await app.client().send(LoginDocument, { input: { ...input, password: WRONG } });
  expect(failed.headers.getSetCookie()).toEqual([]);
});

test('in cookie mode verifyEmail sets the cookie, too (T74)', async () => {
  const { challenge, code } = await beginSignUp(app, app.client());
  const input = { challengeId: challenge.id, code, transport: 'COOKIE' as const };
  const signedIn = await app.client().send(VerifyEmailDocument, { input });
  expect(signedIn.data?.verifyEmail).toMatchObject({ __typename: 'Authenticated', refreshToken: null });
  expect(signedIn.headers.getSetCookie()[0]).toMatch(/^refresh=[^;]+; .*HttpOnly; SameSite=Lax$/);
});

test('names a session as the client does, else by its User-Agent', async () => {
  const { email } = await insertAccount(app);
  const named = async (device: string | undefined, userAgent: string) => {
    const input = { identifier: email, password: PASSWORD, ...(device && { device }) };
    const { login } = await app.client().request(LoginDocument, { input }, { headers: { 'user-agent': userAgent } });
    return expectType(login, 'Authenticated').session.device;
  };
  expect(await named(' Ada’s telephone ', 'x')).toBe('Ada’s telephone');
  expect(await named(undefined, 'ExampleApp/3.1')).toBe('ExampleApp');
  const input = { identifier: email, password: PASSWORD, device: 'x\r\ny' };
  const { login } = await app.client().request(LoginDocument, { input });
  expect(expectType(login, 'InvalidInput').fields).toMatchObject([{ path: 'device', code: 'INVALID_FORMAT' }]);
});

describe('many logins in one request', () => {
  const variables = async () => ({ i: { identifier: (await insertAccount(app)).email, password: PASSWORD } });
  const counters = () =>
    rows(
      db(),
      sql`select (select count(*)::int from audit_events where type = 'sign-in' and outcome = 'succeeded') as signed,
                          (select coalesce(sum(points), 0)::int from budgets) as points,
                          (select count(*)::int from sessions) as sessions`,
    );
  const aliased = (times: number) =>
    `mutation($i: LoginInput!) { ${Array.from({ length: times }, (_, n) => `a${n}:login(input:$i){__typename}`).join(' ')} }`;

  const SIZES = [
    [2, 400],
    [10, 400],
    [1000, 400],
    [10_000, 413],
  ] as const;

  test.each(SIZES)('%i aliased logins are rejected before any runs, with HTTP %i (T03)', async (times, status) => {
    const input = await variables();
    const before = await counters();
    const result = await app.client().post({ query: aliased(times), variables: input });
    expect(result.status).toBe(status);
    expect(result.data).toBeUndefined();
    expect(await counters()).toEqual(before);
  });

  test('ten thousand logins in nested fragments are rejected (T03)', async () => {
    const level = (n: number) => `fragment f${n} on Mutation { ${`...f${n + 1} `.repeat(10)} }`;
    const query = `mutation($i: LoginInput!) { ...f0 } ${[0, 1, 2, 3].map(level).join(' ')}
      fragment f4 on Mutation { login(input: $i) { __typename } }`;
    const before = await counters();
    expect((await app.client().post({ query, variables: await variables() })).status).toBe(400);
    expect(await counters()).toEqual(before);
  });

  test('an array of operations is rejected (T04)', async () => {
    const request = { query: aliased(1), variables: await variables() };
    const before = await counters();
    expect((await app.client().post([request, request])).status).toBe(400);
    expect(await counters()).toEqual(before);
  });
});

test('records sign-ins: succeeded, wrong, deactivated, unverified and limited, with user, address and method (T90)', async () => {
  const { id, email } = await insertAccount(app);
  const disabled = await insertAccount(app, { active: false });
  const unverified = await insertAccount(app, { verified: false });
  const client = app.client();
  const { session } = expectType(await login(client, email, PASSWORD), 'Authenticated');
  await login(client, uniqueEmail(), WRONG);
  await login(client, disabled.email, PASSWORD);
  await login(client, unverified.email, PASSWORD);
  // Ten like those of a stranger, and ten more from a network that the account knows.
  for (let failure = 0; failure < 21; failure++) await login(client, email, WRONG);

  const read = () =>
    rows(
      db(),
      sql`select outcome, user_id as "userId", session_id as "sessionId", at > now() - interval '5 minutes' as recent, count
          from audit_events where ip_address = ${client.ip}::inet and type = 'sign-in' and method = 'password'
          and request_id is not null order by at`,
    );
  const event = (outcome: string, userId: string | null, sessionId: string | null = null, count = 1) => ({
    ...{ outcome, userId, sessionId, recent: true, count },
  });
  const events = [
    event('succeeded', id, session.id),
    event('wrong-credentials', null),
    event('disabled', disabled.id),
    event('unproved', unverified.id),
    event('wrong-credentials', id, null, 20),
    event('limited', null),
  ];
  await expect.poll(read).toEqual(events);
  const lines = app.logged
    .map((line) => JSON.parse(line))
    .filter(({ ip, audit, count }) => audit && ip === client.ip && count === undefined);
  expect(lines.map(({ outcome, userId = null }) => `${outcome} ${userId}`)).toEqual(
    events.map(({ outcome, userId }) => `${outcome} ${userId}`),
  );
  for (const line of lines)
    expect(line).toMatchObject({
      audit: 'sign-in',
      method: 'password',
      requestId: expect.any(String),
      time: expect.any(String),
    });
});

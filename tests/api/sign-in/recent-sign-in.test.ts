import { eq, sql } from 'drizzle-orm';
import { type GraphQLObjectType, getNamedType, isUnionType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReauthenticateDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { recentSignInList } from '../../../src/http/access.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { passwords } from '../../../src/infra/db/tables.ts';
import { giveRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, requestOtp, uniquePhone } from '../../support/phones.ts';
import { GUARDED_OPERATIONS, OTHER_MUTATIONS, UNKNOWN_ID, WAYS_TO_SIGN_IN } from '../../support/recent-sign-in.ts';
import { rows } from '../../support/rows.ts';
import { refreshTokens } from '../../support/sessions.ts';
import { REDIRECT_URI } from '../../support/social/peer.ts';

// What an attacker can do with a stolen access token of a session whose sign-in is not recent.

const WRONG = 'not-the-password-of-anyone';

const schema = buildApiSchema();

describe('the schema', () => {
  const mutations = Object.values((schema.getMutationType() as GraphQLObjectType).getFields());

  test('requires a recent sign-in for everything that adds, replaces or removes a way to sign in (T93)', () => {
    expect(recentSignInList(schema).sort()).toEqual(Object.keys(GUARDED_OPERATIONS).sort());
    const known = [...Object.keys(GUARDED_OPERATIONS), ...OTHER_MUTATIONS].sort();
    expect(mutations.map(({ name }) => `mutation ${name}`).sort()).toEqual(known);
  });

  test('has ReauthenticationRequired in the outcomes of exactly these operations (T93)', () => {
    const guarded = mutations.filter(({ type }) => {
      const outcomes = getNamedType(type);
      return isUnionType(outcomes) && outcomes.getTypes().some(({ name }) => name === 'ReauthenticationRequired');
    });
    expect(guarded.map(({ name }) => `mutation ${name}`).sort()).toEqual(Object.keys(GUARDED_OPERATIONS).sort());
  });
});

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  const social = {
    GITHUB_OAUTH_CLIENT_ID: 'id',
    GITHUB_OAUTH_CLIENT_SECRET: 'secret',
    SOCIAL_REDIRECT_URIS: REDIRECT_URI,
  };
  app = await startApp({ ...social, LOGIN_BUDGET_IP: '1000/15m' }, { clock });
});
afterAll(() => app.close());

/** An administrator who signed in a while ago. */
async function signInLongAgo({ withPassword = true } = {}) {
  const person = await signUp(app);
  await giveRoles(app, person.user.id, 'ADMIN');
  if (!withPassword) await app.app.services.db.delete(passwords).where(eq(passwords.userId, person.user.id));
  clock.advance(10 * MINUTE + SECOND);
  const { accessToken } = await refreshTokens(person.client, person.refreshToken);
  return { ...person, accessToken };
}

type Person = Awaited<ReturnType<typeof signInLongAgo>>;

async function send({ client, accessToken }: Person, call: string, token = accessToken) {
  const { data, errors } = await client.post({ query: `mutation { ${call} }` }, { token });
  if (!data) throw new Error(JSON.stringify(errors));
  const [outcome] = Object.values(data as Record<string, { __typename: string; methods?: string[] }>);
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

async function reauthenticate({ client, accessToken: token }: Person): Promise<string> {
  const { reauthenticate } = await client.request(ReauthenticateDocument, { input: { password: PASSWORD } }, { token });
  return expectType(reauthenticate, 'Reauthenticated').accessToken;
}

describe.each(Object.entries(GUARDED_OPERATIONS))('%s', (_, { call, allowed }) => {
  test('is refused with the token of an old sign-in, and allowed after reauthenticating (T93)', async () => {
    const ada = await signInLongAgo();
    expect(await send(ada, call())).toEqual({ __typename: 'ReauthenticationRequired', methods: ['PASSWORD'] });
    const recent = await reauthenticate(ada);
    expect((await send(ada, call(), recent)).__typename).toBe(allowed);
  });

  test('is refused with the token of an old sign-in and any password, if the account has none (T93)', async () => {
    const ada = await signInLongAgo({ withPassword: false });
    for (const password of [undefined, '', PASSWORD])
      expect(await send(ada, call(password))).toEqual({ __typename: 'ReauthenticationRequired', methods: ['SIGN_IN'] });
  });
});

const WITH_PASSWORD = Object.entries(GUARDED_OPERATIONS).filter(([, { accepts }]) => accepts);
test.each(WITH_PASSWORD)(
  '%s accepts the right password instead of a recent sign-in, and no other (T93)',
  async (_, { call, allowed }) => {
    const ada = await signInLongAgo();
    expect((await send(ada, call(WRONG))).__typename).toBe('InvalidCredentials');
    expect((await send(ada, call(PASSWORD))).__typename).toBe(allowed);
  },
);

describe('a stolen access token', () => {
  test('changes nothing and sends nothing, and the attempts are recorded (T90, T93)', async () => {
    const ada = await signInLongAgo({ withPassword: false });
    const state = () =>
      rows(
        app.app.services.db,
        sql`select users::text, (select count(*) from challenges where user_id = users.id) as challenges,
          (select count(*) from passwords where user_id = users.id) as passwords
          from users where id = ${ada.user.id}`,
      );
    const before = await state();
    for (const { call } of Object.values(GUARDED_OPERATIONS)) await send(ada, call());
    expect(await state()).toEqual(before);

    const attempts = () =>
      rows<{ operation: string }>(
        app.app.services.db,
        sql`select detail ->> 'operation' as operation from audit_events
          where user_id = ${ada.user.id} and type = 'access' and outcome = 'reauthentication-required'`,
      );
    await expect
      .poll(async () => (await attempts()).map(({ operation }) => operation).sort())
      .toEqual(Object.keys(GUARDED_OPERATIONS).sort());
  });

  test('does not become recent when the owner reauthenticates, signs in elsewhere or refreshes (T93)', async () => {
    const ada = await signInLongAgo();
    const stolen = ada.accessToken;
    await reauthenticate(ada);
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    for (const { call } of Object.values(GUARDED_OPERATIONS))
      expect((await send(ada, call(), stolen)).__typename).toBe('ReauthenticationRequired');
  });

  test('of a recent sign-in does not replace the password where one is required (T60, T93)', async () => {
    const ada = await signUp(app);
    for (const name of ['changePassword', 'requestEmailChange', 'deleteAccount']) {
      const call = WAYS_TO_SIGN_IN[`mutation ${name}`]?.call() ?? '';
      expect((await send(ada, call)).__typename).toBe('InvalidCredentials');
    }
  });
});

test('a user without a password can do everything after a recent sign-in (T93)', async () => {
  for (const { call, allowed } of Object.values(GUARDED_OPERATIONS)) {
    const ada = await signUp(app);
    await giveRoles(app, ada.user.id, 'ADMIN');
    await app.app.services.db.delete(passwords).where(eq(passwords.userId, ada.user.id));
    expect((await send(ada, call())).__typename).toBe(allowed);
  }
});

test('administrators read, edit profiles and end sessions without a recent sign-in', async () => {
  const ada = await signInLongAgo();
  const other = await signUp(app);
  const calls = [
    `updateUser(id: "${other.user.id}", input: { firstName: "Grace" }) { __typename }`,
    `createUser(input: { email: "${uniqueEmail()}" }) { __typename }`,
    `endUserSessions(id: "${other.user.id}") { __typename }`,
  ];
  const outcomes = [];
  for (const call of calls) outcomes.push((await send(ada, call)).__typename);
  expect(outcomes).toEqual(['AdminUser', 'AdminUser', 'LoggedOut']);
});

test.each([
  'isActive: false',
  'roles: [ADMIN]',
  'phone: "+998901234567"',
  'emailVerified: true',
  'phoneVerified: true',
])('an administrator’s old token cannot set %s (T93)', async (change) => {
  const ada = await signInLongAgo();
  const call = `updateUser(id: "${UNKNOWN_ID}", input: { firstName: "Grace", ${change} }) { __typename }`;
  expect((await send(ada, call)).__typename).toBe('ReauthenticationRequired');
});

test('without a session, a protected purpose is UNAUTHENTICATED, and the public purpose needs no session (T19)', async () => {
  const client = app.client();
  const otp = (purpose: string) =>
    client.post({
      query: `mutation { requestPhoneOtp(input: { purpose: ${purpose}, phone: "${uniquePhone()}" }) { __typename } }`,
    });
  expect((await otp('VERIFY')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await otp('AUTHENTICATE')).data).toEqual({ requestPhoneOtp: { __typename: 'Challenge' } });
});

test('a stolen token cannot exchange the number that the owner is verifying, and the owner’s code still works (T93)', async () => {
  const ada = await signUp(app);
  const own = { phone: uniquePhone(), purpose: 'VERIFY' as const };
  const { submission } = await receiveCode(app, ada.client, own, { token: ada.accessToken });
  await app.app.services.db.execute(
    sql`update sessions set authenticated_at = authenticated_at - interval '11 minutes' where id = ${ada.session.id}`,
  );
  const { accessToken: token } = await refreshTokens(ada.client, ada.refreshToken);
  const other = await requestOtp(ada.client, { ...own, phone: uniquePhone() }, { token });
  expectType(other, 'ReauthenticationRequired');
  const { user } = expectType(await confirmOtp(ada.client, submission, { token }), 'PhoneVerified');
  expect(user.phone).toBe(own.phone);
});

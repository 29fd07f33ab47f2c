import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReauthenticateDocument } from '../../../schema/generated/graphql.ts';
import { createUser, signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';

const NAMESPACE = 'https://hasura.io/jwt/claims';
const CLAIMS = 'hasura,{"plan":"$.publicMetadata.plan","can":"$.permissions","mail":"$.email","team":"red"}';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ ACCESS_TOKEN_CLAIMS: CLAIMS, LOGIN_BUDGET_IP: '1000/15m' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const setPlan = (id: string, plan: string) => updateUser(admin, id, { publicMetadata: { plan } });

describe('the claims of ACCESS_TOKEN_CLAIMS', () => {
  test('are in the access token of a sign-up, a sign-in, a refresh and a reauthentication', async () => {
    const ada = await signUp(app);
    const expected = {
      team: 'red',
      can: [],
      mail: ada.email,
      [NAMESPACE]: {
        'x-hasura-default-role': 'user',
        'x-hasura-allowed-roles': ['user'],
        'x-hasura-user-id': ada.user.id,
      },
    };
    expect(decodeJwt(ada.accessToken)).toMatchObject(expected);
    expect(decodeJwt(ada.accessToken)).not.toHaveProperty('plan');
    await setPlan(ada.user.id, 'pro');
    const { reauthenticate } = await ada.client.request(
      ReauthenticateDocument,
      { input: { password: PASSWORD } },
      { token: ada.accessToken },
    );
    const tokens = [
      expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated').accessToken,
      expectType(await refresh(ada.client, ada.refreshToken), 'Authenticated').accessToken,
      expectType(reauthenticate, 'Reauthenticated').accessToken,
    ];
    for (const token of tokens) expect(decodeJwt(token)).toMatchObject({ ...expected, plan: 'pro' });
  });

  test('are those of the token’s user when many sign in at once', async () => {
    const users = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const input = { email: uniqueEmail(), password: PASSWORD, emailVerified: true };
        const publicMetadata = index % 2 === 0 ? { plan: `plan-${index}` } : {};
        const { user } = expectType(await createUser(admin, { ...input, publicMetadata }), 'AdminUser');
        return { email: input.email, id: user.id, plan: publicMetadata.plan };
      }),
    );
    await Promise.all(
      users.map(async ({ email, id, plan }) => {
        const { accessToken } = expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
        const claims = decodeJwt(accessToken);
        expect({ sub: claims.sub, plan: claims.plan }).toEqual({ sub: id, plan });
      }),
    );
  });

  test('do not contain an address that is not verified', async () => {
    const input = { email: uniqueEmail(), password: PASSWORD };
    expectType(await createUser(admin, { ...input, emailVerified: false }), 'AdminUser');
    const other = await startApp({ ACCESS_TOKEN_CLAIMS: CLAIMS, EMAIL_VERIFICATION: 'off' });
    const boss = await signInWithRoles(other, 'ADMIN');
    expectType(await createUser(boss, { ...input, emailVerified: false }), 'AdminUser');
    const { accessToken } = expectType(await login(other.client(), input.email, PASSWORD), 'Authenticated');
    expect(decodeJwt(accessToken)).toMatchObject({ email: input.email, email_verified: false, team: 'red' });
    expect(decodeJwt(accessToken)).not.toHaveProperty('mail');
    await other.close();
  });

  test('that would exceed 2,048 bytes are refused when an administrator writes the data', async () => {
    const ada = await signInWithRoles(app);
    const refused = expectType(await setPlan(ada.id, 'x'.repeat(2000)), 'InvalidInput');
    expect(refused.fields).toMatchObject([{ path: 'publicMetadata', code: 'TOO_LONG' }]);
    const permissions = Array.from({ length: 99 }, (_, index) => `p${index}`.padEnd(19, '~'));
    const given = expectType(await updateUser(admin, ada.id, { permissions }), 'InvalidInput');
    expect(given.fields).toMatchObject([{ path: 'permissions', code: 'TOO_LONG' }]);
    const input = { email: uniqueEmail(), publicMetadata: { plan: 'x'.repeat(2000) } };
    const created = expectType(await createUser(admin, input), 'InvalidInput');
    expect(created.fields).toMatchObject([{ path: 'publicMetadata', code: 'TOO_LONG' }]);
    expectType(await setPlan(ada.id, 'x'.repeat(1000)), 'AdminUser');
    expectType(await updateUser(admin, ada.id, { privateMetadata: { note: 'x'.repeat(4000) } }), 'AdminUser');
  });

  test('leave room for the longest address: no user can remove claims by choosing one', async () => {
    const ada = await signInWithRoles(app);
    const refused = expectType(await setPlan(ada.id, 'x'.repeat(1640)), 'InvalidInput');
    expect(refused.fields).toMatchObject([{ path: 'publicMetadata', code: 'TOO_LONG' }]);
    expectType(await setPlan(ada.id, 'x'.repeat(1500)), 'AdminUser');
    const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;
    expectType(await updateUser(admin, ada.id, { email, emailVerified: true }), 'AdminUser');
    const { accessToken } = expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    expect(decodeJwt(accessToken)).toMatchObject({ mail: email, plan: 'x'.repeat(1500), team: 'red' });
  });

  test('that exceed 2,048 bytes all the same are left out together, and the log says so', async () => {
    const ada = await signInWithRoles(app);
    const { db, metadata } = app.app.services;
    await metadata.save(db, ada.id, { publicMetadata: { plan: 'x'.repeat(3000) }, privateMetadata: {} });
    const { accessToken } = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    const claims = decodeJwt(accessToken);
    for (const name of ['plan', 'team', 'mail', NAMESPACE]) expect(claims).not.toHaveProperty(name);
    expect(claims).toMatchObject({ sub: ada.id, email: ada.email });
    expect(await me(ada.client, accessToken)).toMatchObject({ id: ada.id });
    expect(app.logged.some((line) => line.includes('ACCESS_TOKEN_CLAIMS') && line.includes(ada.id))).toBe(true);
  });
});

test('the longest access token is accepted by this service', async () => {
  const large = await startApp({
    ACCESS_TOKEN_ALG: 'RS256',
    TOKEN_AUDIENCE: 'a'.repeat(500),
    ACCESS_TOKEN_CLAIMS: '{"data":"$.publicMetadata.data"}',
  });
  const boss = await signInWithRoles(large, 'ADMIN');
  const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;
  const permissions = Array.from({ length: 100 }, (_, index) => `p${index + 100}`.padEnd(index < 49 ? 20 : 19, '~'));
  const publicMetadata = { data: 'x'.repeat(2048 - '{"data":""}'.length) };
  const input = { email, password: PASSWORD, emailVerified: true, roles: ['STAFF', 'ADMIN'] as const };
  expectType(await createUser(boss, { ...input, roles: [...input.roles], permissions, publicMetadata }), 'AdminUser');
  const client = large.client();
  const { accessToken } = expectType(await login(client, email, PASSWORD), 'Authenticated');
  expect(decodeJwt(accessToken)).toMatchObject({ data: publicMetadata.data, scope: permissions.join(' ') });
  expect(await me(client, accessToken)).toMatchObject({ email });
  await large.close();
});

test('without the setting, a token has no further claims', async () => {
  const plain = await startApp();
  const ada = await signInWithRoles(plain);
  const names = [
    'iss',
    'aud',
    'sub',
    'sid',
    'jti',
    'iat',
    'exp',
    'auth_time',
    'amr',
    'client_id',
    'email',
    'email_verified',
    'roles',
  ];
  expect(Object.keys(decodeJwt(ada.token)).sort()).toEqual([...names].sort());
  await plain.close();
});

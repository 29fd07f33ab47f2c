import 'reflect-metadata';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../../src/core/access.ts';
import { accessList, enforceAccess } from '../../../src/http/access.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { deactivate, insertAccount } from '../../support/accounts.ts';
import { auditEvents, giveRoles, listUsers, showUser, signInWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { listOperations } from '../../support/documents.ts';

/** Who may call each operation. Changing this list changes the access rules. */
const ACCESS: Record<string, Access> = {
  'query me': 'SIGNED_IN',
  'query node': 'SIGNED_IN',
  'query verifyToken': 'PUBLIC',
  'query health': 'PUBLIC',
  'query users': 'STAFF',
  'query user': 'STAFF',
  'query auditEvents': 'ADMIN',
  'query deliveries': 'ADMIN',
  'query signingKeys': 'ADMIN',
  'query effectiveSettings': 'ADMIN',
  'query statistics': 'ADMIN',
  'mutation registerEmail': 'PUBLIC',
  'mutation requestEmailVerification': 'PUBLIC',
  'mutation verifyEmail': 'PUBLIC',
  'mutation requestEmailOtp': 'PUBLIC',
  'mutation confirmEmailOtp': 'PUBLIC',
  'mutation login': 'PUBLIC',
  'mutation verifySecondFactor': 'PUBLIC',
  'mutation refresh': 'PUBLIC',
  'mutation logout': 'PUBLIC',
  'mutation logoutAll': 'SIGNED_IN',
  'mutation revokeSession': 'SIGNED_IN',
  'mutation requestPasswordReset': 'PUBLIC',
  'mutation resetPassword': 'PUBLIC',
  'mutation changePassword': 'SIGNED_IN',
  'mutation reauthenticate': 'SIGNED_IN',
  'mutation startTotpEnrollment': 'SIGNED_IN',
  'mutation confirmTotpEnrollment': 'SIGNED_IN',
  'mutation disableTotp': 'SIGNED_IN',
  'mutation setSecondFactorRequired': 'SIGNED_IN',
  'mutation regenerateRecoveryCodes': 'SIGNED_IN',
  'mutation updateProfile': 'SIGNED_IN',
  'mutation requestEmailChange': 'SIGNED_IN',
  'mutation confirmEmailChange': 'PUBLIC', // By link; a code needs its user's token.
  'mutation deleteAccount': 'SIGNED_IN',
  'query settings': 'PUBLIC',
  'query socialProviders': 'PUBLIC',
  'mutation requestPhoneOtp': 'PUBLIC', // Purpose VERIFY needs a token.
  'mutation confirmPhoneOtp': 'PUBLIC', // A code of purpose VERIFY needs a token.
  'mutation socialAuthorize': 'PUBLIC', // Purpose LINK needs a token.
  'mutation socialCallback': 'PUBLIC', // Purpose LINK needs a token.
  'mutation socialTokenLogin': 'PUBLIC',
  'mutation unlinkIdentity': 'SIGNED_IN',
  'mutation startPasskeyRegistration': 'SIGNED_IN',
  'mutation finishPasskeyRegistration': 'SIGNED_IN',
  'mutation renamePasskey': 'SIGNED_IN',
  'mutation removePasskey': 'SIGNED_IN',
  'mutation startPasskeyLogin': 'PUBLIC',
  'mutation finishPasskeyLogin': 'PUBLIC',
  'mutation createUser': 'ADMIN',
  'mutation updateUser': 'ADMIN',
  'mutation endUserSession': 'ADMIN',
  'mutation endUserSessions': 'ADMIN',
  'mutation deleteUser': 'ADMIN',
  'mutation sendPasswordReset': 'ADMIN',
  'mutation resetSecondFactors': 'ADMIN',
  'mutation impersonate': 'ADMIN',
  'mutation retryDelivery': 'ADMIN',
};

const schema = buildApiSchema();
const operations = listOperations(schema);

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
});
afterAll(() => app.close());

describe('the access list', () => {
  test('is what the operations of the schema declare (T19)', () => {
    expect(Object.fromEntries(accessList(schema))).toEqual(ACCESS);
  });

  test('is required: a schema with an operation that declares no access is not built (T19)', () => {
    const fields = { everything: { type: GraphQLString, resolve: () => 'all secrets' } };
    const careless = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
    expect(() => enforceAccess(careless)).toThrow('query everything');
    const misspelt = { everything: { ...fields.everything, extensions: { access: 'EVERYBODY' } } };
    const wrong = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: misspelt }) });
    expect(() => enforceAccess(wrong)).toThrow('query everything');
  });
});

interface Caller {
  who: string;
  /** Public operations are never refused. */
  refusal: Record<Exclude<Access, 'PUBLIC'>, string | undefined>;
  token(): Promise<string | undefined>;
}

const NO = 'FORBIDDEN';
const OUT = 'UNAUTHENTICATED';
const withoutRole = { SIGNED_IN: undefined, STAFF: NO, ADMIN: NO };
const withoutSession = { SIGNED_IN: OUT, STAFF: OUT, ADMIN: OUT };

const CALLERS: Caller[] = [
  { who: 'a caller without a token', refusal: withoutSession, token: async () => undefined },
  { who: 'a user', refusal: withoutRole, token: async () => (await signInWithRoles(app)).token },
  {
    who: 'staff',
    refusal: { ...withoutRole, STAFF: undefined },
    token: async () => (await signInWithRoles(app, 'STAFF')).token,
  },
  {
    who: 'an administrator',
    refusal: { SIGNED_IN: undefined, STAFF: undefined, ADMIN: undefined },
    token: async () => (await signInWithRoles(app, 'ADMIN')).token,
  },
  {
    who: 'a demoted administrator with a token of before',
    refusal: withoutRole,
    async token() {
      const { id, token } = await signInWithRoles(app, 'STAFF', 'ADMIN');
      await giveRoles(app, id);
      return token;
    },
  },
  {
    who: 'a deactivated administrator with an open session',
    refusal: withoutSession,
    async token() {
      const { id, token } = await signInWithRoles(app, 'ADMIN');
      await deactivate(app, id);
      return token;
    },
  },
];
/** They check the token only, and end the caller's own session. */
const HARMLESS = new Set(['mutation logoutAll', 'mutation revokeSession']);

describe.each(CALLERS)('$who', ({ who, refusal, token }) => {
  const isDeactivated = who.startsWith('a deactivated');
  test.each(operations.filter(({ name }) => !(isDeactivated && HARMLESS.has(name))))(
    `may call $name only as declared (T19, T21)`,
    async ({ name, document }) => {
      const access = ACCESS[name] ?? expect.fail(`${name} is not on the list`);
      const wanted = access === 'PUBLIC' ? undefined : refusal[access];
      const { data, errors } = await app.client().post({ query: document }, { token: await token() });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(wanted ? [wanted] : []);
      if (wanted) expect(Object.values(data ?? {})).toEqual(data ? [null] : []);
    },
  );
});

describe('another user’s account (T20)', () => {
  const idOperations = operations.filter(({ name }) =>
    [
      'user',
      'updateUser',
      'endUserSession',
      'endUserSessions',
      'deleteUser',
      'sendPasswordReset',
      'resetSecondFactors',
      'impersonate',
    ].includes(name.split(' ')[1] ?? ''),
  );

  test.each(idOperations)(
    '$name responds to users and staff as if the ID did not exist',
    async ({ name, document }) => {
      const victim = await insertAccount(app);
      const callers = [
        await signInWithRoles(app),
        ...(ACCESS[name] === 'ADMIN' ? [await signInWithRoles(app, 'STAFF')] : []),
      ];
      for (const { client, token } of callers) {
        const unknown = await client.post({ query: document }, { token });
        const theirs = await client.post({ query: document.replace(/0{8}-[-0-9]+/, victim.id) }, { token });
        expect(theirs.errors).toEqual(unknown.errors);
        expect(theirs.data ?? null).toEqual(unknown.data ?? null);
      }
    },
  );

  test('shows its sessions to staff, and its events to administrators only', async () => {
    const [ada, staff, admin] = [
      await signInWithRoles(app),
      await signInWithRoles(app, 'STAFF'),
      await signInWithRoles(app, 'ADMIN'),
    ];
    expect((await showUser(staff, ada.id))?.sessions).toHaveLength(1);
    const query = `{ user(id: "${ada.id}") { securityEvents { nodes { kind } } } }`;
    const refused = await staff.client.post({ query }, { token: staff.token });
    expect(refused).toMatchObject({ data: { user: null }, errors: [{ extensions: { code: NO } }] });
    const shown = await admin.client.post({ query }, { token: admin.token });
    expect(shown).toMatchObject({ data: { user: { securityEvents: { nodes: [{ kind: 'sign-in' }] } } }, errors: [] });
  });

  test('a removed role stops working at the next request, with the same token', async () => {
    const { id, client, token } = await signInWithRoles(app, 'STAFF');
    expect((await listUsers({ client, token })).edges).not.toEqual([]);
    await giveRoles(app, id);
    await expect(listUsers({ client, token })).rejects.toThrow('FORBIDDEN');
    await giveRoles(app, id, 'STAFF');
    expect((await listUsers({ client, token })).edges).not.toEqual([]);
  });
});

test('a refused request is recorded with user, time, address and operation (T90)', async () => {
  const [eve, admin] = [await signInWithRoles(app, 'STAFF'), await signInWithRoles(app, 'ADMIN')];
  await expect(auditEvents(eve)).rejects.toThrow('FORBIDDEN');
  await expect
    .poll(async () => (await auditEvents(admin, { filter: { userId: eve.id, kind: 'access' } })).nodes)
    .toMatchObject([
      { outcome: 'denied', ipAddress: eve.client.ip, facts: [{ name: 'operation', value: 'query auditEvents' }] },
    ]);
  const line = app.logged.find((line) => line.includes('"audit":"access"') && line.includes(eve.id));
  expect(line).toContain('query auditEvents');
});

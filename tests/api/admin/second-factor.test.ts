import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessList } from '../../../src/http/access.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { sessions } from '../../../src/infra/db/tables.ts';
import { auditEvents, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { refresh } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { listOperations } from '../../support/documents.ts';
import { enroll } from '../../support/second-factors.ts';

const schema = buildApiSchema();
const access = accessList(schema);
const operations = listOperations(schema);
/** Anyone's ID may be given to `node`; those of others need a role (tests/api/relay/node.test.ts). */
const NEEDS_ROLE_FOR_OTHERS = 'query node';
const needsRole = ({ name }: { name: string }) =>
  access.get(name) === 'STAFF' || access.get(name) === 'ADMIN' || name === NEEDS_ROLE_FOR_OTHERS;

const WITHOUT_ROLE = { code: 'FORBIDDEN' };
const ONE_FACTOR = { code: 'FORBIDDEN', reason: 'SECOND_FACTOR_REQUIRED' };

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ADMIN_SECOND_FACTOR: 'required', LOGIN_BUDGET_IP: '1000/15m' });
});
afterAll(() => app.close());

/** The same user after a refresh of a session with two factors. */
async function withSecondFactor(user: UserWithRoles): Promise<UserWithRoles> {
  const authenticationMethods = ['pwd', 'otp', 'mfa'];
  await app.app.services.db.update(sessions).set({ authenticationMethods }).where(eq(sessions.userId, user.id));
  const { accessToken } = expectType(await refresh(user.client, user.session.refreshToken ?? ''), 'Authenticated');
  return { ...user, token: accessToken, accessToken };
}

/** The extensions of the errors that the operation returns. */
async function refusals({ client, token }: UserWithRoles, query: string) {
  const { errors } = await client.post({ query }, { token });
  return errors.map(({ extensions }) => extensions);
}

describe('with ADMIN_SECOND_FACTOR=required', () => {
  test.each(operations.filter(needsRole))(
    'an administrator without a second factor may not call $name (T19)',
    async ({ document }) => {
      expect(await refusals(await signInWithRoles(app, 'ADMIN'), document)).toEqual([ONE_FACTOR]);
    },
  );

  test.each(operations.filter(needsRole))(
    'with a second factor, $name is allowed as declared',
    async ({ document }) => {
      const admin = await withSecondFactor(await signInWithRoles(app, 'ADMIN'));
      expect(await refusals(admin, document)).toEqual([]);
    },
  );

  test.each(operations.filter((operation) => !needsRole(operation)))(
    'an administrator without a second factor may still call $name, for example to enrol',
    async ({ document }) => {
      expect(await refusals(await signInWithRoles(app, 'ADMIN'), document)).toEqual([]);
    },
  );

  test('an administrator sets up an authenticator app; the next token of the session has the second factor', async () => {
    const admin = await signInWithRoles(app, 'ADMIN');
    await enroll(admin, new Date());
    const list = '{ users { edges { cursor } } }';
    expect(await refusals(admin, list)).toEqual([ONE_FACTOR]);
    const { accessToken } = expectType(await refresh(admin.client, admin.session.refreshToken ?? ''), 'Authenticated');
    expect(await refusals({ ...admin, token: accessToken }, list)).toEqual([]);
  });

  test('the role comes first: users learn nothing about the setting, with or without a second factor', async () => {
    const user = await signInWithRoles(app);
    for (const caller of [user, await withSecondFactor(user)])
      expect(await refusals(caller, '{ users { edges { cursor } } }')).toEqual([WITHOUT_ROLE]);
  });

  test('staff need it too, and so do fields of a user that only administrators see', async () => {
    const staff = await signInWithRoles(app, 'STAFF');
    expect(await refusals(staff, '{ users { edges { cursor } } }')).toEqual([ONE_FACTOR]);
    const admin = await withSecondFactor(await signInWithRoles(app, 'ADMIN'));
    const query = `{ user(id: "${staff.id}") { securityEvents { nodes { kind } } } }`;
    expect(await refusals(admin, query)).toEqual([]);
  });

  test('the refusal says what is missing, and is recorded with the operation (T90)', async () => {
    const admin = await signInWithRoles(app, 'ADMIN');
    const { errors } = await admin.client.post({ query: '{ auditEvents { nodes { id } } }' }, { token: admin.token });
    expect(errors).toMatchObject([{ message: 'This needs a sign-in with a second factor.' }]);
    const other = await withSecondFactor(await signInWithRoles(app, 'ADMIN'));
    await expect
      .poll(async () => (await auditEvents(other, { filter: { userId: admin.id, kind: 'access' } })).nodes)
      .toMatchObject([
        { outcome: 'second-factor-required', facts: [{ name: 'operation', value: 'query auditEvents' }] },
      ]);
  });
});

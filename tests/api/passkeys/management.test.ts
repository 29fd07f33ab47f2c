import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserDocument } from '../../../schema/generated/graphql.ts';
import { passkeys, passwords, users } from '../../../src/infra/db/tables.ts';
import { signInWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { addPasskey, listPasskeys, removePasskey, renamePasskey, signInByPasskey } from '../../support/passkeys.ts';
import { UNKNOWN_ID } from '../../support/recent-sign-in.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ...WITHOUT_VERIFICATION, SMS_PROVIDER: 'log', EMAIL_SIGN_IN: 'off' });
});
afterAll(() => app.close());

async function userWithPasskey() {
  const user = await registerUser(app.client());
  return { ...user, ...(await addPasskey(user.client, user.accessToken)), userId: user.user.id };
}

describe('renaming a passkey', () => {
  test('tidies the name', async () => {
    const { client, accessToken, passkey } = await userWithPasskey();
    const saved = expectType(await renamePasskey(client, accessToken, passkey.id, ' Work laptop '), 'PasskeySaved');
    expect(saved.passkey).toMatchObject({ id: passkey.id, name: 'Work laptop' });
    expect(await listPasskeys(client, accessToken)).toEqual([expect.objectContaining({ name: 'Work laptop' })]);
  });

  test.each([
    ['', 'REQUIRED'],
    ['  ', 'REQUIRED'],
    ['x'.repeat(101), 'TOO_LONG'],
    ['a\u0007b', 'INVALID_FORMAT'],
    ['a\u2066b', 'INVALID_FORMAT'],
  ])('to %j is refused', async (name, code) => {
    const { client, accessToken, passkey } = await userWithPasskey();
    const { fields } = expectType(await renamePasskey(client, accessToken, passkey.id, name), 'InvalidInput');
    expect(fields).toEqual([expect.objectContaining({ path: 'name', code })]);
  });

  test('of another user, of no one, or after its removal is NotFound', async () => {
    const [ada, eve] = [await userWithPasskey(), await userWithPasskey()];
    for (const id of [ada.passkey.id, UNKNOWN_ID, 'x'])
      expectType(await renamePasskey(eve.client, eve.accessToken, id, 'mine'), 'NotFound');
    expectType(await removePasskey(ada.client, ada.accessToken, ada.passkey.id), 'PasskeyRemoved');
    expectType(await renamePasskey(ada.client, ada.accessToken, ada.passkey.id, 'mine'), 'NotFound');
  });
});

describe('removing a passkey', () => {
  test('takes it from the list, and it no longer signs in', async () => {
    const { client, accessToken, passkey, authenticator } = await userWithPasskey();
    const removed = expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
    expect(removed.user.passkeys).toEqual([]);
    expectType(await signInByPasskey(app.client(), authenticator), 'ChallengeFailed');
    expectType(await removePasskey(client, accessToken, passkey.id), 'NotFound');
  });

  test('of another user is NotFound', async () => {
    const [ada, eve] = [await userWithPasskey(), await userWithPasskey()];
    for (const id of [ada.passkey.id, UNKNOWN_ID, 'x'])
      expectType(await removePasskey(eve.client, eve.accessToken, id), 'NotFound');
    expectType(await signInByPasskey(app.client(), ada.authenticator), 'Authenticated');
  });

  test('is refused if it is the last way to sign in, and possible once there is another passkey', async () => {
    const { client, accessToken, passkey, userId } = await userWithPasskey();
    await app.app.services.db.delete(passwords).where(eq(passwords.userId, userId));
    expectType(await removePasskey(client, accessToken, passkey.id), 'LastSignInMethod');
    const second = await addPasskey(client, accessToken);
    expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
    expectType(await removePasskey(client, accessToken, second.passkey.id), 'LastSignInMethod');
  });

  test('that is the last factor ends the requirement of a second factor', async () => {
    const { client, passkey, authenticator, userId, ...user } = await userWithPasskey();
    const second = await addPasskey(client, user.accessToken);
    const { accessToken } = expectType(await signInByPasskey(client, authenticator), 'Authenticated');
    const { db } = app.app.services;
    await db.update(users).set({ secondFactorRequired: true }).where(eq(users.id, userId));
    const isRequired = async () =>
      (await db.select().from(users).where(eq(users.id, userId))).map(
        ({ secondFactorRequired }) => secondFactorRequired,
      );
    expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
    expect(await isRequired()).toEqual([true]);
    expectType(await removePasskey(client, accessToken, second.passkey.id), 'PasskeyRemoved');
    expect(await isRequired()).toEqual([false]);
  });

  test('keeps its row for an undo', async () => {
    const { client, accessToken, passkey, userId } = await userWithPasskey();
    expectType(await removePasskey(client, accessToken, passkey.id), 'PasskeyRemoved');
    const kept = await app.app.services.db.select().from(passkeys).where(eq(passkeys.userId, userId));
    expect(kept).toEqual([expect.objectContaining({ id: passkey.id, removedAt: expect.any(Date) })]);
  });
});

describe('User.passkeys', () => {
  test('is visible to administrators and not to staff', async () => {
    const { userId, passkey } = await userWithPasskey();
    const [admin, staff] = [await signInWithRoles(app, 'ADMIN'), await signInWithRoles(app, 'STAFF')];
    const query = UserDocument.toString().replace(/\{\s*user\(id: \$id\) \{/, '{ user(id: $id) { passkeys { id }');
    expect(query).toContain('passkeys { id }');
    const shown = await admin.client.post({ query, variables: { id: userId } }, { token: admin.token });
    expect(shown.data).toMatchObject({ user: { passkeys: [{ id: passkey.id }] } });
    const refused = await staff.client.post({ query, variables: { id: userId } }, { token: staff.token });
    expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});

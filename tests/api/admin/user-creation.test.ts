import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { users } from '../../../src/infra/db/tables.ts';
import { requestResetToken, resetPasswordWithToken, waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import {
  createUser,
  deleteUser,
  listUsers,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const PHONE = '+998901234567';
const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' }, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
  await signInWithRoles(app, 'ADMIN'); // So that no test removes the last administrator.
});
afterAll(() => app.close());

const getToken = async (email: string, kind: string) => tokenFromLink((await waitForMessage(app, email, kind)).link);

const hasMessage = async (email: string, kind: string) =>
  (await app.mail(email)).some((message) => message.kind === kind);

describe('createUser', () => {
  test('without a password invites the owner, who sets one by the link and signs in', async () => {
    const email = uniqueEmail('grace');
    const { user } = expectType(
      await createUser(admin, { email: email.toUpperCase(), firstName: ' Grace ', locale: 'ru', roles: ['STAFF'] }),
      'AdminUser',
    );
    expect(user).toMatchObject({
      email,
      firstName: 'Grace',
      locale: 'ru',
      roles: ['STAFF'],
      isActive: true,
      emailVerified: false,
      hasPassword: false,
    });
    const message = await waitForMessage(app, email, 'invitation');
    expect(message).toMatchObject({ locale: 'ru', code: null });
    expect(message.text).not.toContain(admin.client.ip);
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');
    expectType(await resetPasswordWithToken(app, tokenFromLink(message.link), NEW_PASSWORD), 'PasswordChanged');
    const session = expectType(await login(app.client(), email, NEW_PASSWORD), 'Authenticated');
    expect(session.user.emailVerified).toBe(true);
  });

  test('keeps the profile when the invitation is accepted, and the number only when the invitation is for it', async () => {
    const profile = { firstName: 'Grace', lastName: 'Hopper', companyName: 'Navy', locale: 'ru' };
    const person = (phone: string) => ({ email: uniqueEmail(), ...profile, phone, phoneVerified: true });
    const [invited, forgetful, used] = ['+998901230001', '+998901230002', '+998901230003'].map(person);
    if (!invited || !forgetful || !used) return expect.fail();
    const ids = [];
    for (const input of [invited, forgetful, used])
      ids.push(expectType(await createUser(admin, input), 'AdminUser').user.id);

    expectType(
      await resetPasswordWithToken(app, await getToken(invited.email, 'invitation'), NEW_PASSWORD),
      'PasswordChanged',
    );
    clock.advance(61_000); // The cool-down is over.
    expectType(
      await resetPasswordWithToken(app, await requestResetToken(app, forgetful.email), NEW_PASSWORD),
      'PasswordChanged',
    );
    // A user has already signed in, but not through this address.
    await app.app.services.db.update(users).set({ lastLoginAt: clock.now() }).where(eq(users.email, used.email));
    expectType(
      await resetPasswordWithToken(app, await getToken(used.email, 'invitation'), NEW_PASSWORD),
      'PasswordChanged',
    );

    const found = await Promise.all(ids.map((id) => showUser(admin, id)));
    const nothing = { firstName: null, lastName: null, companyName: null, locale: null, phone: null };
    expect(found).toMatchObject([
      { ...profile, phone: invited.phone, phoneVerified: true, emailVerified: true },
      { ...profile, phone: null, phoneVerified: false, emailVerified: true },
      { ...nothing, emailVerified: true },
    ]);
  });

  test('an invitation works once, expires after a day, and is void when the address changes (T57)', async () => {
    const [once, late, moved] = [uniqueEmail(), uniqueEmail(), uniqueEmail()];
    for (const email of [once, late]) expectType(await createUser(admin, { email }), 'AdminUser');
    const { user } = expectType(await createUser(admin, { email: moved }), 'AdminUser');
    const tokens = [];
    for (const email of [once, late, moved]) tokens.push(await getToken(email, 'invitation'));
    const [onceToken = '', lateToken = '', movedToken = ''] = tokens;
    expectType(await resetPasswordWithToken(app, onceToken, NEW_PASSWORD), 'PasswordChanged');
    expect(await resetPasswordWithToken(app, onceToken, PASSWORD)).toMatchObject({ reason: 'ALREADY_USED' });
    expectType(await updateUser(admin, user.id, { email: uniqueEmail() }), 'AdminUser');
    expectType(await resetPasswordWithToken(app, movedToken, NEW_PASSWORD), 'ChallengeFailed');
    clock.advance(24 * 3_600_000 + 1_000);
    expect(await resetPasswordWithToken(app, lateToken, NEW_PASSWORD)).toMatchObject({ reason: 'EXPIRED' });
    admin = await signInWithRoles(app, 'ADMIN'); // The previous token has expired.
  });

  test('with a password and a verified address sends nothing, and the owner signs in', async () => {
    const email = uniqueEmail();
    expectType(await createUser(admin, { email, password: NEW_PASSWORD, emailVerified: true }), 'AdminUser');
    expectType(await login(app.client(), email, NEW_PASSWORD), 'Authenticated');
    expect(await hasMessage(email, 'invitation')).toBe(false);
  });

  test('applies the password rules and reports every invalid field at once (T22, T26)', async () => {
    const bad = { email: 'x', phone: '12', password: 'password', firstName: 'a'.repeat(101), locale: '!' };
    const { fields } = expectType(await createUser(admin, bad, 'r'.repeat(501)), 'InvalidInput');
    expect(fields.map(({ path }) => path).sort()).toEqual([
      'email',
      'firstName',
      'locale',
      'password',
      'phone',
      'reason',
    ]);
  });

  test('requires an address or a verified number', async () => {
    for (const input of [{}, { firstName: 'Ada' }, { phone: PHONE }])
      expect(expectType(await createUser(admin, input), 'InvalidInput').fields).toMatchObject([
        { path: 'email', code: 'REQUIRED' },
      ]);
    const { user } = expectType(await createUser(admin, { phone: PHONE, phoneVerified: true }), 'AdminUser');
    expect(user).toMatchObject({ email: null, phone: PHONE, phoneVerified: true });
    expectType(await createUser(admin, { phone: PHONE, phoneVerified: true }), 'PhoneTaken');
    // An unverified number reserves nothing.
    expectType(await createUser(admin, { phone: PHONE, email: uniqueEmail() }), 'AdminUser');
    expectType(await deleteUser(admin, user.id), 'AdminUser');
  });

  test('returns EmailTaken for a known address, and creates and sends nothing', async () => {
    const { email } = await insertAccount(app);
    expectType(await createUser(admin, { email: email.toUpperCase() }), 'EmailTaken');
    expect(await app.mail(email, 0)).toEqual([]);
    const page = await listUsers(admin, { filter: { search: email } });
    expect(page.edges).toHaveLength(1);
  });

  test('voids an attacker’s pending sign-up for the address (T34)', async () => {
    const { email, challenge, code } = await beginSignUp(app, app.client());
    clock.advance(61_000);
    expectType(await createUser(admin, { email }), 'AdminUser');
    expectType(await verify(app.client(), { challengeId: challenge.id, code }), 'ChallengeFailed');
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');
  });

  test('counts the invitation against the message limits, and creates nothing when they are used up (T51)', async () => {
    const { id, email } = expectType(await createUser(admin, { email: uniqueEmail() }), 'AdminUser').user;
    await rows(app.app.services.db, sql`delete from users where id = ${id}`); // The address has just got an invitation.
    expectType(await createUser(admin, { email: email ?? '' }), 'RateLimited');
    expect((await listUsers(admin, { filter: { search: email ?? '' } })).edges).toEqual([]);
  });
});

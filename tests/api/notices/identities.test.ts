import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  IdentitiesDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  UnlinkIdentityDocument,
} from '../../../schema/generated/graphql.ts';
import { resetPasswordByLink, submitPage, waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { signInWith } from '../../support/social/sign-in.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Owners hear of identities that are linked to their accounts, and can remove them.

let peer: Peer;
let app: TestApp;
beforeAll(async () => {
  peer = await startMockIssuer('one');
  app = await startApp({ ...peer.settings, OTP_RESEND_COOLDOWN: '0s', SOCIAL_REDIRECT_URIS: REDIRECT_URI });
});
afterAll(() => Promise.all([app.close(), peer.close()]));

beforeEach(() => {
  peer.person = { subject: crypto.randomUUID(), email: uniqueEmail('urgent-call-1900'), emailVerified: true };
});

async function signIn(email: string) {
  const client = app.client();
  return { client, token: expectType(await login(client, email, PASSWORD), 'Authenticated').accessToken };
}

const linkAs = async ({ client, token }: { client: ApiClient; token: string }) =>
  expectType(await signInWith(client, peer, { purpose: 'LINK', token }), 'IdentityLinked');

const listIdentities = async ({ client, token }: { client: ApiClient; token: string }) =>
  (await client.request(IdentitiesDocument, undefined, { token })).me?.identities ?? [];

describe('a linked identity', () => {
  test('is announced with the provider, without its address, and with a link that removes it (T100, T105)', async () => {
    const { email } = await insertAccount(app);
    await linkAs(await signIn(email));
    const notice = await waitForMessage(app, email, 'identity-linked');
    expect(notice.text).toMatch(/Service: \S/);
    expect(notice.text + notice.html).not.toContain('urgent');

    expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
    expect(await listIdentities(await signIn(email))).toEqual([]);
  });

  test('is announced when it joins an account by its verified address (T100)', async () => {
    const { email } = await insertAccount(app);
    peer.person.email = email;
    expectType(await signInWith(app.client(), peer), 'Authenticated');
    const notice = await waitForMessage(app, email, 'identity-linked');
    expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
    expect(await listIdentities(await signIn(email))).toEqual([]);
  });

  test('is not announced again when it signs in or is linked again', async () => {
    const { email } = await insertAccount(app);
    const session = await signIn(email);
    await linkAs(session);
    await linkAs(session);
    expectType(await signInWith(app.client(), peer), 'Authenticated');
    await waitForMessage(app, email, 'identity-linked');
    expect((await app.mail(email)).filter(({ kind }) => kind === 'identity-linked')).toHaveLength(1);
  });

  test('is announced by text message to an account without an address (T100)', async () => {
    const { phone, client, accessToken: token } = await signUpByPhone(app);
    await linkAs({ client, token });
    const notice = await waitForMessage(app, phone, 'identity-linked');
    expect(notice.text).toContain('a way to sign in was added to your account.');
  });

  test('is announced when it is unlinked', async () => {
    const { email } = await insertAccount(app);
    const session = await signIn(email);
    const { identity } = await linkAs(session);
    const { unlinkIdentity } = await session.client.request(
      UnlinkIdentityDocument,
      { id: identity.id },
      { token: session.token },
    );
    expectType(unlinkIdentity, 'IdentityUnlinked');
    await waitForMessage(app, email, 'identity-unlinked');
  });
});

test('a password reset lists the identities that were linked recently, with a link that removes them (T100)', async () => {
  const { email } = await insertAccount(app);
  await linkAs(await signIn(email));
  expectType(await resetPasswordByLink(app, email, PASSWORD), 'PasswordChanged');
  const notice = await waitForMessage(app, email, 'password-changed');
  expect(notice.text).toMatch(/Added in the last 30 days: \S/);
  expect(await listIdentities(await signIn(email))).toHaveLength(1);
  expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
  expect(await listIdentities(await signIn(email))).toEqual([]);
});

test('a password reset lists the number that was verified recently, with a link that removes it (T100)', async () => {
  const { email } = await insertAccount(app);
  const { client, token } = await signIn(email);
  const phone = uniquePhone();
  expectType(await verifyNumber(app, client, token, phone, PASSWORD), 'PhoneVerified');
  expectType(await resetPasswordByLink(app, email, PASSWORD), 'PasswordChanged');
  const notice = await waitForMessage(app, email, 'password-changed');
  expect(notice.text).toContain(`Added in the last 30 days: •••• ${phone.slice(-4)}`);
  expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
  const again = await signIn(email);
  expect(await me(again.client, again.token)).toMatchObject({ phone: null });
});

test('a password reset leaves out what was added more than 30 days ago, and its link keeps it (T100)', async () => {
  const { id, email } = await insertAccount(app);
  await linkAs(await signIn(email));
  const { db } = app.app.services;
  await rows(db, sql`update identities set created_at = now() - interval '31 days' where user_id = ${id}`);
  expectType(await resetPasswordByLink(app, email, PASSWORD), 'PasswordChanged');
  const notice = await waitForMessage(app, email, 'password-changed');
  expect(notice.text).not.toContain('Added');
  expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
  expect(await listIdentities(await signIn(email))).toHaveLength(1);
});

test('a password reset by text message counts the identities that were linked recently (T100)', async () => {
  const { phone, client, accessToken: token } = await signUpByPhone(app, { password: PASSWORD });
  await linkAs({ client, token });
  const { requestPasswordReset } = await client.request(RequestPasswordResetDocument, { input: { identifier: phone } });
  const { id: challengeId } = expectType(requestPasswordReset, 'Challenge');
  const { code } = await waitForMessage(app, phone, 'reset-password');
  const input = { challengeId, code: code ?? '', newPassword: PASSWORD };
  expectType((await client.request(ResetPasswordDocument, { input })).resetPassword, 'PasswordChanged');
  expect((await waitForMessage(app, phone, 'password-changed')).text).toMatch(/: 1\./);
});

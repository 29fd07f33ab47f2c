import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ConfirmEmailChangeDocument,
  IdentitiesDocument,
  UnlinkIdentityDocument,
} from '../../../schema/generated/graphql.ts';
import {
  deleteAccount,
  resetPasswordByLink,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { signInWith } from '../../support/social/sign-in.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Identities together with an account's other ways in, notices and deletion.

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

let peer: Peer;
let settings: Record<string, string | undefined>;
let [app, unverified]: TestApp[] = [];
beforeAll(async () => {
  peer = await startMockIssuer('one');
  settings = { ...peer.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI, OTP_RESEND_COOLDOWN: '0s' };
  app = await startApp(settings);
  unverified = await startApp({ ...settings, ...WITHOUT_VERIFICATION });
});
afterAll(() => Promise.all([app?.close(), unverified?.close(), peer.close()]));
beforeEach(() => {
  peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
});
const apps = () => ({ app: app as TestApp, unverified: unverified as TestApp }); // Started in beforeAll.

const listIdentities = async (client: ApiClient, token: string) =>
  (await client.request(IdentitiesDocument, undefined, { token })).me?.identities ?? [];
const link = (client: ApiClient, token: string) => signInWith(client, peer, { purpose: 'LINK', token });
const unlink = async (client: ApiClient, token: string, id: string | undefined) =>
  (await client.request(UnlinkIdentityDocument, { id: id ?? '' }, { token })).unlinkIdentity.__typename;

describe('a social sign-in', () => {
  test('from a new device notifies the owner', async () => {
    const { app } = apps();
    const { accessToken, client, email } = await signUp(app);
    expectType(await link(client, accessToken), 'IdentityLinked');
    expectType(await signInWith(app.client({ headers: { 'user-agent': SAFARI } }), peer), 'Authenticated');
    expect((await waitForMessage(app, email, 'new-device')).text).toContain('Safari on iOS');
  });

  test('with an identity linked by an attacker does not open the account after “this wasn’t me”', async () => {
    const { app } = apps();
    const { email, user } = await signUp(app);
    const attacker = app.client({ headers: { 'user-agent': SAFARI } });
    const { accessToken } = expectType(await login(attacker, email, PASSWORD), 'Authenticated');
    const { link: way } = await waitForMessage(app, email, 'new-device');
    expectType(await link(attacker, accessToken), 'IdentityLinked');
    expect((await submitPage(app, '/not-me', tokenFromLink(way))).status).toBe(200);
    expect(expectType(await signInWith(attacker, peer), 'Authenticated').user.id).not.toBe(user.id);
  });

  test('with an identity linked just before an address change does not open the account after the undo', async () => {
    const { app } = apps();
    const ada = await signUp(app);
    expectType(await link(ada.client, ada.accessToken), 'IdentityLinked');
    const { challengeId, code } = await startEmailChange(app, ada);
    const input = { challengeId, code };
    await ada.client.request(ConfirmEmailChangeDocument, { input }, { token: ada.accessToken });
    const { link: undo } = await waitForMessage(app, ada.email, 'email-changed');
    expect((await submitPage(app, '/undo-email-change', tokenFromLink(undo))).status).toBe(200);
    expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).not.toBe(ada.user.id);
  });
});

describe('a reset by the owner of an address that an attacker signed up with (T34)', () => {
  test('removes number, identity and known devices, and cancels a pending address change', async () => {
    const { unverified: app } = apps();
    const { client, accessToken, user, email } = await registerUser(app.client());
    expectType(await link(client, accessToken), 'IdentityLinked');
    const phone = uniquePhone();
    expectType(await verifyNumber(app, client, accessToken, phone), 'PhoneVerified');
    const change = await startEmailChange(app, { client, accessToken, email });

    expectType(await resetPasswordByLink(app, email, 'saffron-glacier-57-trumpet'), 'PasswordChanged');
    const { token } = change;
    const { confirmEmailChange } = await app.client().request(ConfirmEmailChangeDocument, { input: { token } });
    expectType(confirmEmailChange, 'ChallengeFailed');
    expectType(await login(app.client(), phone, 'saffron-glacier-57-trumpet'), 'InvalidCredentials');
    expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).not.toBe(user.id);
    expect(await me(app.client(), accessToken)).toBeNull();

    const owner = app.client({ headers: { 'user-agent': SAFARI } });
    expectType(await login(owner, email, 'saffron-glacier-57-trumpet'), 'Authenticated');
    const notices = sql`select id from challenges where user_id = ${user.id} and purpose = 'NOT_ME' and token_digest is not null`;
    expect(await rows(app.app.services.db, notices)).toHaveLength(1); // About the new password.
    expectType(await login(app.client(), email, 'saffron-glacier-57-trumpet'), 'Authenticated');
    expect(await rows(app.app.services.db, notices)).toHaveLength(2); // About the attacker's device, which is no longer known.
  });
});

describePostgres('the last way to sign in (T85)', () => {
  test('can be a verified number when messages can be sent to it, else it is the identity', async () => {
    const database = await freshDatabase(await postgresServer());
    const shared = {
      ...settings,
      PUBLIC_URL: 'https://auth.example.com',
      DATABASE_URL: database.url,
      EMAIL_SIGN_IN: 'off',
    };
    const withSms = await startApp(shared);
    const withoutSms = await startApp({ ...shared, NODE_ENV: 'production', OUTBOX_VIEWER: 'off' });
    try {
      const client = withSms.client();
      const { accessToken } = expectType(await signInWith(client, peer), 'Authenticated');
      expectType(await verifyNumber(withSms, client, accessToken, uniquePhone()), 'PhoneVerified');
      const [identity] = await listIdentities(client, accessToken);
      expect(await unlink(withoutSms.client(), accessToken, identity?.id)).toBe('LastSignInMethod');
      expect(await unlink(client, accessToken, identity?.id)).toBe('IdentityUnlinked');
    } finally {
      await Promise.all([withSms.close(), withoutSms.close()]);
      await database.drop();
    }
  });
});

describePostgres('deleting an account during social sign-ins (F19)', () => {
  test('leaves no identity and no session, and nothing fails', async () => {
    const database = await freshDatabase(await postgresServer());
    const app = await startApp({ ...settings, DATABASE_URL: database.url });
    try {
      for (let round = 0; round < 4; round++) {
        const ada = await signUp(app);
        peer.person = { subject: crypto.randomUUID(), email: ada.email, emailVerified: true };
        const [gone] = await Promise.all([
          deleteAccount(ada),
          ...Array.from({ length: 10 }, () => signInWith(app.client(), peer)),
        ]);
        expectType(gone, 'AccountDeleted');
        const left = sql`
          select id from sessions where user_id = ${ada.user.id}
          union all select id from identities where user_id = ${ada.user.id}`;
        expect(await rows(app.app.services.db, left)).toEqual([]);
      }
    } finally {
      await app.close();
      await database.drop();
    }
  });
});

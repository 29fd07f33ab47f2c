import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { users } from '../../../src/infra/db/tables.ts';
import { waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, resend, verify } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { tokenFromLink } from '../../support/verification.ts';

// An account that existed before its address was verified; see docs/decisions/0017.

const apps: Record<string, TestApp> = {};
let peer: Peer;
beforeAll(async () => {
  peer = await startMockIssuer('one');
  const settings = { ...peer.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI, OTP_RESEND_COOLDOWN: '0s' };
  for (const policy of ['off', 'login', 'signup'])
    apps[policy] = await startApp({ ...settings, EMAIL_VERIFICATION: policy });
});
afterAll(() => Promise.all([...Object.values(apps).map((app) => app.close()), peer.close()]));

beforeEach(() => {
  peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
});

const appWith = (policy: string): TestApp => {
  const app = apps[policy];
  if (!app) throw new Error('started in beforeAll');
  return app;
};

/** Requests a verification as the owner of the address. */
async function requestVerification(app: TestApp, client: ApiClient, email: string) {
  const before = (await app.mail(email, 0)).length;
  const { id } = expectType(await resend(client, { email }), 'Challenge');
  const [message] = await app.mail(email, before + 1);
  return { challengeId: id, code: message?.code ?? '', token: tokenFromLink(message?.link) };
}

describe('an imported account with an unverified address', () => {
  /** As an import writes it: with a hash of the other system. */
  async function importAccount(app: TestApp) {
    const { id, email } = await insertAccount(app, { verified: false });
    const phone = uniquePhone();
    const columns = { phone, phoneVerifiedAt: new Date(), firstName: 'Ada' };
    await app.app.services.db.update(users).set(columns).where(sql`id = ${id}`);
    return { id, email, phone };
  }

  test('loses password and number when the owner verifies the address by a link (T98)', async () => {
    const app = appWith('signup');
    const { email, phone } = await importAccount(app);
    const { token } = await requestVerification(app, app.client(), email);
    expectType(await verify(app.client(), { token }), 'EmailVerified');
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');
    expectType(await login(app.client(), phone, PASSWORD), 'InvalidCredentials');
  });

  test('keeps everything when its user signs in with the password and the code (T98)', async () => {
    const app = appWith('signup');
    const { id, email, phone } = await importAccount(app);
    const client = app.client();
    const challenge = expectType(await login(client, email, PASSWORD), 'Challenge');
    const { code } = await waitForMessage(app, email, 'login-email');
    const session = expectType(await verify(client, { challengeId: challenge.id, code }), 'Authenticated');
    expect(await me(client, session.accessToken)).toMatchObject({ id, phone, firstName: 'Ada', hasPassword: true });
    expectType(await login(app.client(), phone, PASSWORD), 'Authenticated');
  });
});

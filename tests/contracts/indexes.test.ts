import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  HealthDocument,
  IdentitiesDocument,
  LoginDocument,
  LogoutAllDocument,
  LogoutDocument,
  MeDocument,
  RefreshDocument,
  RequestEmailVerificationDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  RevokeSessionDocument,
  UnlinkIdentityDocument,
  UpdateProfileDocument,
  VerifyEmailDocument,
  VerifyTokenDocument,
} from '../../schema/generated/graphql.ts';
import {
  changePassword,
  confirmEmailChange,
  deleteAccount,
  requestEmailChange,
  resetPasswordByLink,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../support/account-changes.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { insertBulkRows } from '../support/bulk-rows.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../support/people.ts';
import { signUpByPhone, uniquePhone, verifyNumber } from '../support/phones.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { removeDirectory, temporaryDirectory } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import { startMockIssuer } from '../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../support/social/peer.ts';
import { signInWith, tokenLogin } from '../support/social/sign-in.ts';
import { tokenFromLink } from '../support/verification.ts';

/** Sequential scans are used only where no index helps, and every plan is logged. */
const EXPLAINING = {
  enable_seqscan: 'off',
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  logging_collector: 'on',
  log_filename: 'plans.log',
};

describeServers('the statements of a request', ['own postgres'], () => {
  const directory = temporaryDirectory('plans');
  chmodSync(directory, 0o777);
  const plans = () => readFileSync(join(directory, 'plans.log'), 'utf8');
  let server: PostgresServer;
  let peer: Peer;
  let app: TestApp;

  beforeAll(async () => {
    peer = await startMockIssuer();
    server = await startPostgres({ settings: { ...EXPLAINING, log_directory: directory } });
    const { url } = await freshDatabase(server.url);
    await insertBulkRows(url);
    const social = { ...peer.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
    app = await startApp({ DATABASE_URL: url, OTP_RESEND_COOLDOWN: '0s', ...social });
  });
  afterAll(async () => {
    await app?.close();
    await server?.stop();
    await peer?.close();
    removeDirectory(directory);
  });

  /** The plans logged after this position. @param start in characters */
  const plansSince = (start: number): string[] =>
    plans()
      .slice(start)
      .split(/(?=^\S.* LOG: {2}duration: )/m);

  test('use an index', async () => {
    const before = plans().length;
    const { client, email, accessToken: token, refreshToken, session } = await signUp(app);
    await beginSignUp(app, client); // Stays pending.
    await client.request(RequestEmailVerificationDocument, { input: { email: uniqueEmail() } });
    await client.request(VerifyEmailDocument, { input: { challengeId: session.id, code: '000000' } });
    await client.request(VerifyEmailDocument, { input: { token: 'x'.repeat(43) } });
    await client.request(LoginDocument, { input: { identifier: email, password: PASSWORD } });
    await client.request(LoginDocument, { input: { identifier: uniqueEmail(), password: PASSWORD } });
    await client.request(MeDocument, undefined, { token });
    await client.request(RefreshDocument, { input: { refreshToken } });
    await client.request(RefreshDocument, { input: { refreshToken } });
    await client.request(VerifyTokenDocument, { token: refreshToken });
    await client.request(RevokeSessionDocument, { id: email }, { token });
    await client.request(RevokeSessionDocument, { id: session.id }, { token });
    const other = await signUp(app);
    await other.client.request(LogoutAllDocument, { input: {} }, { token: other.accessToken });
    const changer = await signUp(app);
    const { challengeId, code, newEmail } = await startEmailChange(app, changer);
    await requestEmailChange(changer, email);
    await confirmEmailChange(changer.client, { challengeId, code }, changer.accessToken);
    const undoToken = tokenFromLink((await waitForMessage(app, changer.email, 'email-changed')).link);
    await login(app.client(), newEmail, PASSWORD, { headers: { 'user-agent': 'Lynx/2.8.9' } });
    const notMeToken = tokenFromLink((await waitForMessage(app, newEmail, 'new-device')).link);
    await changePassword(changer, 'saffron-glacier-57-trumpet');
    await submitPage(app, '/not-me', notMeToken);
    await submitPage(app, '/undo-email-change', undoToken);
    await client.request(LogoutDocument, { input: { refreshToken } });
    await client.request(HealthDocument);
    const { phone, accessToken } = await signUpByPhone(app, { password: PASSWORD });
    await verifyNumber(app, client, accessToken, uniquePhone(), PASSWORD);
    await client.request(LoginDocument, { input: { identifier: phone, password: PASSWORD } });
    const reset = await client.request(RequestPasswordResetDocument, { input: { identifier: uniquePhone() } });
    const input = {
      challengeId: 'id' in reset.requestPasswordReset ? reset.requestPasswordReset.id : '',
      code: '000000',
    };
    await client.request(ResetPasswordDocument, { input: { ...input, newPassword: PASSWORD } });

    const logged = plansSince(before);
    expect(logged.length).toBeGreaterThan(50);
    expect(logged.filter(readsAWholeTable)).toEqual([]);
  });

  test('use an index in social sign-ins', async () => {
    const before = plans().length;
    peer.person = { subject: crypto.randomUUID(), email: uniqueEmail('social'), emailVerified: true };
    expectType(await signInWith(app.client(), peer), 'Authenticated');
    expectType(await signInWith(app.client(), peer), 'Authenticated');
    expectType(
      await tokenLogin(app.client(), { provider: peer.name, idToken: (await peer.idToken?.()) ?? '' }),
      'Authenticated',
    );
    const { client, accessToken: token } = await signUp(app);
    peer.person = { ...peer.person, subject: crypto.randomUUID() };
    expectType(await signInWith(client, peer, { purpose: 'LINK', token }), 'IdentityLinked');
    const { me } = await client.request(IdentitiesDocument, undefined, { token });
    expect(me?.identities).toHaveLength(1);
    await client.request(UnlinkIdentityDocument, { id: me?.identities[0]?.id ?? '' }, { token });
    expect(plansSince(before).filter(readsAWholeTable)).toEqual([]);
  });

  test('use an index in deletions, except for pending messages', async () => {
    const before = plans().length;
    const leaver = await signUp(app);
    const { client, accessToken: token } = leaver;
    await client.request(UpdateProfileDocument, { input: { firstName: 'Ada' } }, { token });
    await startEmailChange(app, leaver);
    await resetPasswordByLink(app, leaver.email, 'saffron-glacier-57-trumpet');
    const again = expectType(await login(app.client(), leaver.email, 'saffron-glacier-57-trumpet'), 'Authenticated');
    const back = { ...leaver, accessToken: again.accessToken };
    expectType(await deleteAccount(back, 'saffron-glacier-57-trumpet'), 'AccountDeleted');
    const wasteful = plansSince(before).filter(readsAWholeTable);
    // The recipients of pending messages are encrypted, so all of them are read.
    expect(wasteful.filter((plan) => !/Index Scan using outbox_due/.test(plan))).toEqual([]);
  });
});

/** Whether the plan has a sequential scan, or an index scan without a condition. */
function readsAWholeTable(plan: string): boolean {
  const lines = plan.split('\n');
  return lines.some((line, index) => {
    if (/Seq Scan on (?!pg_|migrations)/.test(line)) return true; // Once per process.
    if (/using signing_keys_pkey/.test(line)) return false; // A few rows, reloaded every ten seconds.
    if (/Scan Backward using outbox_pkey/.test(line)) return false; // The outbox viewer reads the newest hundred.
    return /Index (Only )?Scan (Backward )?using/.test(line) && !/Index Cond:/.test(lines[index + 1] ?? '');
  });
}

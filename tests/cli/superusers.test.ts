import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmEmailChange, startEmailChange, waitForMessage } from '../support/account-changes.ts';
import { deactivate, insertAccount } from '../support/accounts.ts';
import { auditEvents, showUser, signInWithRoles } from '../support/admins.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login, me } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { insertFactors, readFactors } from '../support/factors.ts';
import { withinASecond } from '../support/replicas.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

const NEW_PASSWORD = 'nine-cedar-owls-sketching';

describePostgres('create-superuser for an existing account', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let env: Record<string, string>;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('base64') };
    app = await startApp(env);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const promote = (email: string, ...options: string[]) =>
    runCommand(['create-superuser', '--email', email, '--password-stdin', ...options], { env, input: NEW_PASSWORD });

  test('ends sessions and cancels pending changes before it grants the roles (T72)', async () => {
    const [attacker, admin] = [await signInWithRoles(app), await signInWithRoles(app, 'ADMIN')];
    const change = await startEmailChange(app, attacker);
    expect(await promote(attacker.email)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('now a superuser'),
    });
    await withinASecond(async () => !(await me(app.client(), attacker.token)));
    expectType(await confirmEmailChange(app.client(), { token: change.token }), 'ChallengeFailed');
    const { email } = attacker;
    expect(await showUser(admin, attacker.id)).toMatchObject({ email, roles: ['STAFF', 'ADMIN'], sessions: [] });
    expectType(await login(app.client(), email, NEW_PASSWORD), 'Authenticated');
  });

  test('keeps second factors, and removes them with --reset-second-factors', async () => {
    const [locked, admin] = [await signInWithRoles(app, 'ADMIN'), await signInWithRoles(app, 'ADMIN')];
    await insertFactors(app, locked.id);
    expect(await promote(locked.email)).toMatchObject({ code: 0, stdout: expect.not.stringContaining('factors') });
    expectType(await login(app.client(), locked.email, NEW_PASSWORD), 'SecondFactorRequired');

    expect(await promote(locked.email, '--reset-second-factors')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('its second factors and passkeys were removed'),
    });
    expect(await readFactors(app, locked.id)).toEqual({ factors: 0, required: false });
    expectType(await login(app.client(), locked.email, NEW_PASSWORD), 'Authenticated');
    const filter = { userId: locked.id, kind: 'second-factor-reset' };
    expect((await auditEvents(admin, { filter })).nodes).toMatchObject([
      {
        outcome: 'succeeded',
        method: 'command-line',
        facts: [{ name: 'removed', value: 'PASSKEY,TOTP,RECOVERY_CODE' }],
      },
    ]);
    await waitForMessage(app, locked.email, 'second-factors-reset');
  });

  test('activates the account and verifies its address', async () => {
    const { id, email } = await insertAccount(app, { verified: false });
    await deactivate(app, id);
    expect(await promote(email)).toMatchObject({ code: 0 });
    const { user } = expectType(await login(app.client(), email, NEW_PASSWORD), 'Authenticated');
    expect(user).toMatchObject({ id, email, emailVerified: true });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { SettingsDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import {
  addPasskey,
  finishLogin,
  listPasskeys,
  removePasskey,
  renamePasskey,
  signInByPasskey,
  startLogin,
  startRegistration,
} from '../../support/passkeys.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

describePostgres('with PASSKEYS=off', () => {
  let database: FreshDatabase;
  let [on, off]: TestApp[] = [];
  const apps = () => ({ on: on as TestApp, off: off as TestApp }); // Started in beforeAll.
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { ...WITHOUT_VERIFICATION, DATABASE_URL: database.url };
    on = await startApp(env);
    off = await startApp({ ...env, PASSKEYS: 'off' });
  });
  afterAll(async () => {
    await Promise.all([on?.close(), off?.close()]);
    await database.drop();
  });

  test('the settings say so, and nothing starts', async () => {
    const client = apps().off.client();
    expect((await client.request(SettingsDocument)).settings.passkeys).toBe(false);
    expectType(await startLogin(client), 'FeatureDisabled');
    const user = await registerUser(client);
    expectType(await startRegistration(client, user.accessToken), 'FeatureDisabled');
  });

  test('passkeys of earlier days do not sign in, and can be listed, renamed and removed', async () => {
    const user = await registerUser(apps().on.client());
    const { authenticator, passkey } = await addPasskey(user.client, user.accessToken);
    const client = apps().off.client();
    const { challengeId, options } = expectType(await startLogin(user.client), 'PasskeyLogin');
    expectType(await finishLogin(client, challengeId, authenticator.get(options)), 'ChallengeFailed');
    expect(await listPasskeys(client, user.accessToken)).toHaveLength(1);
    expectType(await renamePasskey(client, user.accessToken, passkey.id, 'Old'), 'PasskeySaved');
    expectType(await signInByPasskey(apps().on.client(), authenticator), 'Authenticated');
    expectType(await removePasskey(client, user.accessToken, passkey.id), 'PasskeyRemoved');
  });
});

import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import { auditEvents, sessions } from '../../src/infra/db/tables.ts';
import { insertAccount } from '../support/accounts.ts';
import { startApp, startAppOn, type TestApp } from '../support/app.ts';
import { insertSessions } from '../support/bulk-rows.ts';
import { expectType } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { listRevoked } from '../support/revocation-feed.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  type RegisteredUser,
  refreshTokens,
  registerUser,
  WITHOUT_VERIFICATION,
} from '../support/sessions.ts';

describe('latchkey sessions end-all', () => {
  let env: Record<string, string>;
  let [ada, ben]: RegisteredUser[] = [];
  let app: TestApp | undefined;

  const serve = async (): Promise<TestApp> => {
    app = await startAppOn({ ...env, ...WITHOUT_VERIFICATION });
    return app;
  };
  const endAll = (...options: string[]) => runCommand(['sessions', 'end-all', ...options], { env });

  beforeEach(async () => {
    env = { DATA_DIR: await dataDirectory() };
    const { client, close } = await serve();
    [ada, ben] = [await registerUser(client()), await registerUser(client())];
    await close();
  });
  afterEach(() => app?.close());

  async function expectEnded({ client }: TestApp, user: RegisteredUser | undefined, isAccepted: boolean) {
    expect(await getRejectionReason(client(), String(user?.refreshToken))).toBe('REVOKED');
    expect(await isTokenAccepted(client(), String(user?.accessToken))).toBe(isAccepted);
  }

  test('refuses refresh and access tokens of everyone, here and at other services; users can sign in again', async () => {
    expect(await endAll('--yes', '--json')).toEqual({ code: 0, stdout: '{"sessionsEnded":2}\n', stderr: '' });
    const app = await serve();
    for (const user of [ada, ben]) await expectEnded(app, user, false);
    expect((await listRevoked(app.url)).sort()).toEqual([ada?.session.id, ben?.session.id].sort());
    const input = { identifier: String(ada?.email), password: String(ada?.password) };
    const { login } = await app.client().request(LoginDocument, { input });
    await refreshTokens(app.client(), String(expectType(login, 'Authenticated').refreshToken));

    const { db } = app.app.services;
    const [event] = await db.select().from(auditEvents).where(eq(auditEvents.type, 'user-sessions-end'));
    expect(event).toMatchObject({ userId: null, method: 'command-line', detail: { sessions: 2 } });
    const ended = await db.select().from(auditEvents).where(eq(auditEvents.outcome, 'revoked'));
    expect(ended.map(({ sessionId }) => sessionId).sort()).toEqual([ada?.session.id, ben?.session.id].sort());
    // Devices and networks stay known: the end says nothing about them.
    expect(
      await db
        .select({ trust: sessions.trust })
        .from(sessions)
        .where(eq(sessions.id, String(ada?.session.id))),
    ).toEqual([{ trust: 'full' }]);
  });

  test('with --keep-access-tokens, access tokens are accepted until they expire', async () => {
    expect(await endAll('--yes', '--keep-access-tokens')).toEqual({
      code: 0,
      stdout: '2 sessions ended\n',
      stderr: '',
    });
    const app = await serve();
    await expectEnded(app, ada, true);
    expect(await listRevoked(app.url)).toEqual([]);
  });

  test('does nothing without a terminal and --yes', async () => {
    expect(await endAll()).toEqual({
      code: 64,
      stdout: '',
      stderr: 'latchkey: this signs out all users; without a terminal, use --yes\n',
    });
    await refreshTokens((await serve()).client(), String(ada?.refreshToken));
  });
});

test('two commands at once end more sessions than a batch, each once, and none that starts meanwhile', async () => {
  const app = await startApp(WITHOUT_VERIFICATION);
  const { db, endEveryonesSessions } = app.app.services;
  const { id } = await insertAccount(app);
  await insertSessions(db, id, 1_234);
  const options = { keepsAccessTokens: false };
  const [first, second, late] = await Promise.all([
    endEveryonesSessions(options),
    endEveryonesSessions(options),
    registerUser(app.client()),
  ]);
  expect(first + second).toBe(1_234);
  await refreshTokens(late.client, late.refreshToken);
  await app.close();
});

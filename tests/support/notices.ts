import { type SQL, sql } from 'drizzle-orm';
import { afterEach, expect } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import type { Environment } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { type ApiClient, expectType } from './client.ts';
import { testClock } from './clock.ts';
import { PASSWORD } from './people.ts';
import { rows } from './rows.ts';
import { startSmtp } from './smtp.ts';
import { startTwilio, twilioSettings } from './twilio.ts';

/** Returns a function that starts the service between a mail server and an SMS provider that count what arrives. */
export function openStages() {
  const running: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const part of running.splice(0).reverse()) await part.close();
  });

  return async function startStage(env: Environment = {}) {
    const [provider, smtp] = [await startTwilio(), await startSmtp()];
    const clock = testClock();
    const mail = { SMTP_URL: smtp.url, MAIL_FROM: 'auth@example.com' };
    const app = await startApp({ ...twilioSettings(provider), ...mail, ...env }, { clock });
    running.push(provider, smtp, app);
    return { app, provider, smtp, clock };
  };
}

export const query = <Row>(app: TestApp, statement: SQL) => rows<Row>(app.app.services.db, statement);

/** Waits until every message is sent, suppressed or put off. */
export const settle = (app: TestApp) =>
  expect
    .poll(() =>
      query(
        app,
        sql`select id from outbox where (state = 'pending' and last_error is distinct from 'a limit is exceeded') or last_error like 'its worker died while%'`,
      ),
    )
    .toEqual([]);

export const signIn = async (client: ApiClient, identifier: string, device: string) =>
  expectType(
    (await client.request(LoginDocument, { input: { identifier, password: PASSWORD, device } })).login,
    'Authenticated',
  );

export async function signInFromDevices(app: TestApp, identifier: string, count: number, name = 'device') {
  for (let n = 0; n < count; n++) await signIn(app.client(), identifier, `${name} ${n}`);
  await settle(app);
}

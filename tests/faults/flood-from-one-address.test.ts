import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import { insertAccount } from '../support/accounts.ts';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

// 200 connections from one address send logins without a pause, and others sign in meanwhile.

const CONNECTIONS = 200;
const OTHERS = 30;

describePostgres('a flood of logins from one address (T94)', () => {
  let fresh: FreshDatabase;
  let app: TestApp;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    app = await startApp({ DATABASE_URL: fresh.url, LOG_LEVEL: 'warn', ...DEFAULT_ARGON2 });
  });
  afterAll(async () => {
    await app.close();
    await fresh.drop();
  });

  /** Returns how often each outcome was returned, once it is stopped. */
  function startFlood(ip: string, nextBody: () => string) {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const counts: Record<string, number> = {};
    let isOver = false;
    const send = () =>
      new Promise<void>((resolve) => {
        const headers = { 'content-type': 'application/json', 'x-forwarded-for': ip };
        const sent = request(`${app.url}/graphql`, { method: 'POST', agent, headers }, (response) => {
          let text = '';
          response
            .on('data', (part) => (text += part))
            .on('end', () => {
              const name = /"__typename":"(\w+)"/.exec(text)?.[1] ?? text.slice(0, 80);
              counts[name] = (counts[name] ?? 0) + 1;
              resolve();
            });
        });
        sent.on('error', () => resolve()).end(nextBody());
      });
    const connections = Array.from({ length: CONNECTIONS }, async () => {
      while (!isOver) await send();
    });
    return {
      counts,
      async stop() {
        isOver = true;
        await Promise.all(connections);
        agent.destroy();
      },
    };
  }

  const bodyFor = (identifier: string, password: string) =>
    JSON.stringify({ query: LoginDocument.toString(), variables: { input: { identifier, password } } });

  async function signInMeanwhile(ip: string, nextBody: () => string) {
    const people: { email: string }[] = [];
    for (let index = 0; index < OTHERS; index++) people.push(await insertAccount(app));
    const flood = startFlood(ip, nextBody);
    try {
      await expect.poll(() => Object.keys(flood.counts).length, { timeout: 60_000 }).toBeGreaterThan(0);
      const outcomes: (string | undefined)[] = [];
      // Five at a time, like users who arrive independently.
      for (let index = 0; index < OTHERS; index += 5) {
        const some = people.slice(index, index + 5).map(({ email }) => login(app.client(), email, PASSWORD));
        outcomes.push(...(await Promise.all(some)).map(({ __typename }) => __typename));
      }
      return { outcomes, counts: flood.counts };
    } finally {
      await flood.stop();
    }
  }

  test('with wrong passwords keeps no one else from signing in (T94)', async () => {
    const { outcomes, counts } = await signInMeanwhile('198.51.100.66', () => bodyFor(uniqueEmail(), 'wrong password'));
    expect(outcomes).toEqual(Array(OTHERS).fill('Authenticated'));
    expect(counts.InvalidCredentials).toBeLessThanOrEqual(100);
    expect(counts.RateLimited).toBeGreaterThan(0);
  });

  test('with a right password, which no limit stops, keeps no one else from signing in (T94)', async () => {
    const { email } = await insertAccount(app);
    const { outcomes } = await signInMeanwhile('198.51.100.67', () => bodyFor(email, PASSWORD));
    expect(outcomes).toEqual(Array(OTHERS).fill('Authenticated'));
  });

  test('with wrong passwords for one locked account keeps no one else from signing in (T94)', async () => {
    const { email } = await insertAccount(app);
    const { outcomes } = await signInMeanwhile('198.51.100.68', () => bodyFor(email, 'wrong password'));
    expect(outcomes).toEqual(Array(OTHERS).fill('Authenticated'));
  });
});

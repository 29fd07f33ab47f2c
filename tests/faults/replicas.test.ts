import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LoginDocument, RefreshDocument, RegisterEmailDocument } from '../../schema/generated/graphql.ts';
import type { TestApp } from '../support/app.ts';
import { expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { startRedis } from '../support/redis.ts';
import { startReplicas, withinASecond } from '../support/replicas.ts';
import { describeServers, type Need, postgresServer } from '../support/servers.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  logOut,
  logOutAll,
  refreshTokens,
  registerUser,
  revokeSession,
  verifyToken,
  WITHOUT_VERIFICATION,
} from '../support/sessions.ts';

const GRACE = 1_000;

const withRedis: [string, Need[], boolean] = ['with Redis', ['postgres', 'own redis'], true];
const withoutRedis: [string, Need[], boolean] = ['without Redis', ['postgres'], false];

for (const [servers, needs, hasRedis] of [withRedis, withoutRedis]) {
  describeServers(`Two replicas on PostgreSQL ${servers}`, needs, () => {
    let fresh: FreshDatabase;
    let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
    let here: TestApp;
    let there: TestApp;

    beforeAll(async () => {
      [fresh, redis] = await Promise.all([
        postgresServer().then((url) => freshDatabase(url)),
        hasRedis ? startRedis() : undefined,
      ]);
      [here, there] = await start();
    });
    afterEach(() => expectInvariants(fresh.url));
    afterAll(async () => {
      await Promise.all([here?.close(), there?.close()]);
      await Promise.all([fresh?.drop(), redis?.stop()]);
    });

    const start = () =>
      startReplicas({
        ...WITHOUT_VERIFICATION,
        REFRESH_GRACE: `${GRACE}ms`,
        OTP_RESEND_COOLDOWN: '0s',
        DATABASE_URL: fresh.url,
        ...(redis && { REDIS_URL: redis.urls[0] }),
      });
    const clients = () => [here.client(), there.client()] as const;
    const refusedEverywhere = (token: string) =>
      Promise.all(clients().map((client) => withinASecond(async () => !(await isTokenAccepted(client, token)))));
    /** Thirty-two at once, by turns on both replicas, each from an address of its own. */
    const thirtyTwo = <T>(act: (replica: TestApp) => Promise<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: 32 }, (_, index) => act(index % 2 ? here : there)));

    test('of thirty-two tabs that refresh at once none is logged out: all get one and the same successor (T69, F18)', async () => {
      const { client, ...first } = await registerUser(here.client());
      for (let generation = 1, present = first.refreshToken; generation <= 5; generation++) {
        const answers = await thirtyTwo((replica) =>
          replica.client().send(RefreshDocument, { input: { refreshToken: present } }),
        );
        const pairs = answers.map(({ status: code, data, errors }) => {
          if (!data) throw new Error(`HTTP ${code}: ${JSON.stringify(errors)}`);
          return expectType(data.refresh, 'Authenticated');
        });
        const successors = new Set(pairs.map(({ refreshToken }) => refreshToken));
        expect(successors.size).toBe(1);
        expect(new Set(pairs.map(({ session }) => session.id))).toEqual(new Set([first.session.id]));
        for (const { accessToken } of pairs.slice(-2)) expect(await isTokenAccepted(client, accessToken)).toBe(true);
        present = [...successors][0] ?? '';
        expect(await verifyToken(client, present)).toMatchObject({ active: true });
      }
    });

    test('the token before the last, after the grace time, ends the session for all of them (T69, F18, T68)', async () => {
      const { client, ...first } = await registerUser(here.client());
      const pairs = await thirtyTwo((replica) => refreshTokens(replica.client(), first.refreshToken));
      const [second] = pairs;
      if (!second) throw new Error('no answer');
      await pause(GRACE + 100);
      expect(await getRejectionReason(there.client(), first.refreshToken)).toBe('REUSED');
      await Promise.all([first, ...pairs].map(({ accessToken }) => refusedEverywhere(accessToken)));
      for (const replica of [here, there])
        expect(await getRejectionReason(replica.client(), second.refreshToken)).toBe('REVOKED');
      expect(await verifyToken(client, second.refreshToken)).toMatchObject({ active: false });
    });

    test('within the grace time the other replica gives the same successor (T68)', async () => {
      const { refreshToken } = await registerUser(here.client());
      const [one, other] = [
        await refreshTokens(here.client(), refreshToken),
        await refreshTokens(there.client(), refreshToken),
      ];
      expect(other.refreshToken).toBe(one.refreshToken);
      expect(other.refreshTokenExpiresAt).toBe(one.refreshTokenExpiresAt);
    });

    test('of thirty-two thieves and owners who come after the grace time all are out, and it is written once (T68)', async () => {
      const { client, session, ...first } = await registerUser(here.client());
      const second = await refreshTokens(client, first.refreshToken);
      await pause(GRACE + 100);
      const reasons = await thirtyTwo((replica) => getRejectionReason(replica.client(), first.refreshToken));
      expect(new Set(reasons)).toEqual(
        reasons.includes('REVOKED') ? new Set(['REUSED', 'REVOKED']) : new Set(['REUSED']),
      );
      await refusedEverywhere(second.accessToken);
      const ends = [...here.logged, ...there.logged]
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => line.audit === 'session-end' && line.sessionId === session.id);
      expect(ends).toHaveLength(1);
    });

    test.each<[string, (who: Awaited<ReturnType<typeof registerUser>>) => Promise<unknown>]>([
      ['a logout', (who) => logOut(here.client(), who.refreshToken)],
      ['logoutAll', (who) => logOutAll(here.client(), who.accessToken)],
      ['revokeSession', (who) => revokeSession(here.client(), who.accessToken, who.session.id)],
    ])('after %s on one replica the other one refuses the access token within a second (T73)', async (_, end) => {
      const who = await registerUser(there.client());
      expect(await isTokenAccepted(there.client(), who.accessToken)).toBe(true);
      await end(who);
      expect(await isTokenAccepted(here.client(), who.accessToken)).toBe(false);
      await refusedEverywhere(who.accessToken);
      for (const client of clients()) expect(await getRejectionReason(client, who.refreshToken)).toBe('REVOKED');
    });

    test('after a restart of every replica, and of Redis with nothing left in it, nothing is revived (T70, F03)', async () => {
      const [gone, stolen, alive] = await Promise.all([1, 2, 3].map(() => registerUser(here.client())));
      if (!gone || !stolen || !alive) throw new Error('not signed in');
      await logOut(here.client(), gone.refreshToken);
      const successor = await refreshTokens(here.client(), stolen.refreshToken);
      const next = await refreshTokens(here.client(), alive.refreshToken);
      await pause(GRACE + 100);

      await Promise.all([here.close(), there.close(), redis?.restart()]);
      [here, there] = await start();
      for (const client of clients()) {
        expect(await isTokenAccepted(client, gone.accessToken)).toBe(false);
        expect(await getRejectionReason(client, gone.refreshToken)).toBe('REVOKED');
        expect(await isTokenAccepted(client, next.accessToken)).toBe(true);
      }
      expect(await getRejectionReason(here.client(), stolen.refreshToken)).toBe('REUSED');
      await refusedEverywhere(successor.accessToken);
      expect(await getRejectionReason(there.client(), successor.refreshToken)).toBe('REVOKED');
      await refreshTokens(there.client(), next.refreshToken);
    });

    test('of twenty sign-ups for one address the unique index lets one through; the others are told (F20)', async () => {
      const email = uniqueEmail();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const input = { email: index % 3 ? email : email.toUpperCase(), password: PASSWORD };
          return (index % 2 ? here : there).client().send(RegisterEmailDocument, { input });
        }),
      );
      const names = answers.map(({ data, errors }) => data?.registerEmail.__typename ?? JSON.stringify(errors));
      expect(names.toSorted()).toEqual(['Authenticated', ...Array(19).fill('EmailTaken')]);
      const { login } = await there.client().ask(LoginDocument, { input: { identifier: email, password: PASSWORD } });
      expectType(login, 'Authenticated');
    });
  });
}

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

for (const [setup, needs, hasRedis] of [withRedis, withoutRedis]) {
  describeServers(`two replicas on PostgreSQL ${setup}`, needs, () => {
    let fresh: FreshDatabase;
    let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
    let replicaA: TestApp;
    let replicaB: TestApp;

    beforeAll(async () => {
      [fresh, redis] = await Promise.all([
        postgresServer().then((url) => freshDatabase(url)),
        hasRedis ? startRedis() : undefined,
      ]);
      [replicaA, replicaB] = await start();
    });
    afterEach(() => expectInvariants(fresh.url));
    afterAll(async () => {
      await Promise.all([replicaA?.close(), replicaB?.close()]);
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
    const clients = () => [replicaA.client(), replicaB.client()] as const;
    const expectRejectedEverywhere = (token: string) =>
      Promise.all(clients().map((client) => withinASecond(async () => !(await isTokenAccepted(client, token)))));
    /** Runs 32 calls in parallel, alternating between the replicas. */
    const runThirtyTwo = <T>(call: (replica: TestApp) => Promise<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: 32 }, (_, index) => call(index % 2 ? replicaA : replicaB)));

    test('thirty-two tabs that refresh in parallel get the same successor and stay signed in (T69, F18)', async () => {
      const { client, ...first } = await registerUser(replicaA.client());
      for (let generation = 1, current = first.refreshToken; generation <= 5; generation++) {
        const responses = await runThirtyTwo((replica) =>
          replica.client().send(RefreshDocument, { input: { refreshToken: current } }),
        );
        const pairs = responses.map(({ status, data, errors }) => {
          if (!data) throw new Error(`HTTP ${status}: ${JSON.stringify(errors)}`);
          return expectType(data.refresh, 'Authenticated');
        });
        const successors = new Set(pairs.map(({ refreshToken }) => refreshToken));
        expect(successors.size).toBe(1);
        expect(new Set(pairs.map(({ session }) => session.id))).toEqual(new Set([first.session.id]));
        for (const { accessToken } of pairs.slice(-2)) expect(await isTokenAccepted(client, accessToken)).toBe(true);
        current = [...successors][0] ?? '';
        expect(await verifyToken(client, current)).toMatchObject({ active: true });
      }
    });

    test('reusing the previous token after the grace period ends the session in all tabs (T69, F18, T68)', async () => {
      const { client, ...first } = await registerUser(replicaA.client());
      const pairs = await runThirtyTwo((replica) => refreshTokens(replica.client(), first.refreshToken));
      const [second] = pairs;
      if (!second) throw new Error('no response');
      expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
      await pause(GRACE + 100);
      expect(await getRejectionReason(replicaB.client(), first.refreshToken)).toBe('REUSED');
      await Promise.all([first, ...pairs].map(({ accessToken }) => expectRejectedEverywhere(accessToken)));
      for (const replica of [replicaA, replicaB])
        expect(await getRejectionReason(replica.client(), second.refreshToken)).toBe('REVOKED');
      expect(await verifyToken(client, second.refreshToken)).toMatchObject({ active: false });
    });

    test('within the grace period the other replica returns the same successor (T68)', async () => {
      const { refreshToken } = await registerUser(replicaA.client());
      const [one, other] = [
        await refreshTokens(replicaA.client(), refreshToken),
        await refreshTokens(replicaB.client(), refreshToken),
      ];
      expect(other.refreshToken).toBe(one.refreshToken);
      expect(other.refreshTokenExpiresAt).toBe(one.refreshTokenExpiresAt);
    });

    test('thirty-two reuses after the grace period end the session and record it once (T68)', async () => {
      const { client, session, ...first } = await registerUser(replicaA.client());
      const second = await refreshTokens(client, first.refreshToken);
      expect(await isTokenAccepted(client, second.accessToken)).toBe(true);
      await pause(GRACE + 100);
      const reasons = await runThirtyTwo((replica) => getRejectionReason(replica.client(), first.refreshToken));
      expect(new Set(reasons)).toEqual(
        reasons.includes('REVOKED') ? new Set(['REUSED', 'REVOKED']) : new Set(['REUSED']),
      );
      await expectRejectedEverywhere(second.accessToken);
      const ends = [...replicaA.logged, ...replicaB.logged]
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => line.audit === 'session-end' && line.sessionId === session.id);
      expect(ends).toHaveLength(1);
    });

    test.each<[string, (who: Awaited<ReturnType<typeof registerUser>>) => Promise<unknown>]>([
      ['a logout', (who) => logOut(replicaA.client(), who.refreshToken)],
      ['logoutAll', (who) => logOutAll(replicaA.client(), who.accessToken)],
      ['revokeSession', (who) => revokeSession(replicaA.client(), who.accessToken, who.session.id)],
    ])('after %s on one replica, the other rejects the access token within a second (T73)', async (_, end) => {
      const who = await registerUser(replicaB.client());
      expect(await isTokenAccepted(replicaB.client(), who.accessToken)).toBe(true);
      await end(who);
      expect(await isTokenAccepted(replicaA.client(), who.accessToken)).toBe(false);
      await expectRejectedEverywhere(who.accessToken);
      for (const client of clients()) expect(await getRejectionReason(client, who.refreshToken)).toBe('REVOKED');
    });

    test('restarting all replicas and emptying Redis revives no session (T70, F03)', async () => {
      const [loggedOut, stolen, alive] = await Promise.all([1, 2, 3].map(() => registerUser(replicaA.client())));
      if (!loggedOut || !stolen || !alive) throw new Error('not signed in');
      await logOut(replicaA.client(), loggedOut.refreshToken);
      const successor = await refreshTokens(replicaA.client(), stolen.refreshToken);
      const next = await refreshTokens(replicaA.client(), alive.refreshToken);
      expect(await isTokenAccepted(replicaA.client(), successor.accessToken)).toBe(true);
      await pause(GRACE + 100);

      await Promise.all([replicaA.close(), replicaB.close(), redis?.restart()]);
      [replicaA, replicaB] = await start();
      for (const client of clients()) {
        expect(await isTokenAccepted(client, loggedOut.accessToken)).toBe(false);
        expect(await getRejectionReason(client, loggedOut.refreshToken)).toBe('REVOKED');
        expect(await isTokenAccepted(client, next.accessToken)).toBe(true);
      }
      expect(await getRejectionReason(replicaA.client(), stolen.refreshToken)).toBe('REUSED');
      await expectRejectedEverywhere(successor.accessToken);
      expect(await getRejectionReason(replicaB.client(), successor.refreshToken)).toBe('REVOKED');
      await refreshTokens(replicaB.client(), next.refreshToken);
    });

    test('of twenty sign-ups with one address one succeeds, and the others get EmailTaken (F20)', async () => {
      const email = uniqueEmail();
      const responses = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const input = { email: index % 3 ? email : email.toUpperCase(), password: PASSWORD };
          return (index % 2 ? replicaA : replicaB).client().send(RegisterEmailDocument, { input });
        }),
      );
      const names = responses.map(({ data, errors }) => data?.registerEmail.__typename ?? JSON.stringify(errors));
      expect(names.toSorted()).toEqual(['Authenticated', ...Array(19).fill('EmailTaken')]);
      const { login } = await replicaB
        .client()
        .request(LoginDocument, { input: { identifier: email, password: PASSWORD } });
      expectType(login, 'Authenticated');
    });
  });
}

import type { Verifier } from '@latchkey/verify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '../../support/app.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { freePort } from '../../support/ports.ts';
import { describeServers, type Need, postgresServer, redisServer } from '../../support/servers.ts';
import { logOut, registerUser } from '../../support/sessions.ts';
import { expectRevokedInTime, outcomeOf, startIssuer, verifierFor } from '../../support/verify.ts';

const SETUPS: [string, Need[], () => Promise<Record<string, string>>][] = [
  ['on PostgreSQL', ['postgres'], async () => ({})],
  ['with Redis', ['postgres', 'redis'], async () => ({ REDIS_URL: await redisServer() })],
];

for (const [name, needs, settings] of SETUPS) {
  describeServers(`a verifier of a service with two replicas, ${name}`, needs, () => {
    let database: FreshDatabase;
    let replicas: TestApp[];
    let verifier: Verifier;
    beforeAll(async () => {
      database = await freshDatabase(await postgresServer());
      const [first, second] = [await freePort(), await freePort()];
      const env = { ...(await settings()), DATABASE_URL: database.url, PUBLIC_URL: `http://localhost:${first}` };
      replicas = [await startIssuer(env, first), await startIssuer(env, second)];
      verifier = verifierFor({ url: replicas[0]?.url ?? '' });
      await verifier.start();
    });
    afterAll(async () => {
      verifier.close();
      await Promise.all(replicas.map((replica) => replica.close()));
      await database.drop();
    });

    test.each([0, 1])('refuses tokens within two seconds of a logout at replica %i', async (index) => {
      const replica = replicas[index];
      if (!replica) throw new Error('not started');
      const user = await registerUser(replica.client());
      expect(await outcomeOf(verifier, user.accessToken)).toBe('accepted');
      await logOut(user.client, user.refreshToken);
      await expectRevokedInTime(verifier, user.accessToken);
    });

    test('refuses them within two seconds also if many sessions end at the same time', async () => {
      const client = replicas[1]?.client();
      if (!client) throw new Error('not started');
      const users = [];
      for (let count = 0; count < 20; count += 1) users.push(await registerUser(client));
      await Promise.all(users.map((user) => logOut(client, user.refreshToken)));
      await Promise.all(users.map((user) => expectRevokedInTime(verifier, user.accessToken)));
    });
  });
}

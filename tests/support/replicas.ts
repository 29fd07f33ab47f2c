import type { SQL } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import type { Overrides } from '../../src/app/infrastructure.ts';
import type { Environment } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { type FreshDatabase, freshDatabase } from './databases.ts';
import { onABusyMachine } from './own-time.ts';
import { rows } from './rows.ts';
import { eventually } from './server-process.ts';
import { describePostgres, describeServers, postgresServer, redisServer } from './servers.ts';

/** Starts two replicas in this process, on the same servers. */
export async function startReplicas(
  env: Environment,
  overrides: Partial<Overrides> = {},
): Promise<readonly [TestApp, TestApp]> {
  return Promise.all([startApp(env, overrides), startApp(env, overrides)]);
}

/** A suite for two replicas, once on PostgreSQL alone and once with Redis. */
export function describeReplicas(
  title: string,
  env: Environment,
  body: (replicas: ReturnType<typeof useReplicas>) => void,
): void {
  describePostgres(`${title}, on PostgreSQL`, () => body(useReplicas(env)));
  describeServers(`${title}, with Redis`, ['postgres', 'redis'], () => {
    body(useReplicas(async () => ({ ...env, REDIS_URL: await redisServer() })));
  });
}

/** Starts two replicas on their own PostgreSQL database for the tests of the surrounding describe. */
export function useReplicas(env: Environment | (() => Promise<Environment>)) {
  let database: FreshDatabase;
  let replicas: readonly [TestApp, TestApp];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const settings = typeof env === 'function' ? await env() : env;
    replicas = await startReplicas({ ...settings, DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });

  return {
    databaseUrl: () => database.url,
    app: () => replicas[0],
    replicas: () => replicas,
    /** Alternates between the two. */
    replica: (index: number) => replicas[index % 2] ?? replicas[0],
    query: <Row>(statement: SQL) => rows<Row>(replicas[0].app.services.db, statement),
    /** Log lines of level error. */
    failures: () =>
      replicas.flatMap(({ logged }) =>
        logged.filter((line) => line.includes('"level":"error"') || line.includes('"level":50')),
      ),
  };
}

/** Every replica must reject a session's access tokens this many milliseconds after its end. */
const REVOKED_WITHIN = 1_000;

/** Fails unless the condition becomes true within a second. */
export const withinASecond = (condition: () => Promise<unknown>): Promise<unknown> =>
  eventually(async () => {
    if (!(await condition())) throw new Error('not within a second');
  }, onABusyMachine(REVOKED_WITHIN));

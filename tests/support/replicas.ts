import type { Overrides } from '../../src/app/infrastructure.ts';
import type { Environment } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { eventually } from './server-process.ts';

/** Two replicas in this process, on the same servers. */
export async function startReplicas(
  env: Environment,
  overrides: Partial<Overrides> = {},
): Promise<readonly [TestApp, TestApp]> {
  return Promise.all([startApp(env, overrides), startApp(env, overrides)]);
}

/** Milliseconds after the end of a session until every replica rejects its access tokens. */
const REVOKED_WITHIN = 1_000;

/** Fails unless it becomes true within a second. */
export const withinASecond = (claim: () => Promise<unknown>): Promise<unknown> =>
  eventually(async () => {
    if (!(await claim())) throw new Error('not within a second');
  }, REVOKED_WITHIN);

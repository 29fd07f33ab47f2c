import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import { apiClient } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { type RunningService, startService } from '../support/program.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { isTokenAccepted, type RegisteredUser, registerUser } from '../support/sessions.ts';

/** Milliseconds. */
const HEALTH_P99 = 100;
/** MiB: room for 500 waiting requests and two running hashes of 19 MiB each. */
const MAX_GROWTH = 120;
/** The default of HASH_QUEUE_LIMIT. */
const QUEUE = 64;
/** Enough waves for several health checks to lie above the 99th percentile. */
const WAVES = 3;

describePostgres('a flood of logins', () => {
  let fresh: FreshDatabase;
  let service: RunningService;
  let idle: { port: number; process: ChildProcess };

  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    idle = await startIdleProcess();
    service = await startService({
      DATABASE_URL: fresh.url,
      SECRET_KEY: randomBytes(32).toString('base64'),
      TRUSTED_PROXIES: '127.0.0.1/32',
      EMAIL_VERIFICATION: 'off',
      LOGIN_BUDGET_ACCOUNT: '100000/1h',
      LOG_LEVEL: 'warn',
    });
  });
  afterAll(async () => {
    await service?.stop('SIGKILL');
    idle?.process.kill();
    await fresh?.drop();
  });

  /**
   * Sends a health check every 10 ms during the work, and at the same moments a request to an idle process. Returns how many,
   * and by how many milliseconds the 99th percentile of the service is above that of the idle process: a machine with two
   * cores lets any process wait while it hashes.
   */
  async function watchHealth(work: () => Promise<unknown>): Promise<{ count: number; p99: number }> {
    const agent = new Agent({ keepAlive: true });
    const measureHealth = async () => {
      const [own, baseline] = await Promise.all([
        measureRequest(`${service.url}/healthz`, agent),
        measureRequest(`http://127.0.0.1:${idle.port}`, agent),
      ]);
      return { own, baseline };
    };
    await Promise.all(Array.from({ length: 20 }, measureHealth));
    const measurements: ReturnType<typeof measureHealth>[] = [];
    const timer = setInterval(() => measurements.push(measureHealth()), 10);
    await work().finally(() => clearInterval(timer));
    const durations = await Promise.all(measurements);
    agent.destroy();
    const p99 = (values: number[]) =>
      values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.99)] ?? 0;
    return {
      count: durations.length,
      p99: p99(durations.map(({ own }) => own)) - p99(durations.map(({ baseline }) => baseline)),
    };
  }

  /** Sends 500 parallel logins from as many networks, in another thread so that health checks are not delayed. */
  async function flood(known: readonly string[]): Promise<string[]> {
    const bodies = Array.from({ length: 500 }, (_, index) => {
      const identifier = index % 2 ? uniqueEmail('unknown') : known[index % known.length];
      const input = { identifier, password: index % 4 ? 'not the password' : PASSWORD };
      return JSON.stringify({ query: LoginDocument.toString(), variables: { input } });
    });
    const worker = new Worker(FLOOD_WORKER, { eval: true, workerData: { url: `${service.url}/graphql`, bodies } });
    const [outcomes] = await once(worker, 'message');
    return outcomes;
  }

  // Retried, because the machine is shared. A service that is too slow fails every time.
  test('keeps health checks fast and memory bounded, and rejects logins beyond the queue at once (F10)', {
    retry: 3,
  }, async () => {
    const client = apiClient(service.url);
    const users: RegisteredUser[] = [];
    for (let count = 0; count < 10; count++) users.push(await registerUser(client));
    const before = readResidentMiB(service.pid);
    const outcomes: string[] = [];
    let peak = before;
    const health = await watchHealth(async () => {
      const sampling = setInterval(() => {
        peak = Math.max(peak, readResidentMiB(service.pid));
      }, 100);
      for (let wave = 0; wave < WAVES; wave++) outcomes.push(...(await flood(users.map(({ email }) => email))));
      clearInterval(sampling);
    });

    const allowed = new Set(['Authenticated', 'InvalidCredentials', 'RateLimited', 'SERVICE_UNAVAILABLE']);
    expect(outcomes.filter((outcome) => !allowed.has(outcome))).toEqual([]);
    const count = (name: string) => outcomes.filter((outcome) => outcome === name).length;
    expect(count('RateLimited')).toBeGreaterThan((WAVES * 500) / 2);
    expect(count('Authenticated') + count('InvalidCredentials')).toBeGreaterThanOrEqual(WAVES * QUEUE);
    expect(health.count).toBeGreaterThan(100);
    expect(health.p99).toBeLessThan(HEALTH_P99);
    expect(peak - before).toBeLessThan(MAX_GROWTH);

    for (const { accessToken } of users.slice(0, 2)) expect(await isTokenAccepted(client, accessToken)).toBe(true);
    await expectInvariants(fresh.url);
  });
});

/** Starts a process that only responds to HTTP requests. */
async function startIdleProcess() {
  const port = await freePort();
  const code = `
    require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1', () => process.send('up'));
    process.on('disconnect', () => process.exit());`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return { port, process: child };
}

/** Sends all bodies at once and returns the outcomes. */
const FLOOD_WORKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const sendLogin = async (body, index) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '10.9.' + (index >> 8) + '.' + (index & 255) };
    const response = await fetch(workerData.url, { method: 'POST', headers, body });
    const { data, errors } = await response.json();
    return data?.login?.__typename ?? errors[0].extensions.code;
  };
  Promise.all(workerData.bodies.map(sendLogin)).then((outcomes) => parentPort.postMessage(outcomes));
`;

const measureRequest = (url: string, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    request(url, { agent }, (response) => response.resume().on('end', () => resolve(performance.now() - started)))
      .on('error', reject)
      .end();
  });

const readResidentMiB = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

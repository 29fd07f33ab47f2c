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
/** MiB for 500 waiting requests and two running hashes of 19 MiB each. */
const GROWTH = 120;
/** The default of HASH_QUEUE_LIMIT. */
const QUEUE = 64;
/** Enough for the 99th percentile to leave out more than one health check. */
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

  /** Milliseconds per health check during the work, one every ten, less the time of an idle process at the same moment. */
  async function watchHealth(work: () => Promise<unknown>): Promise<number[]> {
    const agent = new Agent({ keepAlive: true });
    const ask = async () => {
      const [own, others] = await Promise.all([
        measureRequest(`${service.url}/healthz`, agent),
        measureRequest(`http://127.0.0.1:${idle.port}`, agent),
      ]);
      return own - others;
    };
    await Promise.all(Array.from({ length: 20 }, ask));
    const asked: Promise<number>[] = [];
    const asking = setInterval(() => asked.push(ask()), 10);
    await work().finally(() => clearInterval(asking));
    const durations = await Promise.all(asked);
    agent.destroy();
    return durations.toSorted((one, other) => one - other);
  }

  /** 500 parallel logins from as many networks. In another thread, so as not to delay the health checks. */
  async function flood(known: readonly string[]): Promise<string[]> {
    const bodies = Array.from({ length: 500 }, (_, index) => {
      const identifier = index % 2 ? uniqueEmail('unknown') : known[index % known.length];
      const input = { identifier, password: index % 4 ? 'not the password' : PASSWORD };
      return JSON.stringify({ query: LoginDocument.toString(), variables: { input } });
    });
    const worker = new Worker(FLOODER, { eval: true, workerData: { url: `${service.url}/graphql`, bodies } });
    const [answers] = await once(worker, 'message');
    return answers;
  }

  // Retried, because the machine is shared; a service that is too slow fails every time.
  test('leaves health checks fast and memory bounded, and rejects what exceeds the queue at once (F10)', {
    retry: 3,
  }, async () => {
    const client = apiClient(service.url);
    const people: RegisteredUser[] = [];
    for (let person = 0; person < 10; person++) people.push(await registerUser(client));
    const before = readResidentMiB(service.pid);
    const answers: string[] = [];
    let most = before;
    const durations = await watchHealth(async () => {
      const measuring = setInterval(() => {
        most = Math.max(most, readResidentMiB(service.pid));
      }, 100);
      for (let wave = 0; wave < WAVES; wave++) answers.push(...(await flood(people.map(({ email }) => email))));
      clearInterval(measuring);
    });

    const allowed = new Set(['Authenticated', 'InvalidCredentials', 'RateLimited', 'SERVICE_UNAVAILABLE']);
    expect(answers.filter((answer) => !allowed.has(answer))).toEqual([]);
    const count = (name: string) => answers.filter((answer) => answer === name).length;
    expect(count('RateLimited')).toBeGreaterThan((WAVES * 500) / 2);
    expect(count('Authenticated') + count('InvalidCredentials')).toBeGreaterThanOrEqual(WAVES * QUEUE);
    expect(durations.length).toBeGreaterThan(100);
    expect(durations[Math.floor(durations.length * 0.99)]).toBeLessThan(HEALTH_P99);
    expect(most - before).toBeLessThan(GROWTH);

    for (const { accessToken } of people.slice(0, 2)) expect(await isTokenAccepted(client, accessToken)).toBe(true);
    await expectInvariants(fresh.url);
  });
});

/** A process that answers HTTP and does nothing else. */
async function startIdleProcess() {
  const port = await freePort();
  const code = `
    require('node:http').createServer((_, answer) => answer.end()).listen(${port}, '127.0.0.1', () => process.send('up'));
    process.on('disconnect', () => process.exit());`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return { port, process: child };
}

/** Sends all bodies at once and returns the outcomes. */
const FLOODER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const ask = async (body, index) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '10.9.' + (index >> 8) + '.' + (index & 255) };
    const answer = await fetch(workerData.url, { method: 'POST', headers, body });
    const { data, errors } = await answer.json();
    return data?.login?.__typename ?? errors[0].extensions.code;
  };
  Promise.all(workerData.bodies.map(ask)).then((answers) => parentPort.postMessage(answers));
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

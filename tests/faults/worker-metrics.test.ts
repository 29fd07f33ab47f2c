import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type Exposition, parseExposition } from '../support/exposition.ts';
import { freePort } from '../support/ports.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { registerUser } from '../support/sessions.ts';
import { hasEnded, isRunning, startWorkers, type Workers } from '../support/workers.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

describePostgres('the metrics of two workers', () => {
  let fresh: FreshDatabase;
  let service: Workers;
  let url: string;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    return () => fresh.drop();
  });
  afterEach(async () => {
    const pids = service.pids();
    const stopped = service.stop('SIGKILL');
    for (const pid of pids) if (isRunning(pid)) process.kill(pid, 'SIGKILL'); // One may be stopped.
    await Promise.all([stopped, ...pids.map(hasEnded)]);
  });

  async function start(env: Record<string, string> = {}) {
    const port = await freePort();
    service = await startWorkers({
      DATABASE_URL: fresh.url,
      SECRET_KEY,
      PUBLIC_URL: 'http://localhost:4000',
      EMAIL_VERIFICATION: 'off',
      METRICS_PORT: String(port),
      ...env,
    });
    url = `http://127.0.0.1:${port}/metrics`;
  }

  const scrape = async (): Promise<Exposition> => parseExposition(await (await fetch(url)).text());
  const healthChecks = (exposition: Exposition) =>
    exposition.value('latchkey_operations_total', { operation: 'health', outcome: 'ok' }) ?? 0;
  const checkHealth = async (times: number) => {
    for (let count = 0; count < times; count++) await service.client().request(HealthDocument);
  };
  const servedBy = () =>
    new Set(service.lines('request').flatMap(({ operation, pid }) => (operation === 'Health' ? [pid] : [])));

  test('are one scrape: what both counted is added up, and facts of the database are not', async () => {
    await start();
    expect(service.lines('serving')[0]).toMatchObject({ metrics: url });
    await registerUser(service.client());
    await checkHealth(10);
    await expect.poll(() => servedBy().size).toBe(2);
    const { value, labelValues, families } = await scrape();
    expect(value('latchkey_operations_total', { operation: 'health', outcome: 'ok' })).toBe(10);
    expect(value('latchkey_operation_duration_seconds_bucket', { operation: 'health', le: '+Inf' })).toBe(10);
    expect(value('latchkey_workers')).toBe(2);
    expect(value('latchkey_database_pool_size')).toBe(20);
    expect(value('latchkey_dependency_up', { dependency: 'database' })).toBe(1);
    expect(value('latchkey_build_info', { version: labelValues('latchkey_build_info', 'version')[0] ?? '' })).toBe(1);
    expect(value('latchkey_signing_key_rotation_seconds')).toBe(30 * 24 * 3600);
    expect(value('latchkey_workers_silent_total')).toBe(0);
    expect(value('process_start_time_seconds')).toBeGreaterThan(0);
    expect(families.get('nodejs_eventloop_lag_p99_seconds')?.samples).toHaveLength(1);
  });

  test('do not become less when a worker is killed (F37)', async () => {
    await start();
    await checkHealth(10);
    const before = await scrape();
    expect(healthChecks(before)).toBe(10);
    const [killed = 0] = service.pids();
    process.kill(killed, 'SIGKILL');
    await hasEnded(killed);
    await service.ready(3);
    const after = await scrape();
    expect(after.value('latchkey_workers')).toBe(2);
    expect(after.value('latchkey_workers_replaced_total')).toBe(1);
    expect(healthChecks(after)).toBe(10);
    for (const { name, type, samples } of before.families.values())
      for (const { name: sample, labels, value } of type === 'gauge' || name.startsWith('process_') ? [] : samples)
        expect(after.value(sample, labels), sample).toBeGreaterThanOrEqual(value);
    await checkHealth(4);
    expect(healthChecks(await scrape())).toBe(14);
    // The counts of a second one are added to those of the first.
    const [, second = 0] = service.pids();
    process.kill(second, 'SIGKILL');
    await hasEnded(second);
    await service.ready(4);
    expect(healthChecks(await scrape())).toBe(14);
  });

  test('are shown without a worker that does not answer, which is counted (F37)', async () => {
    await start();
    await checkHealth(10);
    expect(healthChecks(await scrape())).toBe(10);
    const [stuck = 0] = service.pids();
    process.kill(stuck, 'SIGSTOP');
    const { value } = await scrape();
    expect(value('latchkey_workers')).toBe(1);
    expect(value('latchkey_workers_silent_total')).toBe(1);
    expect(value('latchkey_operations_total', { operation: 'health', outcome: 'ok' })).toBe(10);
    expect(value('latchkey_database_pool_size')).toBe(10);
    process.kill(stuck, 'SIGCONT');
    await expect.poll(async () => (await scrape()).value('latchkey_workers')).toBe(2);
  });
});

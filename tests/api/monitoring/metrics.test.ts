import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { metricsUrl, scrape } from '../../support/exposition.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { getRejectionReason, refreshTokens, registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    ...WITHOUT_VERIFICATION,
    METRICS_PORT: '0',
    LOGIN_BUDGET_ACCOUNT: '2/15m',
    REFRESH_GRACE: '0s',
  });
});
afterAll(() => app.close());

/** How much a counter grows while the work is done. */
async function growthOf(name: string, labels: Record<string, string>, work: () => Promise<unknown>): Promise<number> {
  const read = async () => (await scrape(app)).value(name, labels) ?? 0;
  const before = await read();
  await work();
  return (await read()) - before;
}

describe('the port for metrics', () => {
  test('serves /metrics in the text format, and nothing else', async () => {
    const url = metricsUrl(app);
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await fetch(`${url}/metrics?name=x`).then(({ status }) => status)).toBe(200);
    for (const path of ['/', '/graphql', '/metrics/', '/healthz', '/../metrics/x'])
      expect((await fetch(`${url}${path}`)).status, path).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(404);
    expect(await fetch(`${url}/metrics`, { method: 'HEAD' }).then((head) => head.text())).toBe('');
  });

  test('is not the public one', async () => {
    expect((await fetch(`${app.url}/metrics`)).status).toBe(404);
  });

  test('is closed with the service', async () => {
    const other = await startApp({ METRICS_PORT: '0' });
    const url = metricsUrl(other);
    await other.close();
    await expect(fetch(`${url}/metrics`)).rejects.toThrow('fetch failed');
  });

  test('must be free: otherwise the service does not start, and says which setting to change', async () => {
    const port = String(app.app.metricsServer?.port);
    await expect(startApp({ METRICS_PORT: port })).rejects.toThrow(/set METRICS_PORT; .* 127\.0\.0\.1:\d+$/);
  });
});

describe('operations', () => {
  test('are counted by their name in the schema and their outcome', async () => {
    const { client, email, accessToken } = await registerUser(app.client());
    const grows = (operation: string, outcome: string, work: () => Promise<unknown>) =>
      expect(growthOf('latchkey_operations_total', { operation, outcome }, work)).resolves.toBe(1);
    await grows('login', 'Authenticated', () => login(client, email, PASSWORD));
    await grows('login', 'InvalidCredentials', () => login(client, email, 'wrong-harbour-92-lantern'));
    await grows('me', 'ok', () => me(client, accessToken));
    await grows('me', 'UNAUTHENTICATED', () => client.post({ query: '{ me { id } }' }));
    await grows('me', 'ok', () =>
      client.post({ query: '{ alias: me { id } ...F } fragment F on Query { me { id } }' }, { token: accessToken }),
    );
    await grows('several', 'ok', () =>
      client.post({ query: '{ me { id } health { status } }' }, { token: accessToken }),
    );
    await grows('other', 'GRAPHQL_VALIDATION_FAILED', () => client.post({ query: '{ nothing }' }));
    await grows('other', 'BAD_REQUEST', () => client.post('{'));
    await grows('login', 'BAD_USER_INPUT', () =>
      client.post({ query: 'mutation ($i: LoginInput!) { login(input: $i) { __typename } }', variables: { i: 1 } }),
    );
  });

  test('have their time measured, and so have HTTP requests', async () => {
    const { client, accessToken } = await registerUser(app.client());
    const name = 'latchkey_operation_duration_seconds_count';
    expect(await growthOf(name, { operation: 'me' }, () => me(client, accessToken))).toBe(1);
    const labels = { route: '/readyz', method: 'GET', status: '200' };
    const count = 'latchkey_http_request_duration_seconds_count';
    expect(await growthOf(count, labels, () => fetch(`${app.url}/readyz`))).toBe(1);
    const { families } = await scrape(app);
    const sums = families
      .get('latchkey_operation_duration_seconds')
      ?.samples.filter(({ name }) => name.endsWith('_sum'));
    for (const { value } of sums ?? []) expect(value).toBeLessThan(600); // Seconds, not milliseconds.
  });

  // Node.js gets a series for a kind of garbage collection with the first one.
  const ownSeries = ({ samples }: Awaited<ReturnType<typeof scrape>>) =>
    samples.filter(({ name }) => name.startsWith('latchkey_')).map(({ name, labels }) => [name, labels]);

  test('whose names, aliases, routes and methods a client makes up add no series', async () => {
    const client = app.client();
    const attack = async (id: string) => {
      await client.post({ query: `query q${id} { me { id } }` });
      await client.post({ query: `{ a${id}: me { id } }` });
      await client.post({ query: `{ field${id} }` });
      await client.post({ operationName: `o${id}`, query: '{ me { id } }' });
      await client.post({ query: `{ __type(name: "T${id}") { name } }` });
      await fetch(`${app.url}/${id}?token=${id}`);
      await fetch(`${app.url}/graphql/${id}`, { method: 'PROPFIND' }).catch(() => {});
      await fetch(`${app.url}/graphql`, { method: 'OPTIONS', headers: { origin: `https://${id}.example` } });
    };
    await attack('first');
    const before = ownSeries(await scrape(app));
    for (let round = 0; round < 20; round++) await attack(`x${round}canary`);
    const after = await scrape(app);
    expect(ownSeries(after)).toEqual(before);
    expect(after.text).not.toContain('canary');
  });
});

describe('sessions and limits', () => {
  test('refreshes are counted by what became of the token', async () => {
    const { client, refreshToken } = await registerUser(app.client());
    const grows = (outcome: string, work: () => Promise<unknown>) =>
      expect(growthOf('latchkey_refreshes_total', { outcome }, work)).resolves.toBe(1);
    let next = await refreshTokens(client, refreshToken);
    await grows('rotated', async () => {
      next = await refreshTokens(client, next.refreshToken);
    });
    await grows('invalid', () => getRejectionReason(client, 'nonsense'));
    await grows('missing', () => getRejectionReason(client, null));
    await grows('reused', () => getRejectionReason(client, refreshToken));
    await grows('revoked', () => getRejectionReason(client, next.refreshToken));
  });

  test('a lost response is a repeated refresh', async () => {
    const { client, refreshToken } = await registerUser(app.client());
    await refreshTokens(client, refreshToken);
    const again = () => refreshTokens(client, refreshToken);
    expect(await growthOf('latchkey_refreshes_total', { outcome: 'repeated' }, again)).toBe(1);
  });

  test('refused requests are counted by the limit that refuses them', async () => {
    const email = uniqueEmail();
    const guess = () => login(app.client(), email, PASSWORD);
    const refused = { limit: 'login-account' };
    expect(await growthOf('latchkey_rate_limit_refusals_total', refused, () => Promise.all([guess(), guess()]))).toBe(
      0,
    );
    expect(await growthOf('latchkey_rate_limit_refusals_total', refused, guess)).toBe(1);
    expect(await growthOf('latchkey_operations_total', { operation: 'login', outcome: 'RateLimited' }, guess)).toBe(1);
  });

  test('hashes are measured', async () => {
    const { client, email } = await registerUser(app.client());
    expect(await growthOf('latchkey_hash_duration_seconds_count', {}, () => login(client, email, PASSWORD))).toBe(1);
    expect(await growthOf('latchkey_hash_queue_wait_seconds_count', {}, () => login(client, email, PASSWORD))).toBe(2);
    const { value } = await scrape(app);
    expect([value('latchkey_hash_queue_waiting'), value('latchkey_hash_queue_running')]).toEqual([0, 0]);
    expect(value('latchkey_hash_queue_refusals_total')).toBe(0);
  });
});

describe('the state of the service', () => {
  test('is read at each scrape', async () => {
    const { value, labelValues } = await scrape(app);
    for (const dependency of ['database', 'disk', 'store', 'migrations'])
      expect(value('latchkey_dependency_up', { dependency })).toBe(1);
    expect(labelValues('latchkey_build_info', 'version')).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    expect(value('latchkey_signing_key_rotation_seconds')).toBe(30 * 24 * 3600);
    const age = value('latchkey_signing_key_age_seconds');
    await expect
      .poll(async () => (await scrape(app)).value('latchkey_signing_key_age_seconds'))
      .toBeGreaterThan(age ?? 0);
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(value(name)).toBeGreaterThan(0);
  });

  test('sweeps are counted, also those that find nothing', async () => {
    expect((await scrape(app)).value('latchkey_sweep_failures_total', { sweep: 'sessions' })).toBe(0);
    const name = 'latchkey_sweep_duration_seconds_count';
    expect(await growthOf(name, { sweep: 'sessions' }, () => app.app.prune())).toBe(1);
    const { labelValues } = await scrape(app);
    expect(labelValues('latchkey_sweep_rows_total', 'sweep')).toContain('rateLimits');
  });
});

test('a scrape says nothing about users', async () => {
  const { client, email, accessToken, refreshToken, user, session } = await registerUser(app.client());
  await login(client, email, PASSWORD);
  await me(client, accessToken);
  const { text } = await scrape(app);
  for (const personal of [email, email.split('@')[0], client.ip, accessToken, refreshToken, user.id, session.id, '@'])
    expect(text).not.toContain(personal);
});

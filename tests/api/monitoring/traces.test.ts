import { describe, expect, test } from 'vitest';
import type { TestApp } from '../../support/app.ts';
import type { Collector, ReceivedSpan } from '../../support/collector.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD } from '../../support/people.ts';
import { describeServers, postgresServer, redisServer } from '../../support/servers.ts';
import { registerUser } from '../../support/sessions.ts';
import {
  CALLER,
  CLIENT,
  closeLater,
  descendants,
  INTERNAL,
  loginBody,
  postTraced,
  receivedText,
  SERVER,
  startTracedApp,
  TRACE,
} from '../../support/traced-app.ts';

const summaries = (spans: readonly ReceivedSpan[]) => spans.map(({ name }) => name);

async function expectTraceOfLogin(app: TestApp, collector: Collector): Promise<ReceivedSpan[]> {
  const { email } = await registerUser(app.client());
  // Twice: the second time, the operation is known.
  for (const _ of [1, 2])
    expect(await (await postTraced(app, loginBody(email, PASSWORD))).json()).toEqual({
      data: { login: { __typename: 'Authenticated' } },
    });
  await app.close();
  const requests = collector.spans.filter(({ traceId, kind }) => traceId === TRACE && kind === SERVER);
  expect(requests).toHaveLength(2);
  for (const request of requests) {
    expect(request).toMatchObject({
      name: 'POST /graphql',
      parentSpanId: CALLER,
      status: 0,
      attributes: { 'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200 },
      resource: { 'service.name': 'latchkey' },
    });
    const [operation, ...others] = collector.childrenOf(request);
    expect(others).toEqual([]);
    expect(operation).toMatchObject({
      name: 'mutation login',
      kind: INTERNAL,
      attributes: {
        'graphql.operation.type': 'mutation',
        'graphql.operation.name': 'login',
        'latchkey.outcome': 'Authenticated',
      },
    });
    const work = operation ? descendants(collector, operation) : [];
    const statements = work.filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
    expect(summaries(statements)).toContainEqual(expect.stringMatching(/INSERT sessions/));
    expect(summaries(statements)).toContainEqual(expect.stringMatching(/SELECT users/));
    for (const { kind, name, attributes } of statements)
      expect([kind, attributes['db.query.summary']]).toEqual([CLIENT, name]);
  }
  const [, second] = requests;
  return second ? descendants(collector, second) : [];
}

describe('a trace of a request', () => {
  test.each(['http/protobuf', 'http/json'])(
    'continues that of the caller, down to its statements, with %s',
    async (protocol) => {
      const { app, collector } = await startTracedApp({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
      await expectTraceOfLogin(app, collector);
      expect(new Set(collector.requests.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
    },
  );

  test('keeps the state that the caller sent', async () => {
    const { app, collector } = await startTracedApp();
    await postTraced(app, { query: '{ health { status } }' }, { tracestate: 'vendor=opaque' });
    await app.close();
    expect((await collector.span('POST /graphql')).traceState).toBe('vendor=opaque');
  });

  test('begins with the request if the headers name none, and the log has its ID', async () => {
    const { app, collector } = await startTracedApp();
    await app.client().post({ query: '{ health { status } }' });
    await fetch(`${app.url}/.well-known/jwks.json`, { headers: { traceparent: '00-nonsense-01' } });
    await app.close();
    const request = await collector.span('POST /graphql');
    expect(request.parentSpanId).toBe('');
    const lines = app.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(lines.map(({ traceId }) => traceId)).toContain(request.traceId);
    expect(await collector.span('GET /.well-known/jwks.json')).toMatchObject({ parentSpanId: '' });
    expect(await collector.span('query health')).toMatchObject({
      attributes: { 'latchkey.outcome': 'ok' },
    });
  });

  test('is not made for health checks', async () => {
    const { app, collector } = await startTracedApp();
    await fetch(`${app.url}/readyz`);
    await fetch(`${app.url}/healthz`);
    await fetch(`${app.url}/nothing?token=canary`);
    await app.close();
    expect(summaries(collector.spans)).toEqual(['GET']);
  });

  test('names the error of an operation', async () => {
    const { app, collector } = await startTracedApp();
    await app.client().post({ query: '{ me { id } }' });
    await app.close();
    expect(await collector.span('query me')).toMatchObject({
      status: 0,
      attributes: { 'latchkey.outcome': 'UNAUTHENTICATED' },
    });
  });
});

describeServers('a service on PostgreSQL and Redis', ['postgres', 'redis'], () => {
  test('traces statements, transactions and commands', async () => {
    const database = await freshDatabase(await postgresServer());
    closeLater(database.drop);
    const { app, collector } = await startTracedApp({ DATABASE_URL: database.url, REDIS_URL: await redisServer() });
    const work = await expectTraceOfLogin(app, collector);
    const commands = work.filter(({ attributes }) => attributes['db.system.name'] === 'redis');
    expect(commands.length).toBeGreaterThan(0);
    for (const { name, attributes } of commands)
      expect(attributes).toEqual({ 'db.system.name': 'redis', 'db.operation.name': name });
    expect(summaries(commands)).toContain('EVAL');
    expect(receivedText(collector)).not.toContain('latchkey:budget');
  });
});

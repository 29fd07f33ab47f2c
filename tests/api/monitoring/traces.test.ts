import { afterEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { type Collector, type ReceivedSpan, startCollector } from '../../support/collector.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { PASSWORD } from '../../support/people.ts';
import { freePort } from '../../support/ports.ts';
import { startReceiver, webhooksTo } from '../../support/receiver.ts';
import { describeServers, postgresServer, redisServer } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startSmtp } from '../../support/smtp.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const [INTERNAL, SERVER, CLIENT] = [1, 2, 3];

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An app that sends its traces to a collector. */
async function start(env: Record<string, string> = {}): Promise<{ app: TestApp; collector: Collector }> {
  const collector = await startCollector();
  closers.push(collector.close);
  const app = await startApp({ ...WITHOUT_VERIFICATION, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= app.close());
  closers.push(close);
  return { app: { ...app, close }, collector };
}

/** The response with a caller's trace. */
const postTraced = (app: TestApp, body: object, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${CALLER}-01`, ...headers },
    body: JSON.stringify(body),
  });

const LOGIN = 'mutation Secret($input: LoginInput!) { login(input: $input) { __typename } }';
const loginBody = (identifier: string, password: string) => ({
  query: LOGIN,
  variables: { input: { identifier, password } },
});

const summaries = (spans: readonly ReceivedSpan[]) => spans.map(({ name }) => name);

/** All of a trace that is below the span. */
function descendants(collector: Collector, span: ReceivedSpan): ReceivedSpan[] {
  return collector.childrenOf(span).flatMap((child) => [child, ...descendants(collector, child)]);
}

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
      const { app, collector } = await start({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
      await expectTraceOfLogin(app, collector);
      expect(new Set(collector.requests.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
    },
  );

  test('keeps the state that the caller sent', async () => {
    const { app, collector } = await start();
    await postTraced(app, { query: '{ health { status } }' }, { tracestate: 'vendor=opaque' });
    await app.close();
    expect((await collector.span('POST /graphql')).traceState).toBe('vendor=opaque');
  });

  test('begins with the request if the headers name none, and the log has its ID', async () => {
    const { app, collector } = await start();
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
    const { app, collector } = await start();
    await fetch(`${app.url}/readyz`);
    await fetch(`${app.url}/healthz`);
    await fetch(`${app.url}/nothing?token=canary`);
    await app.close();
    expect(summaries(collector.spans)).toEqual(['GET']);
  });

  test('names the error of an operation', async () => {
    const { app, collector } = await start();
    await app.client().post({ query: '{ me { id } }' });
    await app.close();
    expect(await collector.span('query me')).toMatchObject({
      status: 0,
      attributes: { 'latchkey.outcome': 'UNAUTHENTICATED' },
    });
  });

  test('contains no secret and nothing about a user', async () => {
    const { app, collector } = await start();
    const { client, email, accessToken, refreshToken, user, session } = await registerUser(app.client());
    await me(client, accessToken);
    await login(client, email, `wrong-${PASSWORD}`);
    await postTraced(app, loginBody('canary@example.com', 'canary-password-9'));
    await fetch(`${app.url}/reset-password?token=canary-token`, { headers: { 'user-agent': 'canary-agent' } });
    await app.client().post({ query: 'query canaryName { canaryAlias: me { id } }' });
    await app.close();
    expect(collector.spans.length).toBeGreaterThan(20);
    const text = collector.requests.map(({ body }) => body.toString('latin1')).join();
    for (const secret of [
      email,
      email.split('@')[0],
      PASSWORD,
      accessToken,
      refreshToken,
      user.id,
      session.id,
      client.ip,
      'canary',
      'Secret',
      '127.0.0.1',
    ])
      expect(text).not.toContain(secret);
  });
});

describe('other programs', () => {
  test('mail has a trace of its own, without the message', async () => {
    const smtp = await startSmtp();
    closers.push(smtp.close);
    const { app, collector } = await start({
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Example <no-reply@example.com>',
      EMAIL_VERIFICATION: 'login',
    });
    await registerUser(app.client());
    await expect.poll(() => smtp.accepted.length).toBeGreaterThan(0);
    await app.close();
    // What the request wakes is not part of its trace.
    const request = await collector.span('mutation registerEmail');
    const statements = summaries(descendants(collector, request)).filter((name) => name.includes('outbox'));
    expect(statements).toEqual([expect.stringContaining('INSERT outbox')]);
    expect(await collector.span('send mail')).toMatchObject({
      kind: CLIENT,
      parentSpanId: '',
      attributes: { 'latchkey.outcome': 'sent' },
    });
    expect(collector.requests.map(({ body }) => body.toString('latin1')).join()).not.toContain('example.com');
  });

  test('receivers of webhooks can continue the trace', async () => {
    const receiver = await startReceiver();
    closers.push(receiver.stop);
    const { app, collector } = await start(webhooksTo(receiver));
    await registerUser(app.client());
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
    await app.close();
    const span = await collector.span('POST webhook-receiver');
    expect(span).toMatchObject({ kind: CLIENT, attributes: { 'http.response.status_code': 204 } });
    expect(receiver.received.map(({ headers }) => headers.traceparent)).toContain(
      `00-${span.traceId}-${span.spanId}-01`,
    );
  });
});

describe('settings', () => {
  test('a sampler that records nothing sends nothing', async () => {
    for (const env of [
      { OTEL_TRACES_SAMPLER: 'always_off' },
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    ]) {
      const { app, collector } = await start(env);
      await postTraced(app, { query: '{ health { status } }' });
      await app.close();
      expect(collector.requests).toEqual([]);
    }
  });

  test('a caller that has decided is followed by default', async () => {
    const { app, collector } = await start({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    await app.client().post({ query: '{ health { status } }' });
    await postTraced(app, { query: '{ health { status } }' });
    await app.close();
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  });

  test('name the service, and carry the credentials of the collector', async () => {
    const { app, collector } = await start({
      OTEL_SERVICE_NAME: 'auth',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=staging%2C%20eu',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%3Db, x-team = auth ',
    });
    await app.client().post({ query: '{ health { status } }' });
    await app.close();
    expect((await collector.span('POST /graphql')).resource).toMatchObject({
      'service.name': 'auth',
      'deployment.environment.name': 'staging, eu',
    });
    expect(collector.requests[0]?.headers).toMatchObject({ 'api-key': 'a=b', 'x-team': 'auth' });
  });

  test('OTEL_SDK_DISABLED turns traces off', async () => {
    const { app, collector } = await start({ OTEL_SDK_DISABLED: 'TRUE', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    await app.client().post({ query: '{ health { status } }' });
    await app.close();
    expect(collector.requests).toEqual([]);
  });
});

test('a collector that cannot be reached delays no request', async () => {
  const app = await startApp({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
  for (let count = 0; count < 5; count++)
    expect((await app.client().post({ query: '{ health { status } }' })).status).toBe(200);
  await app.close();
});

test('a collector that refuses spans is named in the log once, without its answer', async () => {
  const collector = await startCollector({ status: 401 });
  closers.push(collector.close);
  const app = await startApp({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await app.client().post({ query: '{ health { status } }' });
  await app.close();
  const lines = app.logged.filter((line) => line.includes('traces cannot be sent'));
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain('canary');
});

describeServers('a service on PostgreSQL and Redis', ['postgres', 'redis'], () => {
  let database: FreshDatabase;
  test('traces statements, transactions and commands', async () => {
    database = await freshDatabase(await postgresServer());
    closers.push(database.drop);
    const { app, collector } = await start({ DATABASE_URL: database.url, REDIS_URL: await redisServer() });
    const work = await expectTraceOfLogin(app, collector);
    const commands = work.filter(({ attributes }) => attributes['db.system.name'] === 'redis');
    expect(commands.length).toBeGreaterThan(0);
    for (const { name, attributes } of commands)
      expect(attributes).toEqual({ 'db.system.name': 'redis', 'db.operation.name': name });
    expect(summaries(commands)).toContain('EVAL');
    expect(collector.requests.map(({ body }) => body.toString('latin1')).join()).not.toContain('latchkey:budget');
  });
});

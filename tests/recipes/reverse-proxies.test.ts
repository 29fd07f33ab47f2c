import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { createDrain } from '../../src/http/drain.ts';
import { startHttp, type TestServer } from '../support/http.ts';
import { missingLanguage } from '../support/other-languages.ts';
import { type ReverseProxy, type StartProxy, startCaddyProxy, startNginxProxy } from '../support/reverse-proxy.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const CLIENT = JSON.stringify({ query: '{ client { ip } }' });

function describeProxy(title: string, program: 'nginx' | 'caddy', start: StartProxy): void {
  const missing = missingLanguage(program);
  // The gate installs nginx, and Caddy where it can.
  if (missing && (program === 'caddy' || process.env.CI !== 'true'))
    return void describe.skip(`${title} (skipped: ${missing})`, () => test('runs', () => {}));
  describe(title, STARTS_PROGRAMS, () => {
    describe('in front of two replicas', () => checkReplicas(start));
    describe('in front of servers that fail', () => checkFailures(start));
  });
}

function checkReplicas(start: StartProxy): void {
  let replicas: readonly TestServer[];
  let proxy: ReverseProxy;
  let connections = 0;
  // As in production: long enough for a health check of the proxy.
  const drain = createDrain({ log: silent, notice: 5_000 });
  beforeAll(async () => {
    const options = { production: true, http: { trustedProxies: ['127.0.0.1/32'] } };
    replicas = await Promise.all([startHttp({ ...options, parts: { drain } }), startHttp(options)]);
    for (const { app } of replicas) app.server.on('connection', () => connections++);
    const [first = 0, second = 0] = replicas.map(({ port }) => port);
    proxy = await start(first, second);
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all(replicas.map(({ app }) => app.close()));
  });
  const graphql = (body: string, headers = {}) =>
    proxy.ask('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

  test('the service sees the address of the client, whatever the client says', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' };
    for (const headers of [{}, forged, { 'x-forwarded-for': '203.0.113.9, 127.0.0.1' }]) {
      const { status, text } = await graphql(CLIENT, headers);
      expect([status, JSON.parse(text)]).toEqual([200, { data: { client: { ip: '127.0.0.1' } } }]);
    }
  });

  test('connections to the service are kept open', async () => {
    for (let count = 0; count < 10; count += 1) await graphql(CLIENT);
    const before = connections;
    for (let count = 0; count < 20; count += 1) expect((await graphql(CLIENT)).status).toBe(200);
    // Health checks may open one.
    expect(connections - before).toBeLessThan(5);
  });

  test('a body that is too large is refused by the service', async () => {
    const { status, text } = await graphql(JSON.stringify({ query: 'x'.repeat(70_000) }));
    expect(status).toBe(413);
    expect(JSON.parse(text)).toHaveProperty('errors');
  });

  test('requests without TLS are sent to https; the access log has no query of a URL', async () => {
    if (!proxy.askPlain || !proxy.readLog) return;
    expect(await proxy.askPlain('/verify-email?token=canary')).toMatchObject({
      status: 301,
      location: 'https://auth.example.com/verify-email?token=canary',
    });
    await proxy.ask('/verify-email?token=canary', { headers: { referer: 'https://auth.example.com/?token=canary' } });
    await expect.poll(proxy.readLog).toContain(' /verify-email ');
    expect(proxy.readLog()).not.toContain('canary');
  });

  test('when a replica stops, every request succeeds', async () => {
    const [first] = replicas;
    const ended = first && drain.run(first.app);
    for (let count = 0; count < 30; count += 1) {
      expect((await graphql(CLIENT)).status).toBe(200);
      if (count === 10) await ended;
    }
  });
}

/** Servers that read a request and then close its connection. */
function checkFailures(start: StartProxy): void {
  let requests: string[] = [];
  let servers: Server[];
  let proxy: ReverseProxy;
  beforeAll(async () => {
    servers = [0, 1].map(() =>
      createServer(async (request, response) => {
        if (request.url === '/readyz') return void response.end();
        for await (const _ of request);
        requests.push(String(request.method));
        request.socket.destroy();
      }),
    );
    await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))));
    const [first = 0, second = 0] = servers.map((server) => (server.address() as AddressInfo).port); // Listen on TCP.
    proxy = await start(first, second);
  });
  beforeEach(() => {
    requests = [];
  });
  afterAll(async () => {
    await proxy?.stop();
    for (const server of servers) server.close();
  });

  test('a POST that a replica has received is not repeated: it may have taken effect', async () => {
    const { status } = await proxy.ask('/graphql', { method: 'POST', headers: JSON_TYPE, body: CLIENT });
    expect([status, requests]).toEqual([502, ['POST']]);
  });

  test('a GET is repeated', async () => {
    // A server that has just failed may be left out for a second.
    const count = async () => {
      requests = [];
      await proxy.ask('/graphql?query=%7Bme%7Bid%7D%7D');
      return requests.length;
    };
    await expect.poll(count, { interval: 1_500 }).toBeGreaterThan(1);
  });
}

describeProxy('nginx', 'nginx', startNginxProxy);
describeProxy('Caddy', 'caddy', startCaddyProxy);

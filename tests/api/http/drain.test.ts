import { Agent, request } from 'node:http';
import { expect, test } from 'vitest';
import { silent } from '../../../src/core/log.ts';
import { createDrain } from '../../../src/http/drain.ts';
import { TIMEOUTS } from '../../../src/http/server.ts';
import { handleUnhandledErrors } from '../../../src/http/unhandled.ts';
import { createLog } from '../../../src/infra/log.ts';
import { openConnection, startHttp } from '../../support/http.ts';
import { onABusyMachine, startOwnTime } from '../../support/own-time.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A request through a keep-alive agent. */
function fetchPath(
  port: number,
  agent: Agent,
  path: string,
): Promise<{ status: number | undefined; connection: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, agent, path, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.on('data', (data) => {
        body += data;
      });
      response.on('end', () => resolve({ status: response.statusCode, connection: response.headers.connection, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

test('SIGTERM fails readiness first, lets requests finish and does not wait for idle connections (F16)', async () => {
  const server = await startHttp();
  const agent = new Agent({ keepAlive: true });
  await Promise.all(Array.from({ length: 5 }, () => fetchPath(server.port, agent, '/healthz'))); // The connections are idle now.
  const slow = fetchPath(server.port, agent, '/graphql?query={slow(milliseconds:1000)}');
  await pause(50);

  const elapsed = startOwnTime();
  const ended = server.drain.run(server.app);
  const readiness = await fetchPath(server.port, new Agent(), '/readyz');
  expect([readiness.status, JSON.parse(readiness.body)]).toEqual([503, { status: 'DOWN', draining: true }]);
  expect((await fetchPath(server.port, new Agent(), '/healthz')).status).toBe(200);
  await pause(500);
  await expect(fetchPath(server.port, new Agent(), '/healthz')).rejects.toThrow('ECONNREFUSED');

  expect(await slow).toMatchObject({ status: 200, connection: 'close', body: expect.stringContaining('done') });
  await ended;
  expect(elapsed()).toBeLessThan(1_000 + onABusyMachine(1_000)); // The longest request, and one second.
});

test('SIGTERM does not wait for connections that are silent or half-way through a request (F16)', async () => {
  const server = await startHttp();
  const [quiet, half] = await Promise.all([openConnection(server.port), openConnection(server.port)]);
  half.write('GET /healthz HTTP/1.1\r\nho');
  const closed = Promise.all([quiet, half].map((socket) => new Promise((done) => socket.on('close', done).resume())));
  await pause(50);
  const elapsed = startOwnTime();
  await server.drain.run(server.app);
  await closed;
  expect(elapsed()).toBeLessThan(onABusyMachine(1_000));
});

test('SIGTERM resets no connection that waits to be accepted (F16)', async () => {
  const drain = createDrain({ log: silent, notice: 0 });
  const server = await startHttp({ parts: { drain } });
  // The kernel has accepted all of them. Node.js takes one in each turn of the event loop.
  const answers = Array.from({ length: 100 }, () => fetchPath(server.port, new Agent(), '/healthz'));
  await drain.run(server.app);
  for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
});

test('SIGTERM cuts off a request that never ends (F16)', async () => {
  const shortDrain = createDrain({ log: silent, notice: 0, bound: 300 });
  const server = await startHttp({ parts: { drain: shortDrain } });
  const stuck = fetch(`${server.url}/graphql?query={slow(milliseconds:20000)}`);
  stuck.catch(() => {}); // Its rejection is expected below.
  await pause(50);
  await shortDrain.run(server.app);
  await expect(stuck).rejects.toThrow();
});

test('a second SIGTERM changes nothing (F16)', async () => {
  const server = await startHttp();
  expect(server.drain.run(server.app)).toBe(server.drain.run(server.app));
  await server.drain.run(server.app);
});

test('a thousand silent or slow connections are closed, and others are served meanwhile (F27)', async () => {
  const timeouts = { ...TIMEOUTS, headers: 500, request: 1_000, check: 100 };
  const server = await startHttp({ parts: { timeouts } });
  const idle = await Promise.all(Array.from({ length: 900 }, () => openConnection(server.port)));
  const slowloris = await Promise.all(Array.from({ length: 100 }, () => openConnection(server.port)));
  const all = [...idle, ...slowloris];
  const closed = Promise.all(
    all.map(
      (socket) =>
        new Promise((resolve) =>
          socket
            .on('error', () => {})
            .on('close', resolve)
            .resume(),
        ),
    ),
  );
  for (const [index, socket] of slowloris.entries()) {
    socket.write(
      index % 2
        ? 'GET /healthz HTTP/1.1\r\nx-'
        : 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{',
    );
  }
  const drip = setInterval(() => {
    for (const socket of slowloris) if (socket.writable) socket.write('a');
  }, 100);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await closed;
  clearInterval(drip);
  await server.app.close();
});

test('an unhandled rejection is logged, and an uncaught exception ends the process (F29)', () => {
  const listeners = new Map<string, (error: unknown) => void>();
  const written: string[] = [];
  let ends = 0;
  handleUnhandledErrors(
    { on: (event, listener) => listeners.set(event, listener) },
    {
      log: createLog({ level: 'info' }, { write: (text) => void written.push(text) }),
      end: () => {
        ends += 1;
      },
    },
  );
  listeners.get('unhandledRejection')?.(new Error('lost'));
  expect([written.length, ends]).toEqual([1, 0]);
  listeners.get('uncaughtException')?.(new Error('worse'));
  listeners.get('uncaughtException')?.('again');
  expect([written.length, ends]).toEqual([3, 1]);
});

import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readListenAddress } from '../../src/config/listen-address.ts';
import { runCommand } from '../support/command.ts';
import { startHttp } from '../support/http.ts';
import { freePort } from '../support/ports.ts';
import { runProgram } from '../support/program.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';
import { loadErrors, loadValid } from '../support/settings.ts';

const closings: (() => unknown)[] = [];
afterEach(() => Promise.all(closings.splice(0).map((close) => close())));

async function start(parts: NonNullable<Parameters<typeof startHttp>[0]>['parts'] = {}) {
  const service = await startHttp({ parts });
  closings.push(() => service.app.close());
  return service;
}

/** Starts a server that is not the service; returns its port. */
async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return String((server.address() as AddressInfo).port); // Listens on TCP.
}

const health = (port: string | number, args: string[] = [], env: Record<string, string> = {}) =>
  runCommand(['health', ...args], { env: { PORT: String(port), ...env } });

const READY = { code: 0, stdout: 'ready\n', stderr: '' };
const UP = { status: 'UP', database: 'UP', writes: 'UP', disk: 'UP', store: 'UP', migrations: 'UP' } as const;

test('health exits with 0 if the service is ready, without its secrets', async () => {
  const { port } = await start();
  expect(await health(port)).toEqual(READY);
  expect(await health(port, [], { NODE_ENV: 'production' })).toEqual(READY);
  expect(await health(port, ['--live'])).toEqual({ ...READY, stdout: 'live\n' });
});

test('health exits with 1 and names the dependencies that are down; the process is live', async () => {
  const { port } = await start({
    health: async () => ({ ...UP, status: 'DOWN', database: 'DOWN', migrations: 'DOWN' }),
  });
  expect(await health(port)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'latchkey: not ready: database DOWN, migrations DOWN\n',
  });
  expect((await health(port, ['--live'])).code).toBe(0);
});

test('health exits with 1 as soon as the service begins to shut down', async () => {
  const { port, drain, app } = await start();
  const ended = drain.run(app);
  expect(await health(port)).toEqual({ code: 1, stdout: '', stderr: 'latchkey: not ready: shutting down\n' });
  await ended;
});

test('health exits with 1 if nothing listens, and says where', async () => {
  const port = await freePort();
  expect(await health(port)).toEqual({
    code: 1,
    stdout: '',
    stderr: `latchkey: not ready: http://127.0.0.1:${port}/readyz: nothing is listening at that address (ECONNREFUSED)\n`,
  });
});

test.each([
  ['accepts connections and stays silent', () => {}],
  ['sends only the beginning of an answer', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n{')],
  ['sends an answer byte by byte', (socket: Socket) => void setInterval(() => socket.write(' '), 20).unref()],
])('health waits no longer than --timeout for a server that %s', async (_, respond) => {
  const port = await listen(createServer((socket) => void respond(socket.on('error', () => {}))));
  const { code, stderr } = await health(port, ['--timeout', '200ms']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^latchkey: not ready: .*\n$/);
});

test.each([
  ['a page', 200, '<!doctype html>'],
  ['a page that is not found', 404, '<!doctype html>'],
  ['a list', 200, '[1,2]'],
  ['null', 503, 'null'],
  ['an endless answer', 200, 'x'.repeat(1_000_000)],
])('health exits with 1 and one line if another program answers with %s', async (_, status, body) => {
  const port = await listen(createHttpServer((_request, response) => response.writeHead(status).end(body)));
  const { code, stdout, stderr } = await health(port);
  expect([code, stdout, stderr]).toEqual([1, '', `latchkey: not ready: status ${status}\n`]);
});

test.each(['0.0.0.0', '::', '[::]', '0:0:0:0:0:0:0:0', 'localhost', '127.0.0.1'])(
  'health reaches a service that listens on %s',
  async (HOST) => {
    const { port } = await start();
    expect(await health(port, [], { HOST })).toEqual(READY);
  },
);

test('health reads HOST and PORT from files, too', async () => {
  const { port } = await start();
  const file = join(temporaryDirectory('port'), 'port');
  writeFileSync(file, `${port}\n`);
  expect(await runCommand(['health'], { env: { PORT_FILE: file } })).toEqual(READY);
});

test.each([
  ['PORT', 'canary'],
  ['PORT', '65536'],
  ['HOST', 'canary canary'],
  ['PORT_FILE', '/canary'],
])('health exits with 78 if %s is %s, with the error of the other commands', async (name, value) => {
  const { code, stdout, stderr } = await runCommand(['health'], { env: { [name]: value } });
  expect([code, stdout]).toEqual([78, '']);
  expect(stderr).toBe(`latchkey: ${loadErrors({ [name]: value }).join('; ')}\n`);
  expect(stderr).not.toContain('canary');
});

test('health exits with 78 if any free port was wanted: nothing tells which one', async () => {
  expect((await health(0)).code).toBe(78);
});

test('health asks at the default address of the service', () => {
  const { host, port } = loadValid({}).http;
  expect(readListenAddress({})).toEqual({ host, port });
});

test('health explains its options, and refuses others', async () => {
  expect((await runCommand(['health', '--help'])).stdout).toMatch(/--live[\s\S]*--timeout/);
  expect((await runCommand(['health', '--lively'])).code).toBe(64);
  expect((await runCommand(['health', '--timeout', 'long'])).code).toBe(64);
});

test('health ends as a process with the same exit code and output', STARTS_PROGRAMS, async () => {
  const { port } = await start();
  expect(await runProgram(['health'], { env: { PORT: String(port) } })).toEqual(READY);
});

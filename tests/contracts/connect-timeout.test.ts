import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { connect } from '../support/connections.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('connect_timeout ends the wait for a server that never responds, also if garbage is collected meanwhile (F30)', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const timer = setInterval(collectGarbage, 100);
  try {
    const failure = await connect(`postgres://user@127.0.0.1:${port}/latchkey?connect_timeout=2`);
    expect(failure).toContain('no response in time (CONNECT_TIMEOUT)');
  } finally {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

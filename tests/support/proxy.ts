import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './ports.ts';

export interface Network {
  readonly port: number;
  /** A partition: connections stay open, and no byte passes. */
  freeze(): void;
  thaw(): void;
  /** Drops all connections; new ones are accepted. */
  cut(): void;
  /** When on, requests arrive, and the connection is cut at the first byte of the response. */
  dropResponses(drop: boolean): void;
  /** Existing connections stay open and pass nothing; new ones work. */
  strand(): void;
  close(): Promise<void>;
}

/** Starts a TCP proxy that simulates a failing network. @param at the port; by default a free one */
export async function startProxy(target: { host: string; port: number }, at?: number): Promise<Network> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let dropping = false;
  const server = createServer((inbound) => {
    const outbound = connect(target);
    for (const [from, to] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (bytes) => {
        if (dropping && from === outbound) from.destroy();
        else to.write(bytes);
      });
      if (frozen) from.pause();
    }
  });
  const port = at ?? (await freePort());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    cut,
    dropResponses(drop) {
      dropping = drop;
    },
    strand() {
      for (const socket of sockets) socket.removeAllListeners('data').pause();
    },
    async close() {
      server.close();
      cut();
    },
  };
}

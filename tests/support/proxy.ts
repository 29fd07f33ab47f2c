import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './ports.ts';

export interface Network {
  readonly port: number;
  /** A partition: connections stay open, no byte passes in either direction. */
  freeze(): void;
  thaw(): void;
  /** Drops every connection there is; new ones are taken again. */
  cut(): void;
  /** From now on, or no longer: what is asked arrives, and with the first byte of its answer the connection is cut. */
  swallowAnswers(swallow: boolean): void;
  /** The connections there are stay open and nothing passes on them any more; new ones are not concerned. */
  strand(): void;
  close(): Promise<void>;
}

/** Stands between the service and a server, to be the network that fails. @param at the port, a free one unless told */
export async function startProxy(target: { host: string; port: number }, at?: number): Promise<Network> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let swallowing = false;
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
        if (swallowing && from === outbound) from.destroy();
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
    swallowAnswers(swallow) {
      swallowing = swallow;
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

import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';
import { freePort } from './ports.ts';

/** A proxy that begins with TLS, as PostgreSQL 17 and load balancers do, before a server on 127.0.0.1. */
export async function startTlsFront({ cert, key }: Certificate, upstreamPort: number) {
  const protocols: (string | false | null)[] = [];
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert, key, ALPNProtocols: ['postgresql'] }, (client) => {
    protocols.push(client.alpnProtocol);
    sockets.add(client);
    const upstream = connect(upstreamPort, '127.0.0.1');
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  server.on('tlsClientError', () => {});
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    /** What each client chose by ALPN (RFC 7301). */
    protocols,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

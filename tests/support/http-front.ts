import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, request as send, createServer as startHttp } from 'node:http';
import { createServer as startHttps } from 'node:https';
import type { Certificate } from './certificates.ts';

/** A request as the front has received it. */
export type FrontRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * An HTTP server that passes requests on, as a reverse proxy does that adds no header of its own, and records them.
 * @param certificate for https
 */
export async function startHttpFront(port: number, upstreamPort: number, certificate?: Certificate) {
  const requests: FrontRequest[] = [];
  const listener: RequestListener = (request, response) => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers });
    const upstream = send({ host: '127.0.0.1', port: upstreamPort, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  };
  const server = certificate ? startHttps(certificate, listener) : startHttp(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

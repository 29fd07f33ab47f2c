import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SECOND } from '../core/clock.ts';

/** The port for monitoring: it serves `/metrics` and nothing else. */
export interface MetricsServer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

interface Options {
  host: string;
  /** 0: any free port. */
  port: number;
  scrape(): Promise<{ contentType: string; text: string }>;
}

/** The port of METRICS_PORT cannot be used. */
export class MetricsPortUnusable extends Error {
  override readonly name = 'MetricsPortUnusable';
}

/** For the log. */
export const describeMetrics = (server: MetricsServer | undefined): object =>
  server ? { metrics: `http://${server.host}:${server.port}/metrics` } : {};

const MOST_CONNECTIONS = 20;
const TIMEOUT = 10 * SECOND;

/** @throws MetricsPortUnusable */
export async function serveMetrics({ host, port, scrape }: Options): Promise<MetricsServer> {
  const server = createServer(
    { headersTimeout: TIMEOUT, requestTimeout: TIMEOUT, connectionsCheckingInterval: SECOND },
    (request, response) => {
      respond(request, response, scrape).catch(() => response.destroy());
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new MetricsPortUnusable(`${explain(error)}; metrics were to be served at ${host}:${port}`);
  }
  const address = server.address() as AddressInfo; // Listens on TCP.
  return {
    host: address.address,
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, scrape: Options['scrape']): Promise<void> {
  request.resume();
  const isScrape = request.url?.split('?', 1)[0] === '/metrics' && ['GET', 'HEAD'].includes(request.method ?? '');
  if (!isScrape) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', ...HEADERS }).end('Not found.\n');
    return;
  }
  const { contentType, text } = await scrape();
  response.writeHead(200, { 'content-type': contentType, ...HEADERS }).end(text);
}

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const EXPLANATIONS: Record<string, string> = {
  EADDRINUSE: 'another program is using that address: stop it, or set METRICS_PORT',
  EADDRNOTAVAIL: 'this machine has no such address: set METRICS_HOST',
  EACCES: 'permission denied: set METRICS_PORT to a port above 1023',
  ENOTFOUND: 'host not found: set METRICS_HOST to an address',
};

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return EXPLANATIONS[code] ?? `the port cannot be opened (${code})`;
}

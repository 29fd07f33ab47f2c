import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readTraces } from './otlp.ts';

/** A span as a collector receives it. */
export interface ReceivedSpan {
  name: string;
  traceId: string;
  spanId: string;
  /** Empty for the first of a trace. */
  parentSpanId: string;
  /** 1 internal, 2 server, 3 client. */
  kind: number;
  attributes: Record<string, string | number>;
  /** 2: the work has failed. */
  status: number;
  traceState: string;
  resource: Record<string, string | number>;
}

export interface Collector {
  url: string;
  spans: ReceivedSpan[];
  requests: { path: string; headers: IncomingHttpHeaders; body: Buffer }[];
  /** Waits for a span with this name. */
  span(name: string): Promise<ReceivedSpan>;
  childrenOf(span: ReceivedSpan): ReceivedSpan[];
  close(): Promise<void>;
}

/** A receiver of OTLP over HTTP, which decodes protobuf and JSON. The caller must close it. */
export async function startCollector({ status = 200 } = {}): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const requests: Collector['requests'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    requests.push({ path: request.url ?? '', headers: request.headers, body });
    const isJson = request.headers['content-type'] === 'application/json';
    spans.push(...readTraces(body, isJson));
    response.writeHead(status, { 'content-type': isJson ? 'application/json' : 'application/x-protobuf' });
    response.end(status === 200 ? (isJson ? '{}' : '') : 'canary');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // Listens on TCP.
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    async span(name) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = spans.find((span) => span.name === name);
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`no span "${name}" among: ${spans.map((span) => span.name)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    childrenOf: ({ traceId, spanId }) =>
      spans.filter((span) => span.traceId === traceId && span.parentSpanId === spanId),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

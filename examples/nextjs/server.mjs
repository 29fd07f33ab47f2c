// Serves the app. Instead of `next start`, for two reasons:
// - Next.js believes an X-Forwarded-For header that the browser itself sends.
// - Requests are limited in time and headers.
import { createServer } from 'node:http';
import next from 'next';

const { APP_ORIGIN = 'http://localhost:3000', HOST = 'localhost' } = process.env;
const port = Number(process.env.PORT ?? (new URL(APP_ORIGIN).port || 3000));
const isDev = process.argv.includes('--dev');

const app = next({ dev: isDev, hostname: HOST, port, dir: import.meta.dirname });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer(
  { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
  (request, response) => {
    // A target such as http://another.host/ is for proxies.
    if (!request.url.startsWith('/')) return response.writeHead(400).end();
    appendPeer(request);
    handle(request, response);
  },
);

/**
 * Adds the address from which this request came, as every proxy does. The service reads the list from the right, for as
 * long as the addresses are in its TRUSTED_PROXIES, so it never reaches what a browser has written.
 */
function appendPeer({ headers, socket }) {
  const known = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = known ? `${known}, ${socket.remoteAddress}` : socket.remoteAddress;
}

server.listen(port, HOST, () => process.stdout.write(`ready on ${APP_ORIGIN}\n`));
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close(() => process.exit());
    server.closeIdleConnections();
  });

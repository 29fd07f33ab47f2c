// A backend for a frontend: serves a static page, and passes POST /graphql on to the service. Everything is under one
// origin, so the service's cookie belongs to this host alone.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { passOn } from './pass-on.mjs';

const {
  APP_ORIGIN = 'http://localhost:3000',
  HOST = 'localhost',
  LATCHKEY_URL = 'http://localhost:4000',
} = process.env;
const port = Number(process.env.PORT ?? (new URL(APP_ORIGIN).port || 3000));

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const limits = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};
const server = createServer(limits, (request, response) => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  // Exact: nothing else of the service can be reached, whatever the path or the query is made to look like.
  if (request.url !== '/graphql') return serveFile(request, response);
  passOn(request, response, { origin: APP_ORIGIN, service: LATCHKEY_URL }).catch(() => response.destroy());
});

const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript' };
const PAGE = { '/': 'page.html', '/page.css': 'page.css', '/page.js': 'page.js' };
const client = new URL('.', import.meta.resolve('@latchkey/client'));

function serveFile({ method, url }, response) {
  const own = Object.hasOwn(PAGE, url) ? new URL(`page/${PAGE[url]}`, import.meta.url) : undefined;
  // The client's modules, as they are. An app with a bundler has them in its own files.
  const ofClient = /^\/latchkey\/((?:generated\/)?[\w-]+\.js)$/.exec(url)?.[1];
  const file = own ?? (ofClient && new URL(ofClient, client));
  const isRead = method === 'GET' || method === 'HEAD';
  const text = isRead && file && read(file);
  if (!text) return void response.writeHead(isRead ? 404 : 405, isRead ? {} : { allow: 'GET, HEAD' }).end();
  response.setHeader('content-type', TYPES[file.pathname.split('.').at(-1)]).end(text);
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

server.listen(port, HOST, () => process.stdout.write(`ready on ${APP_ORIGIN}\n`));
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close(() => process.exit());
    server.closeIdleConnections();
  });

// Serves the page on one port and an OpenID provider on another, for trying social sign-in locally.
//   node examples/social-sign-in/serve.mjs
// Prints the settings that Latchkey needs. PAGE_PORT, ISSUER_PORT and API override the defaults below.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { startIssuer } from '../issuer.mjs';

const { PAGE_PORT = '3000', ISSUER_PORT = '3001', API = 'http://localhost:4000' } = process.env;
const page = `http://localhost:${PAGE_PORT}`;

const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };
const FILES = { '/': 'index.html', '/page.css': 'page.css', '/page.js': 'page.js' };

const pages = createServer((request, response) => {
  const { pathname } = new URL(request.url, page);
  response.setHeader('content-security-policy', `default-src 'self'; connect-src 'self' ${API}`);
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-store');
  if (pathname === '/config.json') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ api: API }));
    return;
  }
  const file = FILES[pathname];
  if (!file) return void response.writeHead(404).end();
  response.setHeader('content-type', `${TYPES[extname(file)]}; charset=utf-8`);
  response.end(readFileSync(new URL(file, import.meta.url)));
});

const { settings } = await startIssuer(Number(ISSUER_PORT), `${page}/`);
pages.listen(Number(PAGE_PORT), 'localhost', () => {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(`Add these settings to Latchkey's .env, start it, then open ${page}/\n\n${lines.join('')}`);
});

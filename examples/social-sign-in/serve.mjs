// Serves the page on one port and an OpenID provider on another, for trying social sign-in locally.
//   node examples/social-sign-in/serve.mjs
// Prints the settings that Latchkey needs. PAGE_PORT, ISSUER_PORT and API override the defaults below.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import Provider from 'oidc-provider';

const { PAGE_PORT = '3000', ISSUER_PORT = '3001', API = 'http://localhost:4000' } = process.env;
const page = `http://localhost:${PAGE_PORT}`;
const issuer = `http://localhost:${ISSUER_PORT}`;
const client = { client_id: 'latchkey-example', client_secret: 'for-this-machine-alone', redirect_uris: [`${page}/`] };

/** Accepts any login and password; the login is the email address. */
const provider = new Provider(issuer, {
  clients: [client],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
  findAccount: (_context, login) => ({
    accountId: login,
    claims: () => ({
      sub: login,
      email: login.includes('@') ? login : `${login}@example.com`,
      email_verified: true,
      given_name: login.split('@')[0],
    }),
  }),
  cookies: { keys: ['for-this-machine-alone'] },
});

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

// Local only: this provider lets anyone in.
createServer(provider.callback()).listen(Number(ISSUER_PORT), 'localhost', () =>
  pages.listen(Number(PAGE_PORT), 'localhost', () => {
    process.stdout.write(`Add these settings to Latchkey's .env, start it, then open ${page}/

OIDC_LOCAL_ISSUER=${issuer}
OIDC_LOCAL_CLIENT_ID=${client.client_id}
OIDC_LOCAL_CLIENT_SECRET=${client.client_secret}
OIDC_LOCAL_LABEL=The local provider
SOCIAL_REDIRECT_URIS=${page}/
ALLOWED_ORIGINS=${page}
`);
  }),
);

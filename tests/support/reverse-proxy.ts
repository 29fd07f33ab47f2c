import { readFileSync, writeFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAuthority } from './certificates.ts';
import { nginxArguments } from './nginx.ts';
import { findLanguage } from './other-languages.ts';
import { freePort } from './ports.ts';
import { startProcess, temporaryDirectory, whenReady } from './server-process.ts';

// The configurations of deploy/ in front of two servers.

export interface Answer {
  status: number | undefined;
  location: string | undefined;
  text: string;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface ReverseProxy {
  /** Sends a request to auth.example.com. */
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** The same without TLS, if it serves that on another port. */
  askPlain?: (path: string) => Promise<Answer>;
  /** The access log, if there is one. */
  readLog?: () => string;
  stop(): Promise<void>;
}

/** Starts the proxy in front of servers at these ports, in place of those in its configuration. */
export type StartProxy = (first: number, second: number) => Promise<ReverseProxy>;

const HOST = 'auth.example.com';

/** The file of deploy/, with other values in place of some. Each of them must occur. */
function adapt(path: string, values: Record<string, string>): string {
  let text = readFileSync(fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url)), 'utf8');
  for (const [value, replacement] of Object.entries(values)) {
    if (!text.includes(value)) throw new Error(`deploy/${path} does not contain ${value}`);
    text = text.replaceAll(value, replacement);
  }
  return text;
}

export const startNginxProxy: StartProxy = async (first, second) => {
  const directory = temporaryDirectory('nginx');
  const [plain, secure, log] = [await freePort(), await freePort(), join(directory, 'access.log')];
  const { certFile, keyFile } = createAuthority().sign(HOST, [`DNS:${HOST}`]);
  const values = {
    '127.0.0.1:4000': `127.0.0.1:${first}`,
    '127.0.0.1:4001': `127.0.0.1:${second}`,
    // The machine may have no IPv6.
    'listen [::]:80;': '',
    'listen [::]:443 ssl http2;': '',
    'listen 80;': `listen 127.0.0.1:${plain};`,
    'listen 443 ssl http2;': `listen 127.0.0.1:${secure} ssl http2;`,
    '/etc/ssl/auth.example.com.pem': certFile,
    '/etc/ssl/auth.example.com.key': keyFile,
    '/var/log/nginx/latchkey.log': log,
  };
  writeFileSync(join(directory, 'latchkey.conf'), adapt('nginx/latchkey.conf', values));
  const nginx = await run(String(findLanguage('nginx')), nginxArguments(directory, 'latchkey.conf'), plain);
  const agent = new Agent({ keepAlive: true });
  return {
    ask: (path, asked) => ask({ port: secure, path, agent, ...asked }),
    askPlain: (path) => ask({ port: plain, path }),
    readLog: () => readFileSync(log, 'utf8'),
    stop() {
      agent.destroy();
      return nginx.stop();
    },
  };
};

export const startCaddyProxy: StartProxy = async (first, second) => {
  const directory = temporaryDirectory('caddy');
  const port = await freePort();
  const values = {
    // A certificate for this name cannot be had here.
    'auth.example.com {': `{\n\tadmin off\n\tauto_https off\n}\nhttp://${HOST}:${port} {\n\tbind 127.0.0.1`,
    '127.0.0.1:4000': `127.0.0.1:${first}`,
    '127.0.0.1:4001': `127.0.0.1:${second}`,
  };
  const file = join(directory, 'Caddyfile');
  writeFileSync(file, adapt('caddy/Caddyfile', values));
  const own = [`XDG_CONFIG_HOME=${directory}`, `XDG_DATA_HOME=${directory}`];
  const args = ['run', '--adapter', 'caddyfile', '--config', file];
  const caddy = await run('env', [...own, String(findLanguage('caddy')), ...args], port);
  return { ...caddy, ask: (path, asked) => ask({ port, path, ...asked }) };
};

async function run(command: string, args: readonly string[], port: number) {
  const server = startProcess({ command, args });
  await whenReady(server, () => ask({ port, path: '/' }));
  return {
    async stop() {
      server.signal('SIGKILL');
      await server.ended;
    },
  };
}

interface Sent extends Asked {
  port: number;
  path: string;
  /** For TLS. */
  agent?: Agent;
}

function ask({ port, path, agent, method = 'GET', headers = {}, body }: Sent): Promise<Answer> {
  const options = { host: '127.0.0.1', port, path, method, headers: { host: HOST, ...headers } };
  return new Promise((resolve, reject) => {
    // Its certificate is of a new authority.
    const sent = agent
      ? requestHttps({ ...options, agent, servername: HOST, rejectUnauthorized: false })
      : requestHttp({ ...options, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location, text }));
    });
    sent.end(body);
  });
}

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { ROOT } from '../rules/sources.ts';
import { startApp, type TestApp } from './app.ts';
import { describeBrowser } from './browser.ts';
import { type TestClock, testClock } from './clock.ts';
import { buildPackages } from './example-server.ts';
import { freePort } from './ports.ts';
import { temporaryDirectory } from './server-process.ts';

const run = promisify(execFile);
const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** An example of the folder `examples`, built, with a service and an OpenID provider of its own. */
export interface Example {
  readonly url: string;
  readonly app: TestApp;
  /** Of the service. The browser has the time of the machine. */
  readonly clock: TestClock;
  close(): Promise<void>;
}

interface Issuer {
  readonly settings: Record<string, string>;
  close(): void;
}

const directoryOf = (name: string): string => join(ROOT, 'examples', name);

/** A suite in a real browser. Without the packages of the example it is skipped, or fails if CI=true. */
export function describeExample(name: string, body: (executablePath: string) => void): void {
  const title = `the example ${name} in a browser`;
  if (existsSync(join(directoryOf(name), 'node_modules')) || process.env.CI === 'true') describeBrowser(title, body);
  else describe.skip(`${title} (skipped: run \`npm ci\` in examples/${name})`, () => body(''));
}

export async function startExample(name: string): Promise<Example> {
  const directory = directoryOf(name);
  const port = await freePort();
  const service = `http://localhost:${port}`;
  const pages = await servePages(await build(directory, service));
  const { startIssuer } = await import(join(ROOT, 'examples/issuer.mjs'));
  const issuer: Issuer = await startIssuer(await freePort(), pages.url);
  const clock = testClock();
  // The second origin is of another site.
  const origin = new URL(pages.url).origin;
  const ALLOWED_ORIGINS = `${origin},${origin.replace('localhost', '127.0.0.1')}`;
  const app = await startApp({ ...issuer.settings, ALLOWED_ORIGINS, PUBLIC_URL: service }, { clock }, port);
  return {
    url: pages.url,
    app,
    clock,
    async close() {
      pages.close();
      issuer.close();
      await app.close();
    },
  };
}

/** As its user would. */
async function build(directory: string, service: string): Promise<string> {
  const out = temporaryDirectory('example');
  await buildPackages('client');
  await run('npm', ['run', '--silent', 'build', '--', '--outDir', out, '--logLevel', 'error'], {
    cwd: directory,
    env: { ...process.env, NODE_ENV: 'production', VITE_LATCHKEY_URL: service },
  });
  return out;
}

async function servePages(directory: string): Promise<{ url: string; close(): void }> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = join(directory, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return {
    url: `http://localhost:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

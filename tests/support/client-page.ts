import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

export interface ClientPage {
  /** Ends with a slash. */
  url: string;
  /** An entry of ALLOWED_ORIGINS. */
  origin: string;
  close(): void;
}

export interface ClientPageOptions {
  /** Below tests/support. */
  script: string;
  /** The URL of the service, as the page's constant `API`. */
  api: string;
  /** Packages to use in place of others. */
  alias?: Record<string, string>;
  /** The value of the header Content-Security-Policy. */
  policy?: string;
}

/** Bundles a script as an app would, and serves it in a page on an origin of its own. */
export async function startClientPage({ script, api, alias = {}, policy }: ClientPageOptions): Promise<ClientPage> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    outdir: '/',
    entryNames: 'page',
    jsx: 'automatic',
    alias,
    define: { API: JSON.stringify(api), 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  const files = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const style = files.has('/page.css') ? '<link rel="stylesheet" href="/page.css">' : '';
  const html = `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,">${style}<main id="root"></main>`;
  const server = createServer(({ url = '' }, response) => {
    if (policy) response.setHeader('content-security-policy', policy);
    const type = files.has(url) ? TYPES[extname(url)] : undefined;
    if (type) response.setHeader('content-type', type).end(files.get(url));
    else response.setHeader('content-type', 'text/html').end(`${html}<script type="module" src="/page.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  const origin = `http://localhost:${port}`;
  return { url: `${origin}/`, origin, close: () => server.close() };
}

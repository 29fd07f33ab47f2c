import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
}

/** Bundles a script as an app would, and serves it in a page on an origin of its own. */
export async function startClientPage({ script, api, alias = {} }: ClientPageOptions): Promise<ClientPage> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    jsx: 'automatic',
    alias,
    define: { API: JSON.stringify(api), 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  const code = outputFiles[0]?.text ?? '';
  const html = '<!doctype html><title>App</title><link rel="icon" href="data:,"><div id="root"></div>';
  const server = createServer(({ url }, response) => {
    if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(code);
    else response.setHeader('content-type', 'text/html').end(`${html}<script type="module" src="/page.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  const origin = `http://localhost:${port}`;
  return { url: `${origin}/`, origin, close: () => server.close() };
}

import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { type Html, html } from './html.ts';
import { sendPage } from './page.ts';

/** Built by scripts/build/docs.mjs. */
const DIRECTORY = new URL('../../../assets/docs/', import.meta.url);

const STYLE = `
main.wide { max-width: 64rem; }
.docs { overflow-wrap: break-word; }
.docs > :not(table, pre) { max-width: 46rem; }
.docs h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
.docs h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
.docs h4 { margin: 1.25rem 0 .25rem; }
.docs li { margin: .25rem 0; }
.docs code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.docs pre code { font-size: 1em; }
.docs pre { white-space: pre; overflow-x: auto; overflow-wrap: normal; }
.docs table { display: block; max-width: 100%; overflow-x: auto; margin: 0 0 1rem; border-collapse: collapse; font-size: .9rem; }
.docs th, .docs td { padding: .4rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
.docs td:last-child { min-width: 12rem; overflow-wrap: anywhere; }
.docs blockquote { margin: 0 0 1rem; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
`;

/** The documentation of this version, in development. Not served if it was not built. */
export function docsPages(app: FastifyInstance): void {
  if (!existsSync(DIRECTORY)) return;
  const files = readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' });
  const pages = new Set(files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)));

  app.get<{ Params: { '*'?: string } }>('/dev/docs/*', { exposeHeadRoute: true }, async (request, reply) => {
    const name = request.params['*'] ?? '';
    return pages.has(name) ? sendPage(reply, 200, await readPage(name)) : reply.callNotFound();
  });
  app.get('/dev/docs', { exposeHeadRoute: true }, async (_request, reply) =>
    sendPage(reply, 200, await readPage('index')),
  );
}

async function readPage(name: string) {
  const { title, content } = JSON.parse(await readFile(new URL(`${name}.json`, DIRECTORY), 'utf8'));
  // Escaped when it was built, from our own files.
  const text: Html = { markup: String(content) };
  return {
    locale: 'en',
    title: String(title),
    wide: true,
    style: STYLE,
    content: html`<nav><p><a href="/">Latchkey</a> · <a href="/dev/docs">Documentation</a></p></nav>
<article class="card docs">${text}</article>
`,
  } as const;
}

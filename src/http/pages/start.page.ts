import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Client } from '../../core/request.ts';
import { listOffers, type OfferName } from '../offers.ts';
import { type Html, html } from './html.ts';
import { sendPage } from './page.ts';
import { START_WORDS } from './start.words.ts';

interface Dependencies {
  version: string;
  readClient(request: FastifyRequest): Client;
}

/** The cards of the page. */
const GROUPS = {
  use: ['graphiql', 'outbox', 'account', 'console'],
  read: ['docs', 'schema'],
  services: ['discovery', 'keys', 'revocations', 'readiness', 'liveness'],
} as const satisfies Record<string, readonly OfferName[]>;

const STYLE = `
.offers { margin: .75rem 0 0; }
.offers dt { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .5rem; font-weight: 600; overflow-wrap: anywhere; }
.offers dd { margin: 0 0 .75rem; color: var(--quiet); }
.offers dd:last-child { margin-bottom: 0; }
.path { min-width: 0; font: .8rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-weight: 400; color: var(--quiet); }
`;

/** `GET /` in development: links to what this server offers. */
export function startPage(app: FastifyInstance, { version, readClient }: Dependencies): void {
  app.get('/', { exposeHeadRoute: true }, async (request, reply) => {
    const { locale } = readClient(request);
    const words = START_WORDS[locale];
    const offered = listOffers(app);
    const offer = (name: OfferName): Html | undefined => {
      const path = offered[name];
      if (path === undefined) return undefined;
      const [label, description] = words.offers[name];
      return html`<dt><a href="${path}">${label}</a><span class="path">${path}</span></dt><dd>${description}</dd>
`;
    };
    const group = (name: keyof typeof GROUPS): Html => {
      const items = GROUPS[name].flatMap((one) => offer(one) ?? []);
      return items.length === 0
        ? html``
        : html`<section class="card"><h2>${words.groups[name]}</h2><dl class="offers">${items}</dl></section>
`;
    };
    return sendPage(reply, 200, {
      locale,
      title: 'Latchkey',
      wide: true,
      style: STYLE,
      content: html`<header><h1>${words.heading}</h1><span class="quiet">${version}</span></header>
${group('use')}${group('read')}${group('services')}<p class="quiet">${words.note}</p>
`,
    });
  });
}

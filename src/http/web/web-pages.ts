import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Client } from '../../core/request.ts';
import type { Product } from '../../messages/product.ts';
import { sendPage } from '../pages/page.ts';
import type { PageData } from './page-data.ts';
import type { FindReturnUrl } from './return-urls.ts';
import { createWebFiles, type WebEntryName } from './web-files.ts';

interface Dependencies {
  pages: Pick<Config['pages'], 'account' | 'console'>;
  product: Product;
  version: string;
  production: boolean;
  /** FEDERATION_PREFIX: the prefix of types and operations in the schema. */
  namePrefix: string;
  findReturnUrl: FindReturnUrl;
  readClient(request: FastifyRequest): Client;
}

/** Where the account pages send people who came with `?return_to=`, once they are done. */
const RETURN_PATH = '/account/return';

/** The account pages and the console. Scripts fill them: see web/. */
export function webPages(app: FastifyInstance, dependencies: Dependencies): void {
  const { pages, product, version, production, namePrefix, findReturnUrl, readClient } = dependencies;
  const { name, logoUrl, support } = product;
  const data: PageData = {
    product: { name, logoUrl, support },
    pages: { account: pages.account, console: pages.console },
    namePrefix,
    version,
    isDevelopment: !production,
  };

  const files = createWebFiles();
  const serve = (entry: WebEntryName) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { locale } = readClient(request);
    return sendPage(reply, 200, { product, locale, title: name, app: { entry: files.findEntry(entry), data } });
  };
  const route = (entry: WebEntryName) => {
    app.get(`/${entry}`, { exposeHeadRoute: true }, serve(entry));
    app.get(`/${entry}/*`, { exposeHeadRoute: true }, serve(entry));
  };

  if (pages.account || pages.console) files.serve(app);
  if (pages.console) route('console');
  if (!pages.account) return;
  route('account');
  app.get<{ Querystring: { to?: unknown } }>(RETURN_PATH, async (request, reply) => {
    const { to } = request.query;
    const url = typeof to === 'string' ? findReturnUrl(to) : undefined;
    return reply.header('referrer-policy', 'no-referrer').redirect(url ?? '/account?problem=return_to', 303);
  });
  if (production) app.get('/', async (_request, reply) => reply.redirect('/account', 302));
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Client } from '../../core/request.ts';
import { isRandomToken } from '../../core/secrets.ts';
import type { Product } from '../../messages/product.ts';
import { errorCode, statusHeaders } from '../errors.ts';
import { createUnavailableLine } from '../unavailable-line.ts';
import { acceptFormsOnly, isCrossSite, readField } from './form.ts';
import { type Html, html } from './html.ts';
import { type Page, sendPage } from './page.ts';
import { type CommonOutcome, GO_TO_ACCOUNT, type LinkWords, type OutcomeText } from './words.ts';

/** Dependencies of every page that a link opens. */
export interface LinkPageDependencies {
  publicUrl: string;
  product: Product;
  /** Whether this server has account pages, where users can go on. */
  hasAccountPages: boolean;
  readClient(request: FastifyRequest): Client;
  log: Log;
}

export type FormPage = Omit<Page, 'locale' | 'title' | 'product'>;

/** Input that was rejected: the form is shown again, with error messages. */
export interface RejectedForm {
  form: FormPage;
}

/** Accepted, and more is needed. */
export interface NextForm {
  next: FormPage;
}

interface LinkPage<Outcome extends string> {
  path: `/${string}`;
  words: Record<Locale, LinkWords<Outcome>>;
  /** The form that posts the token, or why there is none. Must not change anything: mail scanners follow links. */
  renderForm(token: string, client: Client): Promise<FormPage | CommonOutcome>;
  /** Runs when the user submits the form. */
  submit(
    token: string,
    client: Client,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Outcome | CommonOutcome | RejectedForm | NextForm>;
  /** Bytes; by default enough for a token. */
  formLimit?: number;
}

/** The status of any other outcome is 200. */
const STATUSES: Partial<Record<string, number>> & Record<CommonOutcome, number> = {
  WRONG_CODE: 404,
  UNKNOWN: 404,
  EXPIRED: 410,
  ALREADY_USED: 410,
  TOO_MANY_ATTEMPTS: 429,
  RATE_LIMITED: 429,
  ACCOUNT_DISABLED: 403,
  IN_THE_APP: 403,
  EMAIL_TAKEN: 409,
  INCOMPLETE: 400,
  CROSS_SITE: 403,
  UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
};
const REJECTED_FORM_STATUS = 422;

/** Other text cannot be one of our tokens and is not looked up. */
const isToken = (text: unknown): text is string => typeof text === 'string' && isRandomToken(text);

/** A page that a link in a message opens. GET shows a form and changes nothing; the form posts the token to the same URL. */
export function linkPage<Outcome extends string>(
  app: FastifyInstance,
  { publicUrl, product, hasAccountPages, readClient, log }: LinkPageDependencies,
  { path, words, renderForm, submit, formLimit }: LinkPage<Outcome>,
): void {
  const sendForm = (reply: FastifyReply, status: number, locale: Locale, form: FormPage) =>
    sendPage(reply, status, { ...form, product, locale, title: words[locale].title });
  const sendOutcome = (reply: FastifyReply, outcome: Outcome | CommonOutcome, locale: Locale) =>
    sendOutcomePage(reply, words[locale].outcomes[outcome], {
      status: STATUSES[outcome] ?? 200,
      locale,
      product,
      hasAccountPages,
    });

  app.register(async (scope) => {
    acceptFormsOnly(scope, formLimit);
    const logUnavailable = createUnavailableLine(log);
    scope.setErrorHandler((error, request, reply) => {
      const outcome = toOutcome(error);
      if (outcome === 'INTERNAL_ERROR') log.error({ err: error, requestId: request.id }, 'could not serve a page');
      if (outcome === 'UNAVAILABLE') logUnavailable(error, { requestId: request.id });
      return sendOutcome(reply, outcome, readClient(request).locale);
    });

    scope.get<{ Querystring: { token?: unknown } }>(path, { exposeHeadRoute: true }, async (request, reply) => {
      const client = readClient(request);
      const { token } = request.query;
      if (!isToken(token)) return sendOutcome(reply, 'INCOMPLETE', client.locale);
      const form = await renderForm(token, client);
      return typeof form === 'string'
        ? sendOutcome(reply, form, client.locale)
        : sendForm(reply, 200, client.locale, form);
    });

    scope.post(path, async (request, reply) => {
      const client = readClient(request);
      if (isCrossSite(request, publicUrl)) return sendOutcome(reply, 'CROSS_SITE', client.locale);
      const token = readField(request, 'token');
      if (!isToken(token)) return sendOutcome(reply, 'INCOMPLETE', client.locale);
      const result = await submit(token, client, request, reply);
      if (typeof result === 'string') return sendOutcome(reply, result, client.locale);
      return 'next' in result
        ? sendForm(reply, 200, client.locale, result.next)
        : sendForm(reply, REJECTED_FORM_STATUS, client.locale, result.form);
    });
  });
}

function toOutcome(error: unknown): CommonOutcome {
  if (errorCode(error) === 'SERVICE_UNAVAILABLE') return 'UNAVAILABLE';
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'INCOMPLETE' : 'INTERNAL_ERROR'; // too large, or not a form
}

function sendOutcomePage(
  reply: FastifyReply,
  [heading, nextStep]: OutcomeText,
  {
    status,
    locale,
    product,
    hasAccountPages,
  }: { status: number; locale: Locale } & Pick<LinkPageDependencies, 'product' | 'hasAccountPages'>,
): FastifyReply {
  reply.headers(statusHeaders(status));
  return sendPage(reply, status, {
    product,
    locale,
    title: heading,
    content: html`<div class="card" role="status">
<h1 class="${status === 200 ? 'good' : 'bad'}">${heading}</h1>
<p>${nextStep}</p>
${hasAccountPages ? html`<p><a href="account">${GO_TO_ACCOUNT[locale]}</a></p>\n` : ''}</div>`,
  });
}

/** The card with the form. */
export const formCard = (
  { path, token, site, button }: { path: string; token: string; site: string; button?: string | undefined },
  words: Omit<LinkWords<never>, 'outcomes'>,
  fields: Html = html``,
): Html => html`<div class="card">
<h1>${words.title}</h1>
<p>${words.question.replaceAll('{site}', site)}</p>
<form method="post" action="${path.slice(1)}">
<input type="hidden" name="token" value="${token}">
${fields}<button type="submit">${button ?? words.button}</button>
</form>
<p class="quiet">${words.caution}</p>
</div>`;

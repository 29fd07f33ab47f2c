import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Client } from '../../core/request.ts';
import { errorCode, statusHeaders } from '../errors.ts';
import { acceptFormsOnly, isCrossSite, readField } from './form.ts';
import { type Html, html } from './html.ts';
import { type Page, sendPage } from './page.ts';
import type { CommonOutcome, LinkWords, OutcomeText } from './words.ts';

/** What every page behind a link needs. */
export interface LinkPageParts {
  publicUrl: string;
  /** The name of the service, as in its messages. */
  site: string;
  readClient(request: FastifyRequest): Client;
  log: Log;
}

/** Shows the form again, with its problems. */
export interface FormAgain {
  form: Omit<Page, 'locale' | 'title'>;
}

interface LinkPage<Outcome extends string> {
  path: `/${string}`;
  words: Record<Locale, LinkWords<Outcome>>;
  /** The form that posts the token. Must not change anything: mail scanners follow links. */
  ask(token: string, client: Client): Promise<FormAgain['form']>;
  /** Runs when the button is pressed. */
  act(token: string, client: Client, request: FastifyRequest): Promise<Outcome | CommonOutcome | FormAgain>;
  /** Bytes; by default enough for a token. */
  formLimit?: number;
}

/** Other outcomes are answered with 200. */
const STATUSES: Partial<Record<string, number>> & Record<CommonOutcome, number> = {
  WRONG_CODE: 404,
  UNKNOWN: 404,
  EXPIRED: 410,
  ALREADY_USED: 410,
  TOO_MANY_ATTEMPTS: 429,
  RATE_LIMITED: 429,
  ACCOUNT_DISABLED: 403,
  EMAIL_TAKEN: 409,
  INCOMPLETE: 400,
  FOREIGN: 403,
  UNAVAILABLE: 503,
  BROKEN: 500,
};
const FORM_AGAIN = 422;

/** Anything else cannot be one of our tokens and is not looked up. */
const TOKEN = /^[A-Za-z0-9._~-]{16,512}$/;
const isToken = (text: unknown): text is string => typeof text === 'string' && TOKEN.test(text);

/** A page behind a link in a message. GET shows a form and changes nothing; the form posts the token to the same URL. */
export function linkPage<Outcome extends string>(
  app: FastifyInstance,
  { publicUrl, readClient, log }: LinkPageParts,
  { path, words, ask, act, formLimit }: LinkPage<Outcome>,
): void {
  const sendForm = (reply: FastifyReply, status: number, locale: Locale, form: FormAgain['form']) =>
    sendPage(reply, status, { ...form, locale, title: words[locale].title });
  const sendOutcome = (reply: FastifyReply, outcome: Outcome | CommonOutcome, locale: Locale) =>
    sendOutcomePage(reply, words[locale].outcomes[outcome], STATUSES[outcome] ?? 200, locale);

  app.register(async (scope) => {
    acceptFormsOnly(scope, formLimit);
    scope.setErrorHandler((error, request, reply) => {
      const outcome = toOutcome(error);
      if (outcome === 'BROKEN') log.error({ err: error, requestId: request.id }, 'a page failed');
      if (outcome === 'UNAVAILABLE') log.warn({ err: error, requestId: request.id }, 'a dependency is unavailable');
      return sendOutcome(reply, outcome, readClient(request).locale);
    });

    scope.get<{ Querystring: { token?: unknown } }>(path, async (request, reply) => {
      const client = readClient(request);
      const { token } = request.query;
      if (!isToken(token)) return sendOutcome(reply, 'INCOMPLETE', client.locale);
      return sendForm(reply, 200, client.locale, await ask(token, client));
    });

    scope.post(path, async (request, reply) => {
      const client = readClient(request);
      if (isCrossSite(request, publicUrl)) return sendOutcome(reply, 'FOREIGN', client.locale);
      const token = readField(request, 'token');
      if (!isToken(token)) return sendOutcome(reply, 'INCOMPLETE', client.locale);
      const result = await act(token, client, request);
      return typeof result === 'string'
        ? sendOutcome(reply, result, client.locale)
        : sendForm(reply, FORM_AGAIN, client.locale, result.form);
    });
  });
}

function toOutcome(error: unknown): CommonOutcome {
  if (errorCode(error) === 'SERVICE_UNAVAILABLE') return 'UNAVAILABLE';
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'INCOMPLETE' : 'BROKEN'; // too large, or not a form
}

function sendOutcomePage(
  reply: FastifyReply,
  [heading, nextStep]: OutcomeText,
  status: number,
  locale: Locale,
): FastifyReply {
  reply.headers(statusHeaders(status));
  return sendPage(reply, status, {
    locale,
    title: heading,
    content: html`<div class="card" role="status">
<h1 class="${status === 200 ? 'good' : 'bad'}">${heading}</h1>
<p>${nextStep}</p>
</div>`,
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

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Client } from '../../core/request.ts';
import { codeOf, statusHeaders } from '../errors.ts';
import { acceptFormsOnly, fieldOf, isForeign } from './form.ts';
import { type Html, html } from './html.ts';
import { type Page, sendPage } from './page.ts';
import type { CommonOutcome, LinkWords } from './words.ts';

/** What every page behind a link stands on. */
export interface LinkPageParts {
  publicUrl: string;
  /** How the service is called in what it writes. */
  site: string;
  clientOf(request: FastifyRequest): Client;
  log: Log;
}

/** The same form again, with what was wrong in it. */
export interface FormAgain {
  form: Omit<Page, 'locale' | 'title'>;
}

interface LinkPage<Outcome extends string> {
  path: `/${string}`;
  words: Record<Locale, LinkWords<Outcome>>;
  /** The form that posts the token; must change nothing, because mail scanners follow links. */
  ask(token: string, client: Client): Promise<FormAgain['form']>;
  /** Does what the button promises. */
  act(token: string, client: Client, request: FastifyRequest): Promise<Outcome | CommonOutcome | FormAgain>;
  /** Bytes of the form; undefined: enough for a token. */
  formLimit?: number;
}

/** How an end that nobody wished is answered; every other one with 200. */
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

/** What a token of ours is made of. Anything else need not be looked up. */
const TOKEN = /^[A-Za-z0-9._~-]{16,512}$/;
const isToken = (text: unknown): text is string => typeof text === 'string' && TOKEN.test(text);

/** A page behind a link in a message: GET asks and changes nothing, the form posts the token to the same address. */
export function linkPage<Outcome extends string>(
  app: FastifyInstance,
  { publicUrl, clientOf, log }: LinkPageParts,
  { path, words, ask, act, formLimit }: LinkPage<Outcome>,
): void {
  const sendForm = (reply: FastifyReply, status: number, locale: Locale, form: FormAgain['form']) =>
    sendPage(reply, status, { ...form, locale, title: words[locale].title });
  const sendEnd = (reply: FastifyReply, outcome: Outcome | CommonOutcome, locale: Locale) =>
    sendOutcome(reply, words[locale].outcomes[outcome], STATUSES[outcome] ?? 200, locale);

  app.register(async (scope) => {
    acceptFormsOnly(scope, formLimit);
    scope.setErrorHandler((error, request, reply) => {
      const outcome = outcomeOf(error);
      if (outcome === 'BROKEN') log.error({ err: error, requestId: request.id }, 'a page failed');
      if (outcome === 'UNAVAILABLE') log.warn({ err: error, requestId: request.id }, 'a dependency is down');
      return sendEnd(reply, outcome, clientOf(request).locale);
    });

    scope.get<{ Querystring: { token?: unknown } }>(path, async (request, reply) => {
      const client = clientOf(request);
      const { token } = request.query;
      if (!isToken(token)) return sendEnd(reply, 'INCOMPLETE', client.locale);
      return sendForm(reply, 200, client.locale, await ask(token, client));
    });

    scope.post(path, async (request, reply) => {
      const client = clientOf(request);
      if (isForeign(request, publicUrl)) return sendEnd(reply, 'FOREIGN', client.locale);
      const token = fieldOf(request, 'token');
      if (!isToken(token)) return sendEnd(reply, 'INCOMPLETE', client.locale);
      const end = await act(token, client, request);
      return typeof end === 'string'
        ? sendEnd(reply, end, client.locale)
        : sendForm(reply, FORM_AGAIN, client.locale, end.form);
    });
  });
}

function outcomeOf(error: unknown): CommonOutcome {
  if (codeOf(error) === 'SERVICE_UNAVAILABLE') return 'UNAVAILABLE';
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'INCOMPLETE' : 'BROKEN'; // too large, or no form at all
}

function sendOutcome(
  reply: FastifyReply,
  [heading, whatToDoNow]: readonly [string, string],
  status: number,
  locale: Locale,
): FastifyReply {
  reply.headers(statusHeaders(status));
  return sendPage(reply, status, {
    locale,
    title: heading,
    content: html`<div class="card" role="status">
<h1 class="${status === 200 ? 'good' : 'bad'}">${heading}</h1>
<p>${whatToDoNow}</p>
</div>`,
  });
}

/** The card with the form: what it is about, the fields, the button, and a word to who did not ask. */
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

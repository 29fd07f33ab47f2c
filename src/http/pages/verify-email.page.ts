import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Client } from '../../core/request.ts';
import { codeOf, statusHeaders } from '../errors.ts';
import { acceptFormsOnly, fieldOf, isForeign } from './form.ts';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { type PageOutcome, VERIFY_EMAIL_WORDS, type VerifyEmailOutcome } from './words.ts';

interface Dependencies {
  publicUrl: string;
  /** How the service is called in what it writes. */
  site: string;
  clientOf(request: FastifyRequest): Client;
  /** Proves the address. A link signs nobody in: whoever opens it may not be who asked. */
  verify(token: string, client: Client): Promise<VerifyEmailOutcome>;
  log: Log;
}

const STATUSES: Record<PageOutcome, number> = {
  VERIFIED: 200,
  WRONG_CODE: 404,
  UNKNOWN: 404,
  EXPIRED: 410,
  ALREADY_USED: 410,
  TOO_MANY_ATTEMPTS: 429,
  RATE_LIMITED: 429,
  ACCOUNT_DISABLED: 403,
  INCOMPLETE: 400,
  FOREIGN: 403,
  UNAVAILABLE: 503,
  BROKEN: 500,
};

/** What a token of ours is made of. Anything else need not be looked up. */
const TOKEN = /^[A-Za-z0-9._~-]{16,512}$/;
const isToken = (text: unknown): text is string => typeof text === 'string' && TOKEN.test(text);

/** GET shows a button and changes nothing, because mail scanners follow links; the button posts the token. */
export function verifyEmailPage(app: FastifyInstance, dependencies: Dependencies): void {
  const { publicUrl, site, clientOf, verify, log } = dependencies;

  app.register(async (scope) => {
    acceptFormsOnly(scope);
    scope.setErrorHandler((error, request, reply) => {
      const outcome = outcomeOf(error);
      if (outcome === 'BROKEN') log.error({ err: error, requestId: request.id }, 'a page failed');
      if (outcome === 'UNAVAILABLE') log.warn({ err: error, requestId: request.id }, 'a dependency is down');
      return sendOutcome(reply, outcome, clientOf(request).locale);
    });

    scope.get<{ Querystring: { token?: unknown } }>('/verify-email', (request, reply) => {
      const { locale } = clientOf(request);
      const { token } = request.query;
      return isToken(token) ? sendQuestion(reply, token, site, locale) : sendOutcome(reply, 'INCOMPLETE', locale);
    });

    scope.post('/verify-email', async (request, reply) => {
      const client = clientOf(request);
      if (isForeign(request, publicUrl)) return sendOutcome(reply, 'FOREIGN', client.locale);
      const token = fieldOf(request, 'token');
      return sendOutcome(reply, isToken(token) ? await verify(token, client) : 'INCOMPLETE', client.locale);
    });
  });
}

function outcomeOf(error: unknown): PageOutcome {
  if (codeOf(error) === 'SERVICE_UNAVAILABLE') return 'UNAVAILABLE';
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'INCOMPLETE' : 'BROKEN'; // too large, or no form at all
}

function sendQuestion(reply: FastifyReply, token: string, site: string, locale: Locale): FastifyReply {
  const { title, question, button, caution } = VERIFY_EMAIL_WORDS[locale];
  return sendPage(reply, 200, {
    locale,
    title,
    content: html`<div class="card">
<h1>${title}</h1>
<p>${question.replaceAll('{site}', site)}</p>
<form method="post" action="verify-email">
<input type="hidden" name="token" value="${token}">
<button type="submit">${button}</button>
</form>
<p class="quiet">${caution}</p>
</div>`,
  });
}

function sendOutcome(reply: FastifyReply, outcome: PageOutcome, locale: Locale): FastifyReply {
  const [title, advice] = VERIFY_EMAIL_WORDS[locale].outcomes[outcome];
  const tone = outcome === 'VERIFIED' ? 'good' : 'bad';
  reply.headers(statusHeaders(STATUSES[outcome]));
  return sendPage(reply, STATUSES[outcome], {
    locale,
    title,
    content: html`<div class="card" role="status">
<h1 class="${tone}">${title}</h1>
<p>${advice}</p>
</div>`,
  });
}

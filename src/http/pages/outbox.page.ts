import type { FastifyInstance, FastifyReply } from 'fastify';
import { showEmail } from '../../core/identifiers.ts';
import type { SentMessage } from '../../features/outbox/outbox.ts';
import { type Html, html } from './html.ts';
import { PAGE_HEADERS, sendPage } from './page.ts';

interface Dependencies {
  /** Newest first. */
  recent(limit: number): Promise<SentMessage[]>;
}

const SHOWN = 100;

/** Mails have inline styles; everything else in them is blocked. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups";

/** All sent messages, for development. Registered only if the outbox viewer is enabled. A script shows new ones. */
export function outboxPage(app: FastifyInstance, { recent }: Dependencies): void {
  app.get('/dev/outbox', { exposeHeadRoute: true }, async (request, reply) => {
    const messages = await recent(SHOWN);
    reply.header('vary', 'accept');
    return wantsJson(request.headers.accept) ? reply.headers(PAGE_HEADERS).send(messages) : sendList(reply, messages);
  });

  app.get<{ Params: { id: string } }>('/dev/outbox/:id', async (request, reply) => {
    const message = (await recent(SHOWN)).find(({ id }) => id === request.params.id);
    if (!message?.html) return reply.callNotFound();
    return reply
      .headers({ ...PAGE_HEADERS, 'content-security-policy': MAIL_POLICY })
      .type('text/html; charset=utf-8')
      .send(message.html);
  });
}

const wantsJson = (accept = ''): boolean => accept.includes('application/json') && !accept.includes('text/html');

function sendList(reply: FastifyReply, messages: readonly SentMessage[]): FastifyReply {
  const empty = html`<div class="card" id="empty"><p>No messages yet. New ones appear here by themselves.</p></div>`;
  return sendPage(reply, 200, {
    locale: 'en',
    title: 'Outbox',
    wide: true,
    script: '../pages/outbox.js',
    reads: true,
    content: html`<header><h1>Outbox</h1><span class="quiet" id="news" role="status"></span><a href="outbox">Refresh</a></header>
<div id="messages">${messages.length === 0 ? empty : messages.map(card)}</div>`,
  });
}

const card = (message: SentMessage): Html => html`<article class="card" id="${message.id}">
<h2>${message.subject ?? message.kind}</h2>
<p class="facts quiet"><span>to ${message.to === null ? '(deleted)' : showEmail(message.to)}</span><span>${message.kind}</span>${message.channel === 'SMS' ? html`<span>text message</span>` : ''}<span>${message.locale}</span><span>${message.state}${message.lastError ? ` (${message.lastError})` : ''}</span><time datetime="${message.createdAt.toISOString()}">${message.createdAt.toISOString().replace('T', ' ').slice(0, 19)} UTC</time></p>
${message.code ? html`<p class="code">${message.code}</p>` : ''}
${message.link ? html`<p class="link"><a href="${message.link}">${message.link}</a></p>` : ''}
${message.text ? html`<pre tabindex="0">${message.text}</pre>` : ''}
${message.html ? html`<p><a href="outbox/${message.id}">Show as HTML</a></p>` : ''}
</article>
`;

import { LOCALES, parseLocale } from '../../core/locale.ts';
import { pickCodeAndLink, renderMessage } from '../../messages/render.ts';
import { renderSms } from '../../messages/sms.ts';
import type { Templates } from '../../messages/templates.ts';
import type { MessageSeal } from './message-seal.ts';
import type { OutboxMessage, SentMessage } from './outbox.ts';

interface Dependencies {
  messageSeal: MessageSeal;
  templates: Templates;
  /** The host that codes in text messages are bound to. */
  domain: string;
}

export interface OutboxViewer {
  /** Renders a message as it was sent. The content is null once it was deleted. */
  show(row: OutboxMessage): Promise<SentMessage>;
}

export function createOutboxViewer({ messageSeal, templates, domain }: Dependencies): OutboxViewer {
  const NO_CONTENT = { to: null, subject: null, text: null, html: null, code: null, link: null };

  async function content(row: OutboxMessage): Promise<Omit<SentMessage, keyof OutboxMessage>> {
    const locale = parseLocale(row.locale) ?? LOCALES[0];
    if (row.channel === 'SMS') {
      const message = await messageSeal.openSms(row);
      const code = 'code' in message ? message.code : null;
      return { ...NO_CONTENT, to: message.to, text: renderSms(message, locale, { domain }), code };
    }
    const message = await messageSeal.openMail(row);
    const { code = null, link = null } = pickCodeAndLink(message);
    return { to: message.to, ...renderMessage(message, locale, templates), code, link };
  }

  return {
    async show(row) {
      const { id, channel, kind, locale, state, createdAt, lastError } = row;
      const shown = { id, channel, kind, locale, state, createdAt, lastError };
      return { ...shown, ...(await content(row).catch(() => NO_CONTENT)) };
    },
  };
}

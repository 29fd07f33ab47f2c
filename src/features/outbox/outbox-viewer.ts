import { LRUCache } from 'lru-cache';
import { LOCALES, parseLocale } from '../../core/locale.ts';
import { pickCodeAndLink, renderMessage } from '../../messages/render.ts';
import type { SmsTexts } from '../../messages/sms-texts.ts';
import type { Templates } from '../../messages/templates.ts';
import type { MessageSeal } from './message-seal.ts';
import type { OutboxMessage, SentMessage } from './outbox.ts';

interface Dependencies {
  messageSeal: MessageSeal;
  templates: Templates;
  texts: SmsTexts;
}

/** More than the page shows. */
const MAX_CACHED = 200;

export interface OutboxViewer {
  /** Renders a message as it was sent. The content is null once it was deleted. */
  show(row: OutboxMessage): Promise<SentMessage>;
}

type Content = Omit<SentMessage, keyof OutboxMessage>;

const NO_CONTENT: Content = { to: null, subject: null, text: null, html: null, code: null, link: null };

export function createOutboxViewer({ messageSeal, templates, texts }: Dependencies): OutboxViewer {
  /** By sealed content. The page refreshes itself, and decrypting and rendering a message takes a millisecond. */
  const rendered = new LRUCache<string, Content>({ max: MAX_CACHED });

  async function render(row: OutboxMessage): Promise<Content> {
    const locale = parseLocale(row.locale) ?? LOCALES[0];
    if (row.channel === 'SMS') {
      const message = await messageSeal.openSms(row);
      const code = 'code' in message ? message.code : null;
      return { ...NO_CONTENT, to: message.to, text: texts.render(message, locale), code };
    }
    const message = await messageSeal.openMail(row);
    const { code = null, link = null } = pickCodeAndLink(message);
    return { to: message.to, ...renderMessage(message, locale, templates), code, link };
  }

  async function readContent(row: OutboxMessage): Promise<Content> {
    if (row.sealed === null) return NO_CONTENT;
    const content = rendered.get(row.sealed) ?? (await render(row).catch(() => NO_CONTENT));
    rendered.set(row.sealed, content);
    return content;
  }

  return {
    async show(row) {
      const { id, channel, kind, locale, state, createdAt, lastError } = row;
      return { id, channel, kind, locale, state, createdAt, lastError, ...(await readContent(row)) };
    },
  };
}

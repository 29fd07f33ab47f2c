import { after, type Clock, SECOND } from '../../core/clock.ts';
import { LOCALES, localeOf } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Delivery, Mailer } from '../../infra/mail/mailer.ts';
import { aged } from '../../messages/message.ts';
import { renderMessage } from '../../messages/render.ts';
import type { Templates } from '../../messages/templates.ts';
import type { LetterSeal } from './letter-seal.ts';
import { deferLetter, finishLetter } from './outbox.repo.ts';
import { type Letter, type LetterEnd, MAX_ATTEMPTS, retryDelay } from './outbox.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  letterSeal: LetterSeal;
  mailer: Mailer;
  templates: Templates;
  log: Log;
  keepSealed: boolean;
  random: () => number;
}

/**
 * Mail is sent at least once: when a worker dies between the server's yes and the row's `sent`, the message goes out
 * again under the same Message-ID.
 */
export function createMailDelivery(dependencies: Dependencies) {
  const { db, clock, letterSeal, mailer, templates, log, keepSealed, random } = dependencies;

  /** Also for a message that we fail at ourselves: another replica, or the next version, may be able to send it. */
  async function send(letter: Letter): Promise<Delivery | { outcome: 'expired' }> {
    let stage = 'opening';
    try {
      const age = clock.now().getTime() - letter.createdAt.getTime();
      const message = aged(await letterSeal.openMail(letter), age);
      if (!message) return { outcome: 'expired' };
      stage = 'rendering';
      const words = renderMessage(message, localeOf(letter.locale) ?? LOCALES[0], templates);
      stage = 'sending';
      return await mailer.send({ to: message.to, ...words, messageId: letter.id });
    } catch (error) {
      return { outcome: 'deferred', error: `${stage} it failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  return async (letter: Letter): Promise<void> => {
    const end = (end: LetterEnd, error?: string) =>
      finishLetter(db, { id: letter.id, end, now: clock.now(), keepSealed, ...(error === undefined ? {} : { error }) });
    const giveUp = async (error: string) => {
      await end('dead', error);
      log.error({ letter: letter.id, kind: letter.kind, attempts: letter.attempts, error }, 'a message was given up');
    };

    if (letter.expiresAt <= clock.now()) return end('expired', letter.lastError ?? undefined);
    // Counted when it was leased, so a letter that kills its worker ends here too.
    if (letter.attempts > MAX_ATTEMPTS) return giveUp(letter.lastError ?? 'its worker never returned');

    const delivery = await send(letter);
    if (delivery.outcome === 'sent' || delivery.outcome === 'expired') return end(delivery.outcome);
    if (delivery.outcome === 'refused' || letter.attempts === MAX_ATTEMPTS) return giveUp(delivery.error);
    const delay = retryDelay(letter.attempts, random());
    await deferLetter(db, letter, after(clock.now(), delay), delivery.error);
    const facts = { letter: letter.id, kind: letter.kind, attempts: letter.attempts, error: delivery.error };
    log.warn({ ...facts, retryInSeconds: Math.round(delay / SECOND) }, 'a message could not be sent yet');
  };
}

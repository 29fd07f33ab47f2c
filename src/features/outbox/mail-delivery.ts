import { after, type Clock, SECOND } from '../../core/clock.ts';
import { LOCALES, parseLocale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Delivery, Mailer } from '../../infra/mail/mailer.ts';
import { dropExpired } from '../../messages/message.ts';
import { renderMessage } from '../../messages/render.ts';
import type { Templates } from '../../messages/templates.ts';
import { type DeliveryGate, toChecked } from './delivery-gate.ts';
import type { MessageSeal } from './message-seal.ts';
import { deferMessage, discardMessages, finishMessage } from './outbox.repo.ts';
import { type FinalState, MAX_ATTEMPTS, type OutboxMessage, retryDelay } from './outbox.ts';

/**
 * Sends a leased mail and records the result. At least once: if a worker dies after the mail server accepted a message and
 * before this is recorded, the message is sent again under the same Message-ID.
 */
export type DeliverMail = (row: OutboxMessage) => Promise<void>;

/** Not handed to the mail server. @param retryAfter milliseconds */
type Unsent = { outcome: 'expired' } | { outcome: 'suppressed' } | { outcome: 'waiting'; retryAfter: number };

interface Dependencies {
  db: Db;
  clock: Clock;
  messageSeal: MessageSeal;
  mailer: Mailer;
  templates: Templates;
  gate: DeliveryGate;
  log: Log;
  keepSealed: boolean;
  random: () => number;
}

export function createMailDelivery(dependencies: Dependencies): DeliverMail {
  const { db, clock, messageSeal, mailer, templates, gate, log, keepSealed, random } = dependencies;

  /** Our own failures are deferred too: another replica, or the next version, may be able to send the message. */
  async function send(row: OutboxMessage): Promise<Delivery | Unsent> {
    let stage = 'opening';
    try {
      const age = clock.now().getTime() - row.createdAt.getTime();
      const message = dropExpired(await messageSeal.openMail(row), age);
      if (!message) return { outcome: 'expired' };
      stage = 'rendering';
      const content = renderMessage(message, parseLocale(row.locale) ?? LOCALES[0], templates);
      stage = 'checking the limits';
      const checked = toChecked(row, message);
      const admission = checked && (await gate.admit(checked));
      if (admission?.decision === 'suppress') return { outcome: 'suppressed' };
      if (admission?.decision === 'wait') return { outcome: 'waiting', retryAfter: admission.retryAfter };
      stage = 'sending';
      const delivery = await mailer.send({ to: message.to, ...content, messageId: row.id });
      if (checked && delivery.outcome !== 'sent') await gate.refund(checked);
      return delivery;
    } catch (error) {
      return { outcome: 'deferred', error: `${stage} failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  return async (row) => {
    const finish = (state: FinalState, error?: string) =>
      finishMessage(db, { id: row.id, state, now: clock.now(), keepSealed, ...(error === undefined ? {} : { error }) });
    // An administrator can retry it until it expires. Then its content is deleted.
    const giveUp = async (error: string) => {
      await finishMessage(db, { id: row.id, state: 'dead', now: clock.now(), error, keepSealed: true });
      log.error({ row: row.id, kind: row.kind, attempts: row.attempts, error }, 'gave up on a message');
    };

    if (row.expiresAt <= clock.now()) return finish('expired', row.lastError ?? undefined);
    // Attempts are counted at the lease, so a message that crashes its worker also ends here.
    if (row.attempts > MAX_ATTEMPTS) return giveUp(row.lastError ?? 'every worker that tried to send it died');

    const delivery = await send(row);
    if (delivery.outcome === 'sent' || delivery.outcome === 'expired') return finish(delivery.outcome);
    if (delivery.outcome === 'suppressed') return discardMessages(db, [row.id], clock.now());
    if (delivery.outcome === 'waiting')
      return deferMessage(db, row, after(clock.now(), delivery.retryAfter), 'a limit is exceeded');
    if (delivery.outcome === 'refused' || row.attempts === MAX_ATTEMPTS) return giveUp(delivery.error);
    const delay = retryDelay(row.attempts, random());
    await deferMessage(db, row, after(clock.now(), delay), delivery.error);
    const facts = { row: row.id, kind: row.kind, attempts: row.attempts, error: delivery.error };
    log.warn({ ...facts, retryInSeconds: Math.round(delay / SECOND) }, 'a message could not be sent yet');
  };
}

import { after, type Clock, SECOND } from '../../core/clock.ts';
import { LOCALES, parseLocale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Sms, SmsDelivery, SmsSender } from '../../infra/sms/sms-sender.ts';
import { renderSms } from '../../messages/sms.ts';
import type { MessageSeal } from './message-seal.ts';
import { deferMessage, finishMessage, markAsSending, recordDelivery } from './outbox.repo.ts';
import { type DeliveryOutcome, MAX_ATTEMPTS, type OutboxMessage, retryDelay } from './outbox.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  messageSeal: MessageSeal;
  sms: SmsSender;
  /** The host that codes are bound to. */
  domain: string;
  log: Log;
  keepSealed: boolean;
  random: () => number;
}

/** In the row while the message is on its way, and for ever if its worker dies meanwhile. */
const ON_ITS_WAY = 'its worker died while sending it: it may or may not have been sent';

/**
 * A text message is sent at most once: it costs money, and a code that arrives twice looks like fraud. The row is marked
 * as dead first and becomes due again only if the provider certainly did not accept the message.
 */
export function createSmsDelivery({ db, clock, messageSeal, sms, domain, log, keepSealed, random }: Dependencies) {
  async function compose(row: OutboxMessage): Promise<Sms | { failed: string }> {
    let stage = 'opening';
    try {
      const message = await messageSeal.openSms(row);
      stage = 'rendering';
      const locale = parseLocale(row.locale) ?? LOCALES[0];
      return { to: message.to, text: renderSms(message, locale, { domain }), locale, reference: row.id };
    } catch (error) {
      return { failed: `${stage} failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  async function send(row: OutboxMessage, text: Sms): Promise<SmsDelivery | 'not leased here'> {
    const mark = { now: clock.now(), error: ON_ITS_WAY, keepSealed };
    if (!(await markAsSending(db, row, mark))) return 'not leased here';
    try {
      return await sms.send(text);
    } catch (error) {
      return { outcome: 'unknown', error: `sending failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  const facts = ({ id, kind, attempts }: OutboxMessage, error: string) => ({ sms: id, kind, attempts, error });

  async function giveUp(row: OutboxMessage, error: string): Promise<void> {
    await recordDelivery(db, row, { state: 'dead', now: clock.now(), error });
    log.error(facts(row, error), 'a text message was given up');
  }

  /** @param isAwaited whether a caller still waits, who will be told that it was not sent: then it must not be sent later */
  return async (row: OutboxMessage, isAwaited = () => false): Promise<DeliveryOutcome> => {
    const finish = { id: row.id, now: clock.now(), keepSealed };
    if (row.expiresAt <= clock.now()) {
      await finishMessage(db, { ...finish, end: 'expired', error: row.lastError ?? 'it expired before it was sent' });
      return 'not-taken';
    }
    if (row.attempts > MAX_ATTEMPTS) {
      await finishMessage(db, {
        ...finish,
        end: 'dead',
        error: row.lastError ?? 'every worker that tried to send it died',
      });
      return 'not-taken';
    }
    const text = await compose(row);
    if ('failed' in text) {
      await deferMessage(db, row, after(clock.now(), retryDelay(row.attempts, random())), text.failed);
      log.warn(facts(row, text.failed), 'a text message could not be sent yet');
      return 'open';
    }

    const delivery = await send(row, text);
    if (delivery === 'not leased here') return 'open';
    if (delivery.outcome === 'sent') {
      await recordDelivery(db, row, { state: 'sent', now: clock.now() });
      return 'sent';
    }
    const { outcome, error } = delivery;
    if (outcome !== 'unavailable' || row.attempts === MAX_ATTEMPTS || isAwaited()) {
      await giveUp(row, error);
      return outcome === 'unknown' ? 'open' : 'not-taken';
    }
    const delay = Math.max(delivery.retryAfter ?? 0, retryDelay(row.attempts, random()));
    await recordDelivery(db, row, { state: 'pending', nextAttemptAt: after(clock.now(), delay), error });
    log.warn(
      { ...facts(row, error), retryInSeconds: Math.round(delay / SECOND) },
      'a text message was not accepted yet',
    );
    return 'open';
  };
}

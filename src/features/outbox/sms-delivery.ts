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

/** Stands in the row while the message is on its way, and for ever when its worker dies meanwhile. */
const ON_ITS_WAY = 'on its way when its worker ended: nobody knows whether it went';

/**
 * A text message is sent at most once, whatever happens: it costs money, and a code that comes twice is taken for
 * fraud. The row is marked as given up first; what nobody knows the fate of, and what was refused, stays so. Only what
 * the provider surely did not take becomes due again.
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
      return { failed: `${stage} it failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  async function send(row: OutboxMessage, text: Sms): Promise<SmsDelivery | 'not mine'> {
    const mark = { now: clock.now(), error: ON_ITS_WAY, keepSealed };
    if (!(await markAsSending(db, row, mark))) return 'not mine';
    try {
      return await sms.send(text);
    } catch (error) {
      return { outcome: 'unknown', error: `sending it failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  const factsOf = ({ id, kind, attempts }: OutboxMessage, error: string) => ({ sms: id, kind, attempts, error });

  async function giveUp(row: OutboxMessage, error: string): Promise<void> {
    await recordDelivery(db, row, { state: 'dead', now: clock.now(), error });
    log.error(factsOf(row, error), 'a text message was given up');
  }

  /** @param isAwaited whether somebody still waits who will be told that it does not go: then it must not go later */
  return async (row: OutboxMessage, isAwaited = () => false): Promise<DeliveryOutcome> => {
    const finish = { id: row.id, now: clock.now(), keepSealed };
    if (row.expiresAt <= clock.now()) {
      await finishMessage(db, { ...finish, end: 'expired', error: row.lastError ?? 'its time was over' });
      return 'not-taken';
    }
    if (row.attempts > MAX_ATTEMPTS) {
      await finishMessage(db, { ...finish, end: 'dead', error: row.lastError ?? 'its worker never returned' });
      return 'not-taken';
    }
    const text = await compose(row);
    if ('failed' in text) {
      await deferMessage(db, row, after(clock.now(), retryDelay(row.attempts, random())), text.failed);
      log.warn(factsOf(row, text.failed), 'a text message could not be sent yet');
      return 'open';
    }

    const delivery = await send(row, text);
    if (delivery === 'not mine') return 'open';
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
    log.warn({ ...factsOf(row, error), retryInSeconds: Math.round(delay / SECOND) }, 'a text message was not taken');
    return 'open';
  };
}

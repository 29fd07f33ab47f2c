import { after, type Clock, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { isProblem } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Sms, SmsDelivery, SmsSender } from '../../infra/sms/sms-sender.ts';
import type { SmsTexts } from '../../messages/sms-texts.ts';
import type { Admission, DeliveryGate } from './delivery-gate.ts';
import type { MessageSeal } from './message-seal.ts';
import { deferMessage, discardMessages, finishMessage, markAsSending, recordDelivery } from './outbox.repo.ts';
import { BEING_SENT, type DeliveryOutcome, MAX_ATTEMPTS, type OutboxMessage, retryDelay } from './outbox.ts';
import { type ComposeFailure, createSmsComposer } from './sms-composer.ts';
import type { StatusLinks } from './status-links.ts';

/**
 * Sends a leased text message and records its delivery outcome. At most once: it costs money, and a code that arrives
 * twice looks like fraud. The row is marked as dead first, and is due again only if the provider did not accept the message.
 * @param isAwaited whether a caller is still waiting. That caller is told that the message was not sent, so it must not be
 * sent later
 */
export type DeliverSms = (row: OutboxMessage, isAwaited?: () => boolean) => Promise<DeliveryOutcome>;

interface Dependencies {
  db: Db;
  clock: Clock;
  messageSeal: MessageSeal;
  sms: SmsSender;
  gate: DeliveryGate;
  texts: SmsTexts;
  statusLinks: StatusLinks;
  log: Log;
  keepSealed: boolean;
  random: () => number;
}

export function createSmsDelivery(dependencies: Dependencies): DeliverSms {
  const { db, clock, sms, gate, log, keepSealed, random } = dependencies;
  const compose = createSmsComposer(dependencies);

  const facts = ({ id, kind, attempts }: OutboxMessage, error: string) => ({ sms: id, kind, attempts, error });

  /** Undefined: another worker has leased the message, and nothing was sent. */
  async function send(row: OutboxMessage, text: Sms): Promise<SmsDelivery | undefined> {
    const mark = { now: clock.now(), error: BEING_SENT, keepSealed };
    if (!(await markAsSending(db, row, mark))) return undefined;
    try {
      return await sms.send(text);
    } catch (error) {
      return { outcome: 'unknown', error: `sending failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  async function finishUnsent(row: OutboxMessage, state: 'expired' | 'dead', reason: string): Promise<DeliveryOutcome> {
    const error = row.lastError ?? reason;
    await finishMessage(db, { id: row.id, state, now: clock.now(), error, keepSealed });
    return 'not-sent';
  }

  async function defer(row: OutboxMessage, { error }: ComposeFailure): Promise<DeliveryOutcome> {
    await deferMessage(db, row, after(clock.now(), retryDelay(row.attempts, random())), error);
    log.warn(facts(row, error), 'a text message could not be sent yet');
    return 'unknown';
  }

  async function withhold(row: OutboxMessage, admission: Exclude<Admission, { decision: 'send' }>) {
    if (admission.decision === 'wait')
      await deferMessage(db, row, after(clock.now(), admission.retryAfter), 'a limit is exceeded');
    else await discardMessages(db, [row.id], clock.now());
    return admission.decision === 'wait' ? 'unknown' : 'not-sent';
  }

  async function record(row: OutboxMessage, delivery: SmsDelivery, isAwaited: () => boolean): Promise<DeliveryOutcome> {
    if (delivery.outcome === 'sent') {
      await recordDelivery(db, row, { state: 'sent', now: clock.now(), gatewayId: delivery.id });
      return 'sent';
    }
    const { outcome, error } = delivery;
    if (outcome !== 'unavailable' || row.attempts === MAX_ATTEMPTS || isAwaited()) {
      await recordDelivery(db, row, { state: 'dead', now: clock.now(), error });
      log.error(facts(row, error), 'gave up on a text message');
      return outcome === 'unknown' ? 'unknown' : 'not-sent';
    }
    const delay = Math.max(delivery.retryAfter ?? 0, retryDelay(row.attempts, random()));
    await recordDelivery(db, row, { state: 'pending', nextAttemptAt: after(clock.now(), delay), error });
    const retryInSeconds = Math.round(delay / SECOND);
    log.warn({ ...facts(row, error), retryInSeconds }, 'a text message was not accepted yet');
    return 'unknown';
  }

  return async (row, isAwaited = () => false) => {
    if (row.expiresAt <= clock.now()) return finishUnsent(row, 'expired', 'it expired before it was sent');
    // Attempts are counted at the lease, so a message that kills its worker ends here too.
    if (row.attempts > MAX_ATTEMPTS) return finishUnsent(row, 'dead', 'every worker that tried to send it died');
    const composed = await compose(row);
    if (isProblem(composed)) return defer(row, composed);
    const { text, checked, admission } = composed;
    if (admission.decision !== 'send') return withhold(row, admission);
    const delivery = await send(row, text);
    // Another worker has it, or it was certainly not sent. Either way, this attempt sent nothing.
    if (checked && delivery?.outcome !== 'sent' && delivery?.outcome !== 'unknown') await gate.refund(checked);
    return delivery ? record(row, delivery, isAwaited) : 'unknown';
  };
}

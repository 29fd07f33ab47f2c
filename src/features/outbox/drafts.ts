import { after, type Clock } from '../../core/clock.ts';
import { maskEmail, maskPhone } from '../../core/identifiers.ts';
import { newId } from '../../core/ids.ts';
import type { Locale } from '../../core/locale.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { MessageSeal } from './message-seal.ts';
import { LEASE, type OutboxMessage } from './outbox.ts';
import type { Permit } from './permit.ts';

export interface Envelope {
  locale: Locale;
  /** The message is not sent after this. */
  expiresAt: Date;
  /** ID of the row; by default a new one. */
  id?: string;
}

/** Builds the rows of new messages; nothing is written yet. */
export interface Drafts {
  mail(permit: Permit, message: Message, envelope: Envelope): Promise<OutboxMessage>;

  /** A finished row of the same size and cost, but without the message: it hides whether an address is known. */
  mailDecoy(permit: Permit, message: Message, envelope: Envelope): Promise<OutboxMessage>;

  sms(permit: Permit, message: SmsMessage, envelope: Envelope): Promise<OutboxMessage>;
  smsDecoy(permit: Permit, message: SmsMessage, envelope: Envelope): Promise<OutboxMessage>;

  /** Leased to this process from the start, so that no other replica sends it first. */
  leasedSms(permit: Permit, message: SmsMessage, envelope: Envelope): Promise<OutboxMessage>;
}

export function createDrafts({ clock, messageSeal }: { clock: Clock; messageSeal: MessageSeal }): Drafts {
  const { seal, sealBlank } = messageSeal;

  function createRow(
    channel: OutboxMessage['channel'],
    { kind, to }: Message | SmsMessage,
    sealed: string,
    { id, locale, expiresAt }: Envelope,
  ): OutboxMessage {
    const now = clock.now();
    return {
      id: id ?? newId(now),
      channel,
      kind,
      sealed,
      recipient: channel === 'EMAIL' ? maskEmail(to) : maskPhone(to),
      locale,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      expiresAt,
      lastError: null,
      createdAt: now,
      finishedAt: null,
      gatewayId: null,
      report: null,
    };
  }

  const asDecoy = (row: OutboxMessage): OutboxMessage => ({ ...row, state: 'discarded', finishedAt: row.createdAt });

  const asLeased = (row: OutboxMessage): OutboxMessage => ({
    ...row,
    attempts: 1,
    nextAttemptAt: after(row.createdAt, LEASE),
  });

  return {
    mail: async (permit, message, envelope) => createRow('EMAIL', message, await seal(message, permit), envelope),
    mailDecoy: async (permit, message, envelope) =>
      asDecoy(createRow('EMAIL', message, await sealBlank(message, permit), envelope)),
    sms: async (permit, message, envelope) => createRow('SMS', message, await seal(message, permit), envelope),
    smsDecoy: async (permit, message, envelope) =>
      asDecoy(createRow('SMS', message, await sealBlank(message, permit), envelope)),
    leasedSms: async (permit, message, envelope) =>
      asLeased(createRow('SMS', message, await seal(message, permit), envelope)),
  };
}

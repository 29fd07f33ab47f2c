import { after, type Clock, SECOND } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { LOCALES, type Locale, parseLocale } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import type { MessageChannel } from '../../infra/db/tables.ts';
import type { Mailer } from '../../infra/mail/mailer.ts';
import type { SmsSender } from '../../infra/sms/sms-sender.ts';
import type { Message } from '../../messages/message.ts';
import { proofOf, renderMessage } from '../../messages/render.ts';
import { renderSms, type SmsMessage } from '../../messages/sms.ts';
import type { Templates } from '../../messages/templates.ts';
import { createMailDelivery } from './mail-delivery.ts';
import { createMessageSeal } from './message-seal.ts';
import {
  discardMessages,
  insertMessage,
  leaseDue,
  pendingMessages,
  pruneMessages,
  recentMessages,
} from './outbox.repo.ts';
import { type DeliveryOutcome, LEASE, type OutboxMessage, type SentMessage } from './outbox.ts';
import { createOutboxWorker } from './outbox.worker.ts';
import { createSmsDelivery } from './sms-delivery.ts';

interface Options {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  mailer: Mailer;
  sms: SmsSender;
  templates: Templates;
  /** The host that codes in text messages are bound to. */
  domain: string;
  log: Log;
  /** For the outbox viewer: what was sent stays readable, sealed, until it is pruned. */
  keepSealed: boolean;
  /** 0 to 1; spreads the retries. */
  random?: () => number;
  places?: number;
  /** Milliseconds. */
  pollInterval?: number;
}

/** Recipients are sealed, so that finding somebody's letters means opening them: a few microseconds each. */
const MAX_SEARCHED = 5_000;

interface Envelope {
  locale: Locale;
  /** After it the message is worthless: it is not sent any more. */
  expiresAt: Date;
}

/** A text message that the caller carries by itself as soon as it is committed. */
export type PendingText = OutboxMessage;

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Messages are written in the transaction of what causes them and sent after its commit, mail at least once, text
 * messages at most once. Each channel has its worker, so that a mail server that hangs keeps no text message waiting.
 */
export function createOutbox(options: Options) {
  const { db, clock, keyring, mailer, sms, templates, domain, log, keepSealed, random = Math.random } = options;
  const messageSeal = createMessageSeal(keyring);
  const delivery = { db, clock, messageSeal, log, keepSealed, random };
  const deliverMail = createMailDelivery({ ...delivery, mailer, templates });
  const deliverSms = createSmsDelivery({ ...delivery, sms, domain });

  const workerOf = (channel: MessageChannel, deliver: (row: OutboxMessage) => Promise<unknown>) =>
    createOutboxWorker({
      lease: (limit) => leaseDue(db, channel, clock.now(), limit),
      deliver: async (row) => void (await deliver(row)),
      log,
      places: options.places ?? 4,
      pollInterval: options.pollInterval ?? SECOND,
    });
  const workers = { EMAIL: workerOf('EMAIL', deliverMail), SMS: workerOf('SMS', (row) => deliverSms(row)) };
  const carried = new Set<Promise<unknown>>();

  /** @param as discarded: nobody is to get it. leased: it is this process's already */
  function letterOf(
    message: { channel: MessageChannel; kind: string; sealed: string },
    { locale, expiresAt }: Envelope,
    as: 'due' | 'leased' | 'discarded',
  ): OutboxMessage {
    const now = clock.now();
    return {
      ...message,
      id: newId(now),
      locale,
      state: as === 'discarded' ? 'discarded' : 'pending',
      attempts: as === 'leased' ? 1 : 0,
      nextAttemptAt: as === 'leased' ? after(now, LEASE) : now,
      expiresAt,
      lastError: null,
      createdAt: now,
      finishedAt: as === 'discarded' ? now : null,
    };
  }

  async function write(tx: Db, row: OutboxMessage): Promise<OutboxMessage> {
    await insertMessage(tx, row);
    return row;
  }

  const { seal, sealBlank } = messageSeal;
  const mail = ({ kind }: Message, sealed: string) => ({ channel: 'EMAIL', kind, sealed }) as const;
  const text = ({ kind }: SmsMessage, sealed: string) => ({ channel: 'SMS', kind, sealed }) as const;

  /** Undefined when it cannot be read, which is the worker's to report. */
  const recipientOf = (row: OutboxMessage): Promise<string | undefined> =>
    (row.channel === 'SMS' ? messageSeal.openSms(row) : messageSeal.openMail(row)).then(
      ({ to }) => to,
      () => undefined,
    );

  async function show(row: OutboxMessage): Promise<SentMessage> {
    const { id, channel, kind, state, createdAt, lastError } = row;
    const locale = parseLocale(row.locale) ?? LOCALES[0];
    const shown = { id, channel, kind, locale: row.locale, state, createdAt, lastError };
    const nothing = { to: null, subject: null, text: null, html: null, code: null, link: null };
    try {
      if (channel === 'SMS') {
        const message = await messageSeal.openSms(row);
        const code = 'code' in message ? message.code : null;
        return { ...shown, ...nothing, to: message.to, text: renderSms(message, locale, { domain }), code };
      }
      const message = await messageSeal.openMail(row);
      const { code = null, link = null } = proofOf(message);
      return { ...shown, to: message.to, ...renderMessage(message, locale, templates), code, link };
    } catch {
      return { ...shown, ...nothing };
    }
  }

  return {
    /** The row of a message, for whoever writes it with `write` or in a statement of their own. */
    draft: async (message: Message, envelope: Envelope): Promise<OutboxMessage> =>
      letterOf(mail(message, await seal(message)), envelope, 'due'),

    /**
     * The same work and a row of the same size for a message that nobody is to get, so that neither the time nor the
     * load tells whether an address is known. Nothing of the message is kept.
     */
    draftDecoy: async (message: Message, envelope: Envelope): Promise<OutboxMessage> =>
      letterOf(mail(message, await sealBlank(message)), envelope, 'discarded'),

    /** After the commit call `wake`. @param tx the transaction of what causes the message */
    write,

    /** `draft` and `write`. */
    enqueue: async (tx: Db, message: Message, envelope: Envelope): Promise<string> =>
      (await write(tx, letterOf(mail(message, await seal(message)), envelope, 'due'))).id,

    /** As `enqueue`, for a text message. */
    enqueueSms: async (tx: Db, message: SmsMessage, envelope: Envelope): Promise<string> =>
      (await write(tx, letterOf(text(message, await seal(message)), envelope, 'due'))).id,

    enqueueSmsDecoy: async (tx: Db, message: SmsMessage, envelope: Envelope): Promise<string> =>
      (await write(tx, letterOf(text(message, await sealBlank(message)), envelope, 'discarded'))).id,

    /**
     * Writes a text message whose fate somebody waits for; after the commit call `carry`. It is leased from its birth,
     * so that no other replica takes it and the fate becomes known here; if this process ends first, another sends it
     * when the lease is over.
     */
    prepareSms: async (tx: Db, message: SmsMessage, envelope: Envelope): Promise<PendingText> =>
      write(tx, letterOf(text(message, await seal(message)), envelope, 'leased')),

    /**
     * Sends it now and says what became of it, or `open` when that is not known in time.
     * @param patience milliseconds
     */
    async carry(pendingText: PendingText, patience: number): Promise<DeliveryOutcome> {
      let isAwaited = true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<DeliveryOutcome>((resolve) => {
        timer = setTimeout(() => {
          isAwaited = false;
          resolve('open');
        }, patience);
      });
      // Asked once, when it would have to be tried again. From then on the answer is no, and no longer late.
      const isStillAwaited = () => {
        if (isAwaited) clearTimeout(timer);
        return isAwaited;
      };
      const way = deliverSms(pendingText, isStillAwaited).catch((error: unknown): DeliveryOutcome => {
        const reason = error instanceof Error ? error.name : 'unknown';
        log.error({ sms: pendingText.id, reason }, 'what became of a text message could not be recorded');
        return 'open';
      });
      carried.add(way);
      void way.then(() => carried.delete(way));
      return Promise.race([way, late]).finally(() => clearTimeout(timer));
    },

    /** Letters to the addresses and numbers that wait to be sent, as far as they are among the next `MAX_SEARCHED`. */
    async waitingFor(recipients: readonly string[]): Promise<string[]> {
      const rows = await pendingMessages(db, MAX_SEARCHED);
      const addressed = await Promise.all(rows.map(async (row) => recipients.includes((await recipientOf(row)) ?? '')));
      return rows.filter((_, index) => addressed[index]).map(({ id }) => id);
    },

    /** @param tx the transaction in which their receiver goes */
    discard: (tx: Db, ids: readonly string[]): Promise<void> => discardMessages(tx, ids, clock.now()),

    start(): void {
      workers.EMAIL.start();
      workers.SMS.start();
    },
    /** Looks for messages of the channel now and not at the next poll. */
    wake: (channel: MessageChannel = 'EMAIL'): void => workers[channel].wake(),
    async close(patience?: number): Promise<void> {
      await Promise.all([workers.EMAIL.close(patience), workers.SMS.close(patience), ...carried]);
    },

    /** Removes up to `limit` finished rows whose time is over; returns how many. */
    prune: (limit: number): Promise<number> => pruneMessages(db, clock.now(), limit),

    /** For the outbox viewer, newest first. */
    recent: async (limit: number): Promise<SentMessage[]> =>
      Promise.all((await recentMessages(db, limit)).map((row) => show(row))),
  };
}

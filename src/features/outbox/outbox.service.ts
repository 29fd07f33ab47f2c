import { type Clock, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import type { MessageChannel } from '../../infra/db/tables.ts';
import { afterCommit } from '../../infra/db/transact.ts';
import type { Mailer } from '../../infra/mail/mailer.ts';
import type { SmsSender } from '../../infra/sms/sms-sender.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { SmsTexts } from '../../messages/sms-texts.ts';
import type { Templates } from '../../messages/templates.ts';
import { createAwaitedSms } from './awaited-sms.ts';
import { createCodeSettlement, type SettleCode } from './code-settlement.ts';
import type { DeliveryGate } from './delivery-gate.ts';
import { createDrafts, type Envelope } from './drafts.ts';
import { createGivenUpMail, type GivenUpMail } from './given-up-mail.ts';
import { createMailDelivery } from './mail-delivery.ts';
import { createMessageSeal } from './message-seal.ts';
import {
  discardMessages,
  insertMessage,
  leaseDue,
  pruneMessages,
  recentMessages,
  unsentMessages,
} from './outbox.repo.ts';
import type { DeliveryOutcome, OutboxMessage, PendingText, SentMessage } from './outbox.ts';
import { createOutboxViewer } from './outbox-viewer.ts';
import type { Permit } from './permit.ts';
import { createQueueWorker, type QueuePeers } from './queue-worker.ts';
import { createSmsDelivery } from './sms-delivery.ts';
import { createStatusLinks } from './status-links.ts';
import { createStatusReceiver, type ReceiveStatus } from './status-receiver.ts';

interface Options {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  mailer: Mailer;
  sms: SmsSender;
  templates: Templates;
  /** Checks the limits of messages that were written without checking them. */
  gate: DeliveryGate;
  texts: SmsTexts;
  /** Where gateways reach this service; undefined if they cannot. */
  publicUrl: string | undefined;
  log: Log;
  /** Keeps the sealed content of sent messages until they are pruned, for the outbox viewer. */
  keepSealed: boolean;
  /** Milliseconds for which rows of sent messages are kept. */
  retention: number;
  peers?: QueuePeers | undefined;
  /** 0 to 1; spreads the retries. */
  random?: () => number;
  concurrency?: number;
  /** Milliseconds. */
  pollInterval?: number;
}

/**
 * Messages are written in the transaction that causes them and sent after its commit: email at least once, text
 * messages at most once. Writing a message also wakes its worker after the commit. Decoys do the same work.
 */
export interface Outbox extends GivenUpMail {
  /** The row of a message, for a caller that writes it with other rows and then calls `wakeAfterCommit`. */
  draft(permit: Permit, message: Message, envelope: Envelope): Promise<OutboxMessage>;

  /** A row of the same size and cost that is never sent: it hides whether an address is known. */
  draftDecoy(permit: Permit, message: Message, envelope: Envelope): Promise<OutboxMessage>;

  write(tx: Db, row: OutboxMessage): Promise<OutboxMessage>;

  /** Drafts and writes; returns the ID. */
  enqueue(tx: Db, permit: Permit, message: Message, envelope: Envelope): Promise<string>;
  enqueueSms(tx: Db, permit: Permit, message: SmsMessage, envelope: Envelope): Promise<string>;
  enqueueSmsDecoy(tx: Db, permit: Permit, message: SmsMessage, envelope: Envelope): Promise<string>;

  /** Writes a text message whose delivery outcome the caller waits for; call `sendNow` after the commit. */
  prepareSms(tx: Db, permit: Permit, message: SmsMessage, envelope: Envelope): Promise<PendingText>;

  /**
   * Sends the message and returns its delivery outcome, or `unknown` at the timeout. If this process ends first, another
   * one sends the message when the lease ends.
   * @param timeout milliseconds
   */
  sendNow(pendingText: PendingText, timeout: number): Promise<DeliveryOutcome>;

  /** Tells the gateway what became of the code in a text message, if it wants to know. */
  settleCode: SettleCode;

  /** Records what a gateway reports about a text message. */
  receiveStatus: ReceiveStatus;

  /** The IDs of unsent messages to these addresses and numbers, among the next `MAX_SEARCHED` to be sent. */
  findUnsent(recipients: readonly string[]): Promise<string[]>;

  /** Cancels messages and deletes their content. */
  discard(tx: Db, ids: readonly string[]): Promise<void>;

  /** Sends what is due once the transaction has committed, instead of at the next poll. */
  wakeAfterCommit(tx: Db, channel: MessageChannel): void;
  start(): void;
  /** @param timeout milliseconds to wait for messages in flight */
  close(timeout?: number): Promise<void>;

  /** Deletes up to `limit` finished rows whose retention period has ended; returns how many. */
  prune(limit: number): Promise<number>;

  /** For the outbox viewer, newest first. */
  recent(limit: number): Promise<SentMessage[]>;
}

/** Recipients are encrypted, so finding an account's messages means decrypting them, at a few microseconds each. */
const MAX_SEARCHED = 5_000;

export function createOutbox(options: Options): Outbox {
  const { db, clock, keyring, templates, texts, log, publicUrl, sms } = options;
  const statusLinks = createStatusLinks({ keyring, publicUrl });
  const messageSeal = createMessageSeal(keyring);
  const drafts = createDrafts({ clock, messageSeal });
  const viewer = createOutboxViewer({ messageSeal, templates, texts });
  const delivery = { random: Math.random, ...options, messageSeal, statusLinks };
  const deliverSms = createSmsDelivery(delivery);
  const awaited = createAwaitedSms({ deliver: deliverSms, log });

  // One worker per channel, so that a hung mail server does not delay text messages.
  const createWorker = (channel: MessageChannel, deliver: (row: OutboxMessage) => Promise<unknown>) =>
    createQueueWorker({
      queue: `outbox ${channel}`,
      lease: (limit) => leaseDue(db, channel, clock.now(), limit),
      deliver: async (row) => void (await deliver(row)),
      log,
      concurrency: options.concurrency ?? 4,
      pollInterval: options.pollInterval ?? SECOND,
      peers: options.peers,
    });
  const workers = {
    EMAIL: createWorker('EMAIL', createMailDelivery(delivery)),
    SMS: createWorker('SMS', (row) => deliverSms(row)),
  };

  const wakeAfterCommit = (tx: Db, channel: MessageChannel) => afterCommit(tx, workers[channel].wake);

  async function write(tx: Db, row: OutboxMessage): Promise<OutboxMessage> {
    await insertMessage(tx, row);
    wakeAfterCommit(tx, row.channel);
    return row;
  }

  async function isAddressedTo(recipients: readonly string[], row: OutboxMessage): Promise<boolean> {
    const opened = row.channel === 'SMS' ? messageSeal.openSms(row) : messageSeal.openMail(row);
    return opened.then(
      ({ to }) => recipients.includes(to),
      () => false, // The worker reports messages that cannot be decrypted.
    );
  }

  return {
    draft: drafts.mail,
    draftDecoy: drafts.mailDecoy,
    write,
    enqueue: async (tx, permit, message, envelope) =>
      (await write(tx, await drafts.mail(permit, message, envelope))).id,
    enqueueSms: async (tx, permit, message, envelope) =>
      (await write(tx, await drafts.sms(permit, message, envelope))).id,
    enqueueSmsDecoy: async (tx, permit, message, envelope) =>
      (await write(tx, await drafts.smsDecoy(permit, message, envelope))).id,
    async prepareSms(tx, permit, message, envelope) {
      const pendingText = await drafts.leasedSms(permit, message, envelope);
      await insertMessage(tx, pendingText);
      return pendingText;
    },
    sendNow: awaited.sendNow,
    settleCode: createCodeSettlement({ db, sms, log }),
    receiveStatus: createStatusReceiver({ db, sms, log, statusLinks }),

    async findUnsent(recipients) {
      const rows = await unsentMessages(db, MAX_SEARCHED);
      const isWanted = await Promise.all(rows.map((row) => isAddressedTo(recipients, row)));
      return rows.filter((_, index) => isWanted[index]).map(({ id }) => id);
    },
    discard: (tx, ids) => discardMessages(tx, ids, clock.now()),
    ...createGivenUpMail({ db, clock, keepSealed: options.keepSealed, onDue: (tx) => wakeAfterCommit(tx, 'EMAIL') }),
    wakeAfterCommit,
    start() {
      for (const worker of Object.values(workers)) worker.start();
    },
    async close(timeout) {
      await Promise.all([workers.EMAIL.close(timeout), workers.SMS.close(timeout), awaited.idle()]);
    },

    prune: (limit) => pruneMessages(db, { now: clock.now(), retention: options.retention, limit }),
    recent: async (limit) => Promise.all((await recentMessages(db, limit)).map(viewer.show)),
  };
}

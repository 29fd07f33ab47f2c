import { after, type Clock, SECOND } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { LOCALES, type Locale, localeOf } from '../../core/locale.ts';
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
import { createLetterSeal } from './letter-seal.ts';
import { createMailDelivery } from './mail-delivery.ts';
import { discardLetters, insertLetter, leaseDue, pendingLetters, pruneLetters, recentLetters } from './outbox.repo.ts';
import { type Fate, LEASE, type Letter, type SentMessage } from './outbox.ts';
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
const LOOKED_THROUGH = 5_000;

interface Posting {
  locale: Locale;
  /** After it the message is worthless: it is not sent any more. */
  expiresAt: Date;
}

/** A text message that the caller carries by itself as soon as it is committed. */
export type Parcel = Letter;

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Messages are written in the transaction of what causes them and sent after its commit, mail at least once, text
 * messages at most once. Each channel has its worker, so that a mail server that hangs keeps no text message waiting.
 */
export function createOutbox(options: Options) {
  const { db, clock, keyring, mailer, sms, templates, domain, log, keepSealed, random = Math.random } = options;
  const letterSeal = createLetterSeal(keyring);
  const delivery = { db, clock, letterSeal, log, keepSealed, random };
  const deliverMail = createMailDelivery({ ...delivery, mailer, templates });
  const deliverSms = createSmsDelivery({ ...delivery, sms, domain });

  const workerOf = (channel: MessageChannel, deliver: (letter: Letter) => Promise<unknown>) =>
    createOutboxWorker({
      lease: (limit) => leaseDue(db, channel, clock.now(), limit),
      deliver: async (letter) => void (await deliver(letter)),
      log,
      places: options.places ?? 4,
      pollInterval: options.pollInterval ?? SECOND,
    });
  const workers = { EMAIL: workerOf('EMAIL', deliverMail), SMS: workerOf('SMS', (letter) => deliverSms(letter)) };
  const carried = new Set<Promise<unknown>>();

  /** @param as discarded: nobody is to get it. leased: it is this process's already */
  function letterOf(
    message: { channel: MessageChannel; kind: string; sealed: string },
    { locale, expiresAt }: Posting,
    as: 'due' | 'leased' | 'discarded',
  ): Letter {
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

  async function write(tx: Db, letter: Letter): Promise<Letter> {
    await insertLetter(tx, letter);
    return letter;
  }

  const { seal, sealBlank } = letterSeal;
  const mail = ({ kind }: Message, sealed: string) => ({ channel: 'EMAIL', kind, sealed }) as const;
  const text = ({ kind }: SmsMessage, sealed: string) => ({ channel: 'SMS', kind, sealed }) as const;

  /** Undefined when it cannot be read, which is the worker's to report. */
  const recipientOf = (letter: Letter): Promise<string | undefined> =>
    (letter.channel === 'SMS' ? letterSeal.openSms(letter) : letterSeal.openMail(letter)).then(
      ({ to }) => to,
      () => undefined,
    );

  async function show(letter: Letter): Promise<SentMessage> {
    const { id, channel, kind, state, createdAt, lastError } = letter;
    const locale = localeOf(letter.locale) ?? LOCALES[0];
    const row = { id, channel, kind, locale: letter.locale, state, createdAt, lastError };
    const nothing = { to: null, subject: null, text: null, html: null, code: null, link: null };
    try {
      if (channel === 'SMS') {
        const message = await letterSeal.openSms(letter);
        const code = 'code' in message ? message.code : null;
        return { ...row, ...nothing, to: message.to, text: renderSms(message, locale, { domain }), code };
      }
      const message = await letterSeal.openMail(letter);
      const { code = null, link = null } = proofOf(message);
      return { ...row, to: message.to, ...renderMessage(message, locale, templates), code, link };
    } catch {
      return { ...row, ...nothing };
    }
  }

  return {
    /** The row of a message, for whoever writes it with `write` or in a statement of their own. */
    draft: async (message: Message, posting: Posting): Promise<Letter> =>
      letterOf(mail(message, await seal(message)), posting, 'due'),

    /**
     * The same work and a row of the same size for a message that nobody is to get, so that neither the time nor the
     * load tells whether an address is known. Nothing of the message is kept.
     */
    draftDecoy: async (message: Message, posting: Posting): Promise<Letter> =>
      letterOf(mail(message, await sealBlank(message)), posting, 'discarded'),

    /** After the commit call `wake`. @param tx the transaction of what causes the message */
    write,

    /** `draft` and `write`. */
    enqueue: async (tx: Db, message: Message, posting: Posting): Promise<string> =>
      (await write(tx, letterOf(mail(message, await seal(message)), posting, 'due'))).id,

    /** As `enqueue`, for a text message. */
    enqueueSms: async (tx: Db, message: SmsMessage, posting: Posting): Promise<string> =>
      (await write(tx, letterOf(text(message, await seal(message)), posting, 'due'))).id,

    enqueueSmsDecoy: async (tx: Db, message: SmsMessage, posting: Posting): Promise<string> =>
      (await write(tx, letterOf(text(message, await sealBlank(message)), posting, 'discarded'))).id,

    /**
     * Writes a text message whose fate somebody waits for; after the commit call `carry`. It is leased from its birth,
     * so that no other replica takes it and the fate becomes known here; if this process ends first, another sends it
     * when the lease is over.
     */
    prepareSms: async (tx: Db, message: SmsMessage, posting: Posting): Promise<Parcel> =>
      write(tx, letterOf(text(message, await seal(message)), posting, 'leased')),

    /**
     * Sends it now and says what became of it, or `open` when that is not known in time.
     * @param patience milliseconds
     */
    async carry(parcel: Parcel, patience: number): Promise<Fate> {
      let isAwaited = true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Fate>((resolve) => {
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
      const way = deliverSms(parcel, isStillAwaited).catch((error: unknown): Fate => {
        const reason = error instanceof Error ? error.name : 'unknown';
        log.error({ sms: parcel.id, reason }, 'what became of a text message could not be recorded');
        return 'open';
      });
      carried.add(way);
      void way.then(() => carried.delete(way));
      return Promise.race([way, late]).finally(() => clearTimeout(timer));
    },

    /** Letters to the addresses and numbers that wait to be sent, as far as they are among the next `LOOKED_THROUGH`. */
    async waitingFor(recipients: readonly string[]): Promise<string[]> {
      const letters = await pendingLetters(db, LOOKED_THROUGH);
      const addressed = await Promise.all(
        letters.map(async (letter) => recipients.includes((await recipientOf(letter)) ?? '')),
      );
      return letters.filter((_, index) => addressed[index]).map(({ id }) => id);
    },

    /** @param tx the transaction in which their receiver goes */
    discard: (tx: Db, ids: readonly string[]): Promise<void> => discardLetters(tx, ids, clock.now()),

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
    prune: (limit: number): Promise<number> => pruneLetters(db, clock.now(), limit),

    /** For the outbox viewer, newest first. */
    recent: async (limit: number): Promise<SentMessage[]> =>
      Promise.all((await recentLetters(db, limit)).map((letter) => show(letter))),
  };
}

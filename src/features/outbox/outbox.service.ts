import { after, type Clock, SECOND } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { LOCALES, type Locale, localeOf } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import { type Keyring, seal, unseal } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Delivery, Mailer } from '../../infra/mail/mailer.ts';
import { aged, type Message } from '../../messages/message.ts';
import { proofOf, renderMessage } from '../../messages/render.ts';
import type { Templates } from '../../messages/templates.ts';
import {
  deferLetter,
  discardLetters,
  finishLetter,
  insertLetter,
  leaseDue,
  pendingLetters,
  pruneLetters,
  recentLetters,
} from './outbox.repo.ts';
import { type Letter, type LetterEnd, MAX_ATTEMPTS, retryDelay, type SentMessage } from './outbox.ts';
import { createOutboxWorker } from './outbox.worker.ts';

interface Options {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  mailer: Mailer;
  templates: Templates;
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

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Messages are written in the transaction of what causes them and sent after its commit, at least once: when a worker
 * dies between the server's yes and the row's `sent`, the message goes out again under the same Message-ID.
 */
export function createOutbox(options: Options) {
  const { db, clock, keyring, mailer, templates, log, keepSealed, random = Math.random } = options;
  const worker = createOutboxWorker({
    lease: (limit) => leaseDue(db, clock.now(), limit),
    deliver,
    log,
    places: options.places ?? 4,
    pollInterval: options.pollInterval ?? SECOND,
  });

  async function post(tx: Db, message: Message, content: string, posting: Posting, end?: LetterEnd): Promise<string> {
    const now = clock.now();
    const id = newId(now);
    await insertLetter(tx, {
      id,
      channel: 'EMAIL',
      kind: message.kind,
      locale: posting.locale,
      sealed: await seal(keyring, content),
      state: end ?? 'pending',
      nextAttemptAt: now,
      expiresAt: posting.expiresAt,
      createdAt: now,
      finishedAt: end ? now : null,
    });
    return id;
  }

  async function deliver(letter: Letter): Promise<void> {
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
  }

  /** Also for a message that we fail at ourselves: another replica, or the next version, may be able to send it. */
  async function send(letter: Letter): Promise<Delivery | { outcome: 'expired' }> {
    let stage = 'opening';
    try {
      const message = aged(await open(letter), clock.now().getTime() - letter.createdAt.getTime());
      if (!message) return { outcome: 'expired' };
      stage = 'rendering';
      const words = renderMessage(message, localeOf(letter.locale) ?? LOCALES[0], templates);
      stage = 'sending';
      return await mailer.send({ to: message.to, ...words, messageId: letter.id });
    } catch (error) {
      return { outcome: 'deferred', error: `${stage} it failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  async function open(letter: Letter): Promise<Message> {
    if (letter.sealed === null) throw new Error('nothing is kept of this letter');
    // Authenticated by the seal, so it is what `post` wrote.
    return JSON.parse(await unseal(keyring, letter.sealed)) as Message;
  }

  /** Undefined when it cannot be read, which is the worker's to report. */
  const recipientOf = (letter: Letter): Promise<string | undefined> =>
    open(letter).then(
      ({ to }) => to,
      () => undefined,
    );

  async function show(letter: Letter): Promise<SentMessage> {
    const { id, kind, locale, state, createdAt, lastError } = letter;
    const row = { id, kind, locale, state, createdAt, lastError };
    try {
      const message = await open(letter);
      const words = renderMessage(message, localeOf(locale) ?? LOCALES[0], templates);
      const { code = null, link = null } = proofOf(message);
      return { ...row, to: message.to, ...words, code, link };
    } catch {
      return { ...row, to: null, subject: null, text: null, html: null, code: null, link: null };
    }
  }

  return {
    /** Writes the message; after the commit call `wake`. @param tx the transaction of what causes it */
    enqueue: (tx: Db, message: Message, posting: Posting): Promise<string> =>
      post(tx, message, JSON.stringify(message), posting),

    /**
     * The same work and a row of the same size for a message that nobody is to get, so that neither the time nor the
     * load tells whether an address is known. Nothing of the message is kept.
     */
    enqueueDecoy: (tx: Db, message: Message, posting: Posting): Promise<string> =>
      post(tx, message, ' '.repeat(Buffer.byteLength(JSON.stringify(message))), posting, 'discarded'),

    /** Letters to the address that wait to be sent, as far as they are among the next `LOOKED_THROUGH`. */
    async waitingFor(to: string): Promise<string[]> {
      const letters = await pendingLetters(db, LOOKED_THROUGH);
      const addressed = await Promise.all(letters.map(async (letter) => (await recipientOf(letter)) === to));
      return letters.filter((_, index) => addressed[index]).map(({ id }) => id);
    },

    /** @param tx the transaction in which their receiver goes */
    discard: (tx: Db, ids: readonly string[]): Promise<void> => discardLetters(tx, ids, clock.now()),

    start: worker.start,
    wake: worker.wake,
    close: worker.close,

    /** Removes up to `limit` finished rows whose time is over; returns how many. */
    prune: (limit: number): Promise<number> => pruneLetters(db, clock.now(), limit),

    /** For the outbox viewer, newest first. */
    recent: async (limit: number): Promise<SentMessage[]> =>
      Promise.all((await recentLetters(db, limit)).map((letter) => show(letter))),
  };
}

import { after, type Clock, SECOND } from '../../core/clock.ts';
import { LOCALES, localeOf } from '../../core/locale.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Sms, SmsDelivery, SmsSender } from '../../infra/sms/sms-sender.ts';
import { renderSms } from '../../messages/sms.ts';
import type { LetterSeal } from './letter-seal.ts';
import { deferLetter, finishLetter, recordArrival, setOff } from './outbox.repo.ts';
import { type Fate, type Letter, MAX_ATTEMPTS, retryDelay } from './outbox.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  letterSeal: LetterSeal;
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
export function createSmsDelivery({ db, clock, letterSeal, sms, domain, log, keepSealed, random }: Dependencies) {
  async function compose(letter: Letter): Promise<Sms | { failed: string }> {
    let stage = 'opening';
    try {
      const message = await letterSeal.openSms(letter);
      stage = 'rendering';
      const locale = localeOf(letter.locale) ?? LOCALES[0];
      return { to: message.to, text: renderSms(message, locale, { domain }), locale, reference: letter.id };
    } catch (error) {
      return { failed: `${stage} it failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  async function send(letter: Letter, text: Sms): Promise<SmsDelivery | 'not mine'> {
    const mark = { now: clock.now(), error: ON_ITS_WAY, keepSealed };
    if (!(await setOff(db, letter, mark))) return 'not mine';
    try {
      return await sms.send(text);
    } catch (error) {
      return { outcome: 'unknown', error: `sending it failed: ${error instanceof Error ? error.name : 'unknown'}` };
    }
  }

  const factsOf = ({ id, kind, attempts }: Letter, error: string) => ({ sms: id, kind, attempts, error });

  async function giveUp(letter: Letter, error: string): Promise<void> {
    await recordArrival(db, letter, { state: 'dead', now: clock.now(), error });
    log.error(factsOf(letter, error), 'a text message was given up');
  }

  /** @param isAwaited whether somebody still waits who will be told that it does not go: then it must not go later */
  return async (letter: Letter, isAwaited = () => false): Promise<Fate> => {
    const finish = { id: letter.id, now: clock.now(), keepSealed };
    if (letter.expiresAt <= clock.now()) {
      await finishLetter(db, { ...finish, end: 'expired', error: letter.lastError ?? 'its time was over' });
      return 'not-taken';
    }
    if (letter.attempts > MAX_ATTEMPTS) {
      await finishLetter(db, { ...finish, end: 'dead', error: letter.lastError ?? 'its worker never returned' });
      return 'not-taken';
    }
    const text = await compose(letter);
    if ('failed' in text) {
      await deferLetter(db, letter, after(clock.now(), retryDelay(letter.attempts, random())), text.failed);
      log.warn(factsOf(letter, text.failed), 'a text message could not be sent yet');
      return 'open';
    }

    const delivery = await send(letter, text);
    if (delivery === 'not mine') return 'open';
    if (delivery.outcome === 'sent') {
      await recordArrival(db, letter, { state: 'sent', now: clock.now() });
      return 'sent';
    }
    const { outcome, error } = delivery;
    if (outcome !== 'unavailable' || letter.attempts === MAX_ATTEMPTS || isAwaited()) {
      await giveUp(letter, error);
      return outcome === 'unknown' ? 'open' : 'not-taken';
    }
    const delay = Math.max(delivery.retryAfter ?? 0, retryDelay(letter.attempts, random()));
    await recordArrival(db, letter, { state: 'pending', nextAttemptAt: after(clock.now(), delay), error });
    log.warn({ ...factsOf(letter, error), retryInSeconds: Math.round(delay / SECOND) }, 'a text message was not taken');
    return 'open';
  };
}

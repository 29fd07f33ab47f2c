import { MINUTE, monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { SmsDelivery, SmsSender } from './sms-sender.ts';

interface Options {
  log: Log;
  /** How many failures in a row open it. */
  failures?: number;
  /** Milliseconds that the provider is left alone for. */
  pause?: number;
  /** Milliseconds that never jump. */
  now?: () => number;
}

/** A provider that asks for more than this is asked again nevertheless. */
const LONGEST_PAUSE = 5 * MINUTE;

/**
 * A number that is refused is an answer: else ten bad numbers, which anybody can send us, would stop the messages of
 * everybody.
 */
const isAnswer = ({ outcome }: SmsDelivery): boolean => outcome === 'sent' || outcome === 'refused';

/**
 * Leaves a provider alone that does not answer. After so many failures in a row nothing is sent for a while; then one
 * message, of whoever comes first, tries whether it works again, and the others go on waiting for what becomes of it.
 *
 * Our own: cockatiel and opossum want Node 22 in the versions that are looked after, and judge by exceptions where
 * this port answers with outcomes.
 */
export function withBreaker(sender: SmsSender, options: Options): SmsSender {
  const { log, failures = 5, pause = 30 * SECOND, now = monotonic } = options;
  let inARow = 0;
  /** While there is one, the provider is left alone. */
  let rest: { until: number; trying: boolean } | undefined;

  function judge(delivery: SmsDelivery): void {
    if (isAnswer(delivery)) {
      if (rest) log.info({}, 'the SMS provider answers again');
      inARow = 0;
      rest = undefined;
      return;
    }
    inARow += 1;
    const asked = delivery.outcome === 'unavailable' ? delivery.retryAfter : undefined;
    if (asked === undefined && inARow < failures && !rest) return;
    if (!rest)
      log.warn({ reason: errorOf(delivery) }, 'the SMS provider does not answer and is left alone for a while');
    rest = { until: now() + Math.min(asked ?? pause, LONGEST_PAUSE), trying: false };
  }

  async function attempt(mine: typeof rest, send: () => Promise<SmsDelivery>): Promise<SmsDelivery> {
    if (mine) mine.trying = true;
    try {
      const delivery = await send();
      // What was asked before the rest began tells nothing about its end.
      if (rest === mine) judge(delivery);
      return delivery;
    } finally {
      if (mine) mine.trying = false;
    }
  }

  return {
    async send(sms) {
      if (rest && (rest.trying || now() < rest.until)) {
        return { outcome: 'unavailable', error: 'the SMS provider did not answer a moment ago' };
      }
      return attempt(rest, () => sender.send(sms));
    },
    verify: sender.verify,
    close: sender.close,
  };
}

const errorOf = (delivery: SmsDelivery): string => ('error' in delivery ? delivery.error : '');

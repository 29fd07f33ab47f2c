import { MINUTE, monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { SmsDelivery, SmsSender } from './sms-sender.ts';

interface Options {
  log: Log;
  /** Failures in a row before it opens. */
  failures?: number;
  /** Milliseconds that it stays open. */
  pause?: number;
  /** Milliseconds that never jump. */
  now?: () => number;
}

/** Milliseconds. A gateway that asks for a longer pause is tried again after this one. */
const MAX_PAUSE = 5 * MINUTE;

/** A refused number counts, too. Otherwise anyone could stop all messages by requesting ten bad numbers. */
const showsGatewayWorks = ({ outcome }: SmsDelivery): boolean => outcome === 'sent' || outcome === 'refused';

/**
 * A circuit breaker. After several failures in a row nothing is sent for a while. Then a single message tests the
 * gateway, and all others fail until its outcome is known.
 *
 * Our own, because the maintained versions of cockatiel and opossum need Node 22 and work with exceptions, while this
 * port returns outcomes.
 */
export function withBreaker(sender: SmsSender, options: Options): SmsSender {
  const { log, failures = 5, pause = 30 * SECOND, now = monotonic } = options;
  let failuresInARow = 0;
  /** Set while the breaker is open. */
  let open: { until: number; isTesting: boolean } | undefined;

  function record(delivery: SmsDelivery): void {
    if (showsGatewayWorks(delivery)) {
      if (open) log.info({}, 'the SMS gateway works again');
      failuresInARow = 0;
      open = undefined;
      return;
    }
    failuresInARow += 1;
    const requestedPause = delivery.outcome === 'unavailable' ? delivery.retryAfter : undefined;
    if (requestedPause === undefined && failuresInARow < failures && !open) return;
    if (!open) log.warn({ reason: errorText(delivery) }, 'the SMS gateway fails, so no message is sent for a while');
    open = { until: now() + Math.min(requestedPause ?? pause, MAX_PAUSE), isTesting: false };
  }

  async function attempt(state: typeof open, send: () => Promise<SmsDelivery>): Promise<SmsDelivery> {
    if (state) state.isTesting = true;
    try {
      const delivery = await send();
      // The outcome of a message sent before the breaker opened says nothing about the gateway now.
      if (open === state) record(delivery);
      return delivery;
    } finally {
      if (state) state.isTesting = false;
    }
  }

  return {
    ...sender,
    async send(sms) {
      if (open && (open.isTesting || now() < open.until)) {
        return { outcome: 'unavailable', error: 'the SMS gateway failed a moment ago' };
      }
      return attempt(open, () => sender.send(sms));
    },
  };
}

const errorText = (delivery: SmsDelivery): string => (delivery.outcome === 'sent' ? '' : delivery.error);

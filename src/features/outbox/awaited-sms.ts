import type { Log } from '../../core/log.ts';
import type { DeliveryOutcome, PendingText } from './outbox.ts';
import type { DeliverSms } from './sms-delivery.ts';

export interface AwaitedSms {
  /**
   * Sends the message and returns its delivery outcome, or `open` at the timeout. It may still be sent after that.
   * @param timeout milliseconds
   */
  sendNow(pendingText: PendingText, timeout: number): Promise<DeliveryOutcome>;

  /** Resolves when no message is in flight. */
  idle(): Promise<void>;
}

interface Dependencies {
  deliver: DeliverSms;
  log: Log;
}

export function createAwaitedSms({ deliver, log }: Dependencies): AwaitedSms {
  const inFlight = new Set<Promise<unknown>>();

  function start(pendingText: PendingText, isAwaited: () => boolean): Promise<DeliveryOutcome> {
    const delivery = deliver(pendingText, isAwaited).catch((error: unknown): DeliveryOutcome => {
      const reason = error instanceof Error ? error.name : 'unknown';
      log.error({ sms: pendingText.id, reason }, 'the delivery outcome of a text message could not be recorded');
      return 'open';
    });
    inFlight.add(delivery);
    void delivery.then(() => inFlight.delete(delivery));
    return delivery;
  }

  return {
    async sendNow(pendingText, timeout) {
      let isAwaited = true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<DeliveryOutcome>((resolve) => {
        timer = setTimeout(() => {
          isAwaited = false;
          resolve('open');
        }, timeout);
      });
      const delivery = start(pendingText, () => {
        // Called once, before a retry. If the caller still waits, the outcome is final and the timeout must not win.
        if (isAwaited) clearTimeout(timer);
        return isAwaited;
      });
      return Promise.race([delivery, late]).finally(() => clearTimeout(timer));
    },

    idle: async () => void (await Promise.all(inFlight)),
  };
}

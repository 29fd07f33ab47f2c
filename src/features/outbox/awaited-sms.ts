import type { Log } from '../../core/log.ts';
import type { DeliveryOutcome, PendingText } from './outbox.ts';
import type { DeliverSms } from './sms-delivery.ts';

export interface AwaitedSms {
  /**
   * Sends the message and returns its delivery outcome, or `unknown` at the timeout. The message may still be sent later.
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
      return 'unknown';
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
          resolve('unknown');
        }, timeout);
      });
      const delivery = start(pendingText, () => {
        // Called once, before a retry. If the caller is still waiting, this outcome is final, and a timeout must not replace it.
        if (isAwaited) clearTimeout(timer);
        return isAwaited;
      });
      return Promise.race([delivery, late]).finally(() => clearTimeout(timer));
    },

    idle: async () => void (await Promise.all(inFlight)),
  };
}

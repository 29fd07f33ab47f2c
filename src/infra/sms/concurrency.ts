import type { SmsSender } from './sms-sender.ts';

/**
 * At most so many messages on their way at once. One too many is told at once that nothing was sent, and does not wait:
 * a queue before a provider that has become slow is only a longer wait for the same answer.
 */
export function withPlaces(sender: SmsSender, places: number): SmsSender {
  let taken = 0;
  return {
    async send(sms) {
      if (taken >= places) return { outcome: 'unavailable', error: `${places} text messages are on their way already` };
      taken += 1;
      try {
        return await sender.send(sms);
      } finally {
        taken -= 1;
      }
    },
    verify: sender.verify,
    close: sender.close,
  };
}

import type { SmsSender } from './sms-sender.ts';

/**
 * Limits how many messages are being sent at a time. A further one fails at once: waiting for a slow gateway would only
 * delay the same answer.
 */
export function withPlaces(sender: SmsSender, places: number): SmsSender {
  let taken = 0;
  return {
    async send(sms) {
      if (taken >= places) return { outcome: 'unavailable', error: `${places} text messages are already being sent` };
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

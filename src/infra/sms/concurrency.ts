import type { SmsSender } from './sms-sender.ts';

/**
 * Limits how many messages are sent at a time. Any more fail at once: waiting for a slow gateway would only delay the
 * same outcome.
 */
export function limitConcurrency(sender: SmsSender, max: number): SmsSender {
  let active = 0;
  return {
    ...sender,
    async send(sms) {
      if (active >= max) return { outcome: 'unavailable', error: `${max} text messages are already being sent` };
      active += 1;
      try {
        return await sender.send(sms);
      } finally {
        active -= 1;
      }
    },
  };
}

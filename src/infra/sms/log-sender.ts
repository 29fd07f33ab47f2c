import { maskPhone } from '../../core/identifiers.ts';
import type { Log } from '../../core/log.ts';
import type { SmsSender } from './sms-sender.ts';

interface Options {
  log: Log;
  /** Where the message can be read. Undefined if the outbox viewer is off. */
  viewer: string | undefined;
}

/** Used without a gateway. Logs that there is a message, never its text. */
export function logSender({ log, viewer }: Options): SmsSender {
  const advice =
    viewer === undefined
      ? 'set SMS_PROVIDER to send it, or OUTBOX_VIEWER=on to read it in a browser'
      : `read it at ${viewer}`;
  return {
    async send({ to, reference }) {
      log.info({ sms: reference, recipient: maskPhone(to) }, `a text message is ready; ${advice}`);
      return { outcome: 'sent' };
    },
    verify: async () => ({ outcome: 'sent' }),
    close: async () => {},
  };
}

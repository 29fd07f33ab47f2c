import { maskEmail } from '../../core/identifiers.ts';
import type { Log } from '../../core/log.ts';
import type { Mailer } from './mailer.ts';

interface Options {
  log: Log;
  /** The URL for reading the message; undefined if the outbox viewer is off. */
  viewer: string | undefined;
}

/** Used without an SMTP server. Logs that there is a message, but not its content. */
export function logMailer({ log, viewer }: Options): Mailer {
  const advice =
    viewer === undefined
      ? 'set SMTP_URL to send it, or OUTBOX_VIEWER=on to read it in a browser'
      : `read it at ${viewer}`;
  return {
    async send({ to, subject, messageId }) {
      log.info({ message: messageId, to: maskEmail(to), subject }, `a message is ready; ${advice}`);
      return { outcome: 'sent' };
    },
    verify: async () => ({ outcome: 'sent' }),
    close: async () => {},
  };
}

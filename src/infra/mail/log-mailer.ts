import { maskEmail } from '../../core/identifiers.ts';
import type { Log } from '../../core/log.ts';
import type { Mailer } from './mailer.ts';

interface Options {
  log: Log;
  /** Where the message can be read; undefined when the outbox viewer is off. */
  viewer: string | undefined;
}

/** For the time before there is an SMTP server. Says that there is a message, never what is in it. */
export function logMailer({ log, viewer }: Options): Mailer {
  const advice = viewer === undefined ? 'set SMTP_URL, or OUTBOX_VIEWER=on to read it here' : `read it at ${viewer}`;
  return {
    async send({ to, subject, messageId }) {
      log.info({ message: messageId, to: maskEmail(to), subject }, `a message is ready; ${advice}`);
      return { outcome: 'sent' };
    },
    verify: async () => ({ outcome: 'sent' }),
    close: async () => {},
  };
}

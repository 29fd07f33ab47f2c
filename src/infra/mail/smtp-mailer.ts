import { Readable } from 'node:stream';
import SmtpPool from 'nodemailer/lib/smtp-pool';
import { SECOND, systemClock } from '../../core/clock.ts';
import { isLoopback } from '../../core/hosts.ts';
import { parseSender } from '../../core/sender.ts';
import type { Delivery, Mail, Mailer } from './mailer.ts';
import { composeMessage, fromHeader } from './mime.ts';

interface Options {
  /** smtp://user:pass@host:587 or smtps://… */
  url: string;
  /** `Name <address>` or an address. */
  from: string;
  /** Milliseconds for one message, from connecting to the last reply. */
  deadline?: number;
}

/** Only these failures can be about the message. Others are about the connection and may be temporary. */
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/** @throws Error if `from` has no address */
export function smtpMailer({ url, from: senderText, deadline = 10 * SECOND }: Options): Mailer {
  const sender = parseSender(senderText);
  if (!sender) throw new Error('MAIL_FROM contains no address');
  const pool = new SmtpPool({
    url,
    maxConnections: 4,
    idleTimeout: 15 * SECOND,
    // Only the outbox retries. The pool would also retry if a connection breaks.
    maxRequeues: 0,
    dnsTimeout: deadline / 2,
    connectionTimeout: deadline / 2,
    greetingTimeout: deadline / 2,
    socketTimeout: deadline,
    socketCloseTimeout: SECOND,
    requireTLS: requiresTls(url),
  });
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  const from = fromHeader(sender);

  const sendThroughPool = (mail: Mail, signal: AbortSignal): Promise<void> => {
    const messageId = `${mail.messageId}@${domain}`;
    const content = composeMessage(mail, from, messageId, systemClock.now());
    return new Promise((resolve, reject) => {
      const message = {
        getEnvelope: () => ({ from: sender.address, to: [mail.to] }),
        createReadStream: () => Readable.from([content], { objectMode: false }),
        messageId: () => messageId,
        getHeader: () => messageId,
      };
      // The part of a composed message that a transport uses.
      const composed = { data: { signal }, message } as unknown as Parameters<typeof pool.send>[0];
      pool.send(composed, (error) => (error ? reject(error) : resolve()));
    });
  };

  return {
    async send(mail) {
      const late = new AbortController();
      // Not AbortSignal.timeout, which would stay in memory until the deadline, long after the message was sent.
      const timer = setTimeout(() => late.abort(), deadline);
      try {
        await sendThroughPool(mail, late.signal);
        return { outcome: 'sent' };
      } catch (error) {
        return toFailure(error, mail.to);
      } finally {
        clearTimeout(timer);
      }
    },

    async verify() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Delivery>((resolve) => {
        timer = setTimeout(
          () => resolve({ outcome: 'deferred', error: `no response within ${deadline} ms` }),
          deadline,
        );
      });
      const verification = pool.verify().then(
        (): Delivery => ({ outcome: 'sent' }),
        (error: unknown) => toFailure(error, ''),
      );
      return Promise.race([verification, late]).finally(() => clearTimeout(timer));
    },

    async close() {
      pool.close({ force: true });
    },
  };
}

/** With a password, TLS is required, except on this machine. Otherwise STARTTLS is used if the server offers it. */
function requiresTls(url: string): boolean {
  const { password, hostname } = new URL(url);
  return password !== '' && !isLoopback(hostname);
}

function toFailure(error: unknown, to: Mail['to']): Delivery {
  // Nodemailer adds these to its errors.
  const { code, command, responseCode, response } = error as {
    code?: string;
    command?: string;
    responseCode?: number;
    response?: string;
  };
  const stage = command?.split(':', 1)[0]?.trim() ?? '';
  const refused = (responseCode ?? 0) >= 500 && ABOUT_THE_MESSAGE.has(stage);
  const quoted = response === undefined ? '' : `: ${withoutSecrets(response, to)}`;
  return {
    outcome: refused ? 'refused' : 'deferred',
    error: `${code ?? 'SMTP'}${stage && ` at ${stage}`}${quoted}`,
  };
}

/** Replies quote addresses and content. Removes both, and digits, which could be a code. */
function withoutSecrets(reply: string, to: string): string {
  const local = to.slice(0, to.lastIndexOf('@'));
  const masked = local.length > 2 ? reply.replaceAll(local, '•••').replaceAll(local.toLowerCase(), '•••') : reply;
  return masked
    .replace(/\S*@\S*/g, '•••')
    .replace(/\d{4,}/g, '•••')
    .replace(/\S{40,}/g, '•••')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, 200);
}

import { createHmac } from 'node:crypto';
import { type Clock, numericDate, SECOND } from '../../core/clock.ts';
import { ask, type Question } from '../web/ask.ts';
import { verdictOn } from './outgoing.ts';
import type { SmsSender } from './sms-sender.ts';

interface Options {
  url: string;
  secret: string;
  clock: Clock;
  /** Milliseconds for one message. */
  deadline?: number;
}

/**
 * Any gateway that speaks this:
 *
 *     POST <SMS_HTTP_URL>
 *     content-type: application/json
 *     x-request-id: <reference of the message>
 *     x-timestamp:  <seconds since 1970, decimal>
 *     x-signature:  sha256=<lower-case hex of HMAC-SHA256>, keyed with SMS_HTTP_SECRET as UTF-8,
 *                   over x-timestamp + "." + x-request-id + "." + body
 *
 *     {"to":"+998901234567","text":"…","locale":"uz"}
 *
 * The gateway computes the signature over the bytes it received and compares in constant time, refuses a timestamp more
 * than five minutes off, and drops an x-request-id that it saw within them: a copied request sends nothing.
 *
 * It answers 2xx: the message is taken. 401: the signature is not accepted. 429, with Retry-After in seconds: come back
 * later. Another 4xx: this message will never be taken. Anything else, or nothing: nobody knows.
 *
 * `latchkey doctor` asks with HEAD, signed in the same way over an empty body; every answer but 401, 429, 3xx and 5xx is
 * fine.
 */
export function httpSender({ url, secret, clock, deadline = 5 * SECOND }: Options): SmsSender {
  async function asked(id: string, question: Pick<Question, 'method' | 'body' | 'headers'>) {
    const timestamp = String(numericDate(clock.now()));
    const signature = createHmac('sha256', secret)
      .update(`${timestamp}.${id}.${question.body ?? ''}`)
      .digest('hex');
    const proof = { 'x-request-id': id, 'x-timestamp': timestamp, 'x-signature': `sha256=${signature}` };
    const headers = { ...question.headers, ...proof };
    return verdictOn('the SMS gateway', await ask({ ...question, url: new URL(url), headers, deadline }));
  }

  return {
    async send({ to, text, locale, reference }) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ to, text, locale });
      const verdict = await asked(reference, { method: 'POST', headers, body });
      if ('delivery' in verdict) return verdict.delivery;
      if (verdict.status < 300) return { outcome: 'sent' };
      return { outcome: 'refused', error: `the SMS gateway: HTTP ${verdict.status}` };
    },
    async verify() {
      const verdict = await asked('doctor', { method: 'HEAD' });
      return 'delivery' in verdict ? verdict.delivery : { outcome: 'sent' };
    },
    close: async () => {},
  };
}

import { createHmac } from 'node:crypto';
import { type Clock, numericDate } from '../../../core/clock.ts';
import { type HttpRequest, sendRequest } from '../../web/send-request.ts';
import { assess } from '../outgoing.ts';
import type { SmsSender } from '../sms-sender.ts';

interface Options {
  url: string;
  secret: string;
  clock: Clock;
  /** Milliseconds for one message. */
  deadline: number;
}

/**
 * Any gateway with this protocol:
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
 * The gateway computes the signature over the bytes it received and compares in constant time. It refuses timestamps
 * more than five minutes off, and an x-request-id that it has seen within them, so a replayed request sends nothing.
 *
 * The status of its response means: 2xx, the message is accepted. 401, the signature is wrong. 429 with Retry-After in
 * seconds, try again later. Any other 4xx, this message will never be accepted. Anything else, or no response: the
 * outcome is unknown.
 *
 * `latchkey doctor` sends HEAD, signed in the same way over an empty body. Any response except 401, 429, 3xx and 5xx
 * passes the check.
 */
export function httpSender({ url, secret, clock, deadline }: Options): SmsSender {
  async function sendSigned(id: string, request: Pick<HttpRequest, 'method' | 'body' | 'headers'>) {
    const timestamp = String(numericDate(clock.now()));
    const signature = createHmac('sha256', secret)
      .update(`${timestamp}.${id}.${request.body ?? ''}`)
      .digest('hex');
    const signed = { 'x-request-id': id, 'x-timestamp': timestamp, 'x-signature': `sha256=${signature}` };
    const headers = { ...request.headers, ...signed };
    return assess('the SMS gateway', await sendRequest({ ...request, url: new URL(url), headers, deadline }));
  }

  return {
    async send({ to, text, locale, reference }) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ to, text, locale });
      const response = await sendSigned(reference, { method: 'POST', headers, body });
      if (response.kind === 'final') return response.delivery;
      if (response.status < 300) return { outcome: 'sent' };
      return { outcome: 'refused', error: `the SMS gateway: HTTP ${response.status}` };
    },
    async verify() {
      const response = await sendSigned('doctor', { method: 'HEAD' });
      return response.kind === 'final' ? response.delivery : { outcome: 'sent' };
    },
    close: async () => {},
  };
}

import type { RequestClient } from 'twilio';
import { type HttpResult, sendRequest } from '../../web/send-request.ts';
import { type AssessedResponse, assess, parseJsonObject } from '../outgoing.ts';
import type { SmsDelivery, SmsSender } from '../sms-sender.ts';

interface Options {
  apiUrl: string;
  accountSid: string;
  authToken: string;
  /** A number, a short code or a name. Not used with a messaging service, which chooses the number itself. */
  phoneNumber?: string | undefined;
  messagingServiceSid?: string | undefined;
  /** Milliseconds for one message. */
  deadline: number;
}

type ClientRequest = Parameters<RequestClient['request']>[0];

/** Errors about this number or message; others may work. https://www.twilio.com/docs/api/errors */
const REFUSALS: Record<number, string> = {
  21211: 'not a phone number',
  21408: 'the region is not enabled for this account',
  21604: 'no number to send to',
  21608: 'a trial account sends to verified numbers only',
  21610: 'the number has opted out',
  21612: 'no route from our number to this one',
  21614: 'not a mobile number',
  21617: 'the text is too long',
};

/** 21611 is a full queue. The others are about our account, number or messaging service. */
const ACCOUNT_ERRORS = new Set([
  10001, 20003, 20005, 20429, 21212, 21606, 21611, 21659, 21701, 21703, 21705, 30001, 30002,
]);

/** Carries the outcome through Twilio's client. */
class NotSent extends Error {
  constructor(readonly delivery: SmsDelivery) {
    super('not sent');
  }
}

/**
 * Twilio's official client over our own transport: it reaches only the configured host, without retries, redirects and
 * proxies. Loaded on first use, because it takes a quarter of a second and 30 MB.
 */
export async function twilioSender(options: Options): Promise<SmsSender> {
  const { apiUrl, accountSid, authToken, phoneNumber = '', messagingServiceSid, deadline } = options;
  const { default: twilio } = await import('twilio');
  const httpClient = { request: (opts: ClientRequest) => forward(opts, apiUrl, deadline) };
  const client = twilio(accountSid, authToken, {
    // The client uses only this method.
    httpClient: httpClient as unknown as RequestClient,
    accountSid,
    edge: '',
    region: '',
  });
  const sender = messagingServiceSid ? { messagingServiceSid } : { from: phoneNumber };

  return {
    send: ({ to, text }) =>
      toDelivery(async () => {
        const { status, errorCode } = await client.messages.create({ to, body: text, ...sender });
        return status === 'failed' ? refusal(errorCode) : { outcome: 'sent' };
      }),
    verify: () =>
      toDelivery(async () => {
        await client.api.v2010.accounts(accountSid).fetch();
        return { outcome: 'sent' };
      }),
    close: async () => {},
  };
}

async function toDelivery(work: () => Promise<SmsDelivery>): Promise<SmsDelivery> {
  try {
    return await work();
  } catch (error) {
    // Any other error comes from reading a 2xx, so the message may have been sent.
    return error instanceof NotSent ? error.delivery : { outcome: 'unknown', error: 'Twilio: unreadable response' };
  }
}

async function forward(opts: ClientRequest, apiUrl: string, deadline: number) {
  const { pathname, search } = new URL(opts.uri);
  const response = await sendRequest({
    method: opts.method === 'post' ? 'POST' : 'GET',
    url: new URL(pathname + search, apiUrl),
    headers: {
      'user-agent': 'latchkey',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${opts.username}:${opts.password}`).toString('base64')}`,
    },
    ...(opts.data ? { body: encodeForm(opts.data) } : {}),
    deadline,
  });
  const assessed = assessTwilio(response);
  if (assessed.kind === 'final') throw new NotSent(assessed.delivery);
  return { statusCode: assessed.status, body: assessed.body, headers: {} };
}

const encodeForm = (fields: object): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

function assessTwilio(response: HttpResult): AssessedResponse {
  const code = response.kind === 'response' && response.status >= 400 ? readErrorCode(response.body) : undefined;
  if (code !== undefined && code in REFUSALS) return { kind: 'final', delivery: refusal(code) };
  const assessed = assess('Twilio', response);
  if (assessed.kind === 'final' || assessed.status < 400) return assessed;
  const isAccountError = assessed.status !== 400 || (code !== undefined && ACCOUNT_ERRORS.has(code));
  if (!isAccountError) return { kind: 'final', delivery: refusal(code) };
  const error = `Twilio: HTTP ${assessed.status}, error ${code ?? 'unknown'}`;
  return { kind: 'final', delivery: { outcome: 'unavailable', error } };
}

function readErrorCode(body: string): number | undefined {
  const { code } = parseJsonObject(body);
  return typeof code === 'number' ? code : undefined;
}

/** Our own texts, because Twilio's quote the number. */
const refusal = (code: number | undefined): SmsDelivery => ({
  outcome: 'refused',
  error: `Twilio: error ${code ?? 'unknown'}${code !== undefined && code in REFUSALS ? `, ${REFUSALS[code]}` : ''}`,
});

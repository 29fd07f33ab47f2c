import type { RequestClient, Twilio } from 'twilio';
import { sendRequest } from '../../web/send-request.ts';
import type { SmsDelivery } from '../sms-sender.ts';
import { assessTwilio, NotSent } from './twilio-responses.ts';

export interface TwilioAccount {
  accountSid: string;
  authToken?: string | undefined;
  /** Used instead of the account's token, together with its secret. */
  apiKey?: string | undefined;
  apiKeySecret?: string | undefined;
}

interface Options extends TwilioAccount {
  /** The host that all requests go to. */
  apiUrl: string;
  /** Milliseconds for one request. */
  deadline: number;
}

type ClientRequest = Parameters<RequestClient['request']>[0];

/**
 * Twilio's official client over our own transport: it reaches only the configured host, without retries, redirects and
 * proxies. Loaded on first use, because it takes a quarter of a second and 30 MB.
 */
export async function openTwilioClient(options: Options): Promise<Twilio> {
  const { apiUrl, accountSid, authToken, apiKey, apiKeySecret, deadline } = options;
  const { default: twilio } = await import('twilio');
  const httpClient = { request: (opts: ClientRequest) => forward(opts, apiUrl, deadline) };
  const [username, password] = apiKey && apiKeySecret ? [apiKey, apiKeySecret] : [accountSid, authToken];
  return twilio(username, password ?? '', {
    // The client uses only this method.
    httpClient: httpClient as unknown as RequestClient,
    accountSid,
    edge: '',
    region: '',
  });
}

export async function toDelivery(work: () => Promise<SmsDelivery>): Promise<SmsDelivery> {
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

import type { RequestClient } from 'twilio';
import { SECOND } from '../../core/clock.ts';
import { type Answer, ask } from '../web/ask.ts';
import { objectIn, type Verdict, verdictOn } from './outgoing.ts';
import type { SmsDelivery, SmsSender } from './sms-sender.ts';

interface Options {
  /** https://api.twilio.com, a region's own, or a stand-in. */
  apiUrl: string;
  accountSid: string;
  authToken: string;
  /** A messaging service chooses among its numbers by itself. */
  from: { number: string } | { messagingService: string };
  /** Milliseconds for one message. */
  deadline?: number;
}

type ClientRequest = Parameters<RequestClient['request']>[0];

/** https://www.twilio.com/docs/api/errors: about this number or this message, so that another one may well go. */
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

/** 21611 is a queue that is full; the others are about us: the account, the number we send from, the service. */
const NOT_NOW = new Set([10001, 20003, 20005, 20429, 21212, 21606, 21611, 21659, 21701, 21703, 21705, 30001, 30002]);

/** Carries what became of a message out of Twilio's client. */
class NotSent extends Error {
  constructor(readonly delivery: SmsDelivery) {
    super('not sent');
  }
}

/**
 * Twilio's official client over our own transport: to the configured host alone whatever address it builds, without
 * repeating, redirects and proxies. Loaded here, because it takes a quarter of a second and 30 MB.
 */
export async function twilioSender(options: Options): Promise<SmsSender> {
  const { apiUrl, accountSid, authToken, from, deadline = 5 * SECOND } = options;
  const { default: twilio } = await import('twilio');
  const httpClient = { request: (opts: ClientRequest) => carry(opts, apiUrl, deadline) };
  const client = twilio(accountSid, authToken, {
    // The client calls nothing else of it.
    httpClient: httpClient as unknown as RequestClient,
    accountSid,
    edge: '',
    region: '',
  });
  const sender = 'number' in from ? { from: from.number } : { messagingServiceSid: from.messagingService };

  return {
    send: ({ to, text }) =>
      outcomeOf(async () => {
        const { status, errorCode } = await client.messages.create({ to, body: text, ...sender });
        return status === 'failed' ? refusal(errorCode) : { outcome: 'sent' };
      }),
    verify: () =>
      outcomeOf(async () => {
        await client.api.v2010.accounts(accountSid).fetch();
        return { outcome: 'sent' };
      }),
    close: async () => {},
  };
}

async function outcomeOf(work: () => Promise<SmsDelivery>): Promise<SmsDelivery> {
  try {
    return await work();
  } catch (error) {
    // Whatever else fails here fails at reading a 2xx, so the message may have gone.
    return error instanceof NotSent
      ? error.delivery
      : { outcome: 'unknown', error: 'Twilio: an answer nobody can read' };
  }
}

async function carry(opts: ClientRequest, apiUrl: string, deadline: number) {
  const { pathname, search } = new URL(opts.uri);
  const answer = await ask({
    method: opts.method === 'post' ? 'POST' : 'GET',
    url: new URL(pathname + search, apiUrl),
    headers: {
      'user-agent': 'latchkey',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${opts.username}:${opts.password}`).toString('base64')}`,
    },
    ...(opts.data ? { body: formOf(opts.data) } : {}),
    deadline,
  });
  const verdict = judged(answer);
  if ('delivery' in verdict) throw new NotSent(verdict.delivery);
  return { statusCode: verdict.status, body: verdict.body, headers: {} };
}

const formOf = (fields: object): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

function judged(answer: Answer): Verdict {
  const code = answer.kind === 'answered' && answer.status >= 400 ? codeIn(answer.body) : undefined;
  if (code !== undefined && code in REFUSALS) return { delivery: refusal(code) };
  const verdict = verdictOn('Twilio', answer);
  if ('delivery' in verdict || verdict.status < 400) return verdict;
  const isAboutUs = verdict.status !== 400 || (code !== undefined && NOT_NOW.has(code));
  if (!isAboutUs) return { delivery: refusal(code) };
  return { delivery: { outcome: 'unavailable', error: `Twilio: HTTP ${verdict.status}, error ${code ?? 'unknown'}` } };
}

function codeIn(body: string): number | undefined {
  const { code } = objectIn(body);
  return typeof code === 'number' ? code : undefined;
}

/** Twilio's own sentences quote the number. */
const refusal = (code: number | undefined): SmsDelivery => ({
  outcome: 'refused',
  error: `Twilio: error ${code ?? 'unknown'}${code !== undefined && code in REFUSALS ? `, ${REFUSALS[code]}` : ''}`,
});

import {
  type ProviderReply,
  type ProviderRequest,
  type SmsFault,
  type SmsStandIn,
  startProvider,
} from './sms-provider.ts';

export const TWILIO_ACCOUNT = `AC${'5ef8732a3c49700934481addd5ce1659'}`;
export const TWILIO_TOKEN = 'a-token-that-only-the-account-knows';

export interface TwilioStandIn extends SmsStandIn {
  /** The error code and HTTP status of 'rejects the number'. */
  error: { code: number; status: number };
  /** The fields of the last request to send a message. */
  lastForm(): Record<string, string>;
}

/** Settings for sending through this server. */
export const twilioSettings = ({ origin }: Pick<SmsStandIn, 'origin'>) => ({
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TWILIO_PHONE_NUMBER: '+12025550100',
  TWILIO_API_URL: origin,
});

/** Twilio's Messages and Accounts resources, version 2010-04-01, with their documented responses. */
export async function startTwilio(): Promise<TwilioStandIn> {
  const account = `/2010-04-01/Accounts/${TWILIO_ACCOUNT}`;
  let form: Record<string, string> = {};
  const error = { code: 21211, status: 400 };

  const problem = (status: number, code: number, message: string): ProviderReply => ({
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  });

  function reply(request: ProviderRequest, fault: SmsFault): ProviderReply {
    const expected = `Basic ${Buffer.from(`${TWILIO_ACCOUNT}:${TWILIO_TOKEN}`).toString('base64')}`;
    if (request.headers.authorization !== expected || fault === 'rejects the credentials') {
      return problem(401, 20003, 'Authenticate');
    }
    if (request.method === 'GET' && request.path === `${account}.json`) {
      return { status: 200, body: { sid: TWILIO_ACCOUNT, friendly_name: 'Example', status: 'active', type: 'Full' } };
    }
    if (request.path !== `${account}/Messages.json`)
      return problem(404, 20404, `The resource ${request.path} was not found`);
    if (fault === 'rejects the number') {
      return problem(error.status, error.code, `The 'To' number ${form.To} is not valid; text: ${form.Body}`);
    }
    if (fault === 'responds with 429') {
      return { ...problem(429, 20429, 'Too Many Requests'), headers: { 'retry-after': '7' } };
    }
    if (fault === 'responds with 500')
      return problem(500, 20500, `An internal server error has occurred: ${form.Body}`);
    return { status: 201, body: created(form) };
  }

  const standIn = await startProvider({
    order(request) {
      if (request.method !== 'POST' || !request.path.endsWith('/Messages.json')) return undefined;
      form = Object.fromEntries(new URLSearchParams(request.body));
      return { to: form.To ?? '', text: form.Body ?? '' };
    },
    reply,
  });
  return Object.assign(standIn, { error, lastForm: () => form });
}

const created = (form: Record<string, string>) => ({
  sid: 'SM0123456789abcdef0123456789abcdef',
  account_sid: TWILIO_ACCOUNT,
  messaging_service_sid: form.MessagingServiceSid ?? null,
  to: form.To,
  from: form.From ?? null,
  body: form.Body,
  status: form.MessagingServiceSid ? 'accepted' : 'queued',
  direction: 'outbound-api',
  num_segments: '1',
  num_media: '0',
  price: null,
  price_unit: 'USD',
  error_code: null,
  error_message: null,
  api_version: '2010-04-01',
  date_created: 'Thu, 24 Aug 2023 05:01:45 +0000',
  date_sent: null,
  date_updated: 'Thu, 24 Aug 2023 05:01:45 +0000',
  uri: `/2010-04-01/Accounts/${TWILIO_ACCOUNT}/Messages/SM0123456789abcdef0123456789abcdef.json`,
  subresource_uris: {},
});

import { randomBytes } from 'node:crypto';
import {
  type ProviderReply,
  type ProviderRequest,
  type SmsFault,
  type SmsStandIn,
  startProvider,
} from './sms-provider.ts';

export const TWILIO_ACCOUNT = `AC${'5ef8732a3c49700934481addd5ce1659'}`;
export const TWILIO_TOKEN = 'a-token-that-only-the-account-knows';
export const TWILIO_KEY = `SK${'0a1b2c3d4e5f60718293a4b5c6d7e8f9'}`;
export const TWILIO_KEY_SECRET = 'the secret of the key';
export const TWILIO_SERVICE = `VA${'00112233445566778899aabbccddeeff'}`;

export interface TwilioStandIn extends SmsStandIn {
  /** The error code and HTTP status of 'rejects the number'. */
  error: { code: number; status: number };
  /** Of Verify: the status of each verification that was reported back, in order. */
  settled: { sid: string; status: string }[];
  /** Verify: whether the service accepts our codes. */
  customCodes: boolean;
  /** Replaces fields of a message that was created. */
  created: object;
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

export const twilioVerifySettings = ({ origin }: Pick<SmsStandIn, 'origin'>) => ({
  SMS_PROVIDER: 'twilio-verify',
  TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TWILIO_VERIFY_SERVICE_SID: TWILIO_SERVICE,
  TWILIO_API_URL: origin,
});

/** Verify refuses a number after as many codes in ten minutes that were neither approved nor canceled. */
const MAX_PENDING = 5;

/** Twilio's Messages and Accounts resources, version 2010-04-01, with their documented responses. */
export async function startTwilio(): Promise<TwilioStandIn> {
  const account = `/2010-04-01/Accounts/${TWILIO_ACCOUNT}`;
  const service = `/v2/Services/${TWILIO_SERVICE}`;
  const pending = new Map<string, { sid: string; attempts: number }>();
  let form: Record<string, string> = {};
  const error = { code: 21211, status: 400 };

  const problem = (status: number, code: number, message: string): ProviderReply => ({
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  });

  function reply(request: ProviderRequest, fault: SmsFault): ProviderReply {
    if (!CREDENTIALS.includes(request.headers.authorization ?? '') || fault === 'rejects the credentials') {
      return problem(401, 20003, 'Authenticate');
    }
    if (request.method === 'GET' && request.path === `${account}.json`) {
      return { status: 200, body: { sid: TWILIO_ACCOUNT, friendly_name: 'Example', status: 'active', type: 'Full' } };
    }
    if (request.path.startsWith(service)) return replyOfVerify(request, fault);
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
    const validity = Number(form.ValidityPeriod);
    if (!(validity >= 1 && validity <= 36_000)) return problem(400, 21627, 'Invalid validity period');
    return { status: 201, body: { ...created(form), ...standIn.created } };
  }

  function replyOfVerify(request: ProviderRequest, fault: SmsFault): ProviderReply {
    if (request.method === 'GET' && request.path === service)
      return { status: 200, body: { sid: TWILIO_SERVICE, custom_code_enabled: standIn.customCodes } };
    const [, sid] = new RegExp(`^${service}/Verifications/(VE[0-9a-f]{32})$`).exec(request.path) ?? [];
    if (sid !== undefined) return settle(sid, new URLSearchParams(request.body).get('Status') ?? '');
    if (request.path !== `${service}/Verifications`) return problem(404, 20404, 'not found');
    const { To: to = '', Channel: channel, CustomCode: code = '' } = form;
    if (fault === 'rejects the number') return problem(error.status, error.code, `Invalid parameter: ${to} ${code}`);
    if (fault === 'responds with 429')
      return { ...problem(429, 20429, 'Too Many Requests'), headers: { 'retry-after': '7' } };
    if (fault === 'responds with 500') return problem(500, 20500, `An internal server error: ${code}`);
    if (!standIn.customCodes) return problem(403, 60204, 'Service does not support this feature');
    if (channel !== 'sms' || !/^[0-9A-Za-z]{4,10}$/.test(code)) return problem(400, 60200, 'Invalid parameter');
    const attempts = (pending.get(to)?.attempts ?? 0) + 1;
    if (attempts > MAX_PENDING) return problem(429, 60203, 'Max send attempts reached');
    const verification = { sid: pending.get(to)?.sid ?? `VE${randomBytes(16).toString('hex')}`, attempts };
    pending.set(to, verification);
    return {
      status: 201,
      body: { sid: verification.sid, service_sid: TWILIO_SERVICE, to, channel, status: 'pending', valid: false },
    };
  }

  function settle(sid: string, status: string): ProviderReply {
    const found = [...pending].find(([, verification]) => verification.sid === sid);
    if (!found) return problem(404, 20404, 'The requested resource was not found');
    if (status !== 'approved' && status !== 'canceled') return problem(400, 60200, 'Invalid parameter: Status');
    pending.delete(found[0]);
    standIn.settled.push({ sid, status });
    return { status: 200, body: { sid, to: found[0], status, valid: status === 'approved' } };
  }

  const provider = await startProvider({
    order(request) {
      if (request.method !== 'POST' || !/\/(?:Messages\.json|Verifications)$/.test(request.path)) return undefined;
      form = Object.fromEntries(new URLSearchParams(request.body));
      return { to: form.To ?? '', text: form.Body ?? form.CustomCode ?? '' };
    },
    reply,
  });
  const standIn: TwilioStandIn = Object.assign(provider, {
    error,
    settled: [],
    created: {},
    customCodes: true,
    lastForm: () => form,
  });
  return standIn;
}

const CREDENTIALS = [`${TWILIO_ACCOUNT}:${TWILIO_TOKEN}`, `${TWILIO_KEY}:${TWILIO_KEY_SECRET}`].map(
  (pair) => `Basic ${Buffer.from(pair).toString('base64')}`,
);

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

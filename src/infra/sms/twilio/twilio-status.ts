import type { StatusCallback, StatusReport } from '../sms-sender.ts';
import { toFailure } from './twilio-responses.ts';

const ON_ITS_WAY = ['accepted', 'scheduled', 'queued', 'sending', 'sent'];
const DELIVERED = ['delivered', 'read'];
const FAILED = ['failed', 'undelivered', 'canceled'];

/** Twilio signs requests with the auth token of the account (https://www.twilio.com/docs/usage/webhooks/webhooks-security). */
export const createStatusReader =
  (authToken: string) =>
  async ({ url, fields, header }: StatusCallback): Promise<StatusReport | 'forged' | undefined> => {
    const { default: twilio } = await import('twilio');
    const signature = header('x-twilio-signature') ?? '';
    if (!twilio.validateRequest(authToken, signature, url, { ...fields })) return 'forged';
    const status = fields.MessageStatus ?? fields.SmsStatus ?? '';
    if (DELIVERED.includes(status)) return { status: 'delivered' };
    if (ON_ITS_WAY.includes(status)) return { status: 'accepted' };
    if (!FAILED.includes(status)) return undefined;
    const code = Number(fields.ErrorCode);
    return { status: 'failed', reason: toFailure(code > 0 ? code : undefined).error };
  };

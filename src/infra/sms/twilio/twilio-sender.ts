import { SECOND } from '../../../core/clock.ts';
import type { SmsSender } from '../sms-sender.ts';
import { openTwilioClient, type TwilioAccount, toDelivery } from './twilio-client.ts';
import { toFailure } from './twilio-responses.ts';
import { createStatusReader } from './twilio-status.ts';

interface Options extends TwilioAccount {
  apiUrl: string;
  /** A number, a short code or a name. Not used with a messaging service, which chooses the number itself. */
  phoneNumber?: string | undefined;
  messagingServiceSid?: string | undefined;
  /** Milliseconds for one message. */
  deadline: number;
}

/** Seconds that Twilio may keep a message in its queue. */
const MAX_VALIDITY = 36_000;

export async function twilioSender(options: Options): Promise<SmsSender> {
  const { accountSid, authToken, phoneNumber = '', messagingServiceSid } = options;
  const client = await openTwilioClient(options);
  const sender = messagingServiceSid ? { messagingServiceSid } : { from: phoneNumber };

  return {
    send: ({ to, text, lifetime, statusUrl }) =>
      toDelivery(async () => {
        const { sid, status, errorCode } = await client.messages.create({
          to,
          body: text,
          ...sender,
          // A code must not arrive after it has expired.
          validityPeriod: Math.min(MAX_VALIDITY, Math.max(1, Math.floor(lifetime / SECOND))),
          // Without the token, a report could not be told from a forged one.
          ...(statusUrl !== undefined && authToken !== undefined && { statusCallback: statusUrl }),
        });
        return status === 'failed' ? toFailure(errorCode) : { outcome: 'sent', id: sid };
      }),
    verify: () =>
      toDelivery(async () => {
        await client.api.v2010.accounts(accountSid).fetch();
        return { outcome: 'sent' };
      }),
    ...(authToken !== undefined && { readStatus: createStatusReader(authToken) }),
    close: async () => {},
  };
}

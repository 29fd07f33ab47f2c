import type { Locale } from '../../../core/locale.ts';
import type { SmsSender } from '../sms-sender.ts';
import { openTwilioClient, type TwilioAccount, toDelivery } from './twilio-client.ts';

interface Options extends TwilioAccount {
  /** URL of the API for messages. The URL of Verify is derived from it. */
  apiUrl: string;
  verifyServiceSid: string;
  /** Milliseconds for one message. */
  deadline: number;
}

/** Verify has no texts in Uzbek: Twilio then chooses by the number. https://www.twilio.com/docs/verify/supported-languages */
const LOCALES: Partial<Record<Locale, string>> = { en: 'en', ru: 'ru' };

/**
 * Twilio Verify with our own codes: Twilio writes the text. It wants to know which codes were entered, and otherwise refuses
 * a number after five codes. https://www.twilio.com/docs/verify/api/customization-options
 */
export async function twilioVerifySender({ apiUrl, verifyServiceSid, ...options }: Options): Promise<SmsSender> {
  const client = await openTwilioClient({ ...options, apiUrl: toVerifyUrl(apiUrl) });
  const service = client.verify.v2.services(verifyServiceSid);

  return {
    async send({ to, code: customCode, locale }) {
      if (customCode === undefined) return { outcome: 'refused', error: 'Twilio Verify sends codes only' };
      return toDelivery(async () => {
        const language = LOCALES[locale];
        const { sid } = await service.verifications.create({
          to,
          channel: 'sms',
          customCode,
          ...(language && { locale: language }),
        });
        return { outcome: 'sent', id: sid };
      });
    },
    settle: (id, status) =>
      toDelivery(async () => {
        await service.verifications(id).update({ status });
        return { outcome: 'sent' };
      }),
    verify: () =>
      toDelivery(async () => {
        const { customCodeEnabled } = await service.fetch();
        return customCodeEnabled === false
          ? { outcome: 'unavailable', error: 'Twilio: custom verification codes are not enabled in the Verify service' }
          : { outcome: 'sent' };
      }),
    close: async () => {},
  };
}

/** https://api.sydney.au1.twilio.com → https://verify.sydney.au1.twilio.com. Any other server has both APIs. */
const toVerifyUrl = (apiUrl: string): string =>
  apiUrl.replace(/^https:\/\/api\.(?=(?:[\w-]+\.)*twilio\.com$)/, 'https://verify.');

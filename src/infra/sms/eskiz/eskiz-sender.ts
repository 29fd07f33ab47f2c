import type { Clock } from '../../../core/clock.ts';
import { findCountry } from '../../../core/phones.ts';
import { assess } from '../outgoing.ts';
import type { Sms, SmsSender } from '../sms-sender.ts';
import { createEskizApproval } from './eskiz-approval.ts';
import { createEskizClient, type EskizAccount } from './eskiz-client.ts';
import { readDelivery, readStatus } from './eskiz-responses.ts';

interface Options extends EskizAccount {
  /** The name or number that the message is from. 4546 is shared by all customers. */
  sender: string;
  /** Where Eskiz sends its delivery reports, instead of to this service. */
  callbackUrl: string | undefined;
  clock: Clock;
  /** Milliseconds for one message, including the login. */
  deadline: number;
}

const HOME = 'UZ';

export function eskizSender({ sender, callbackUrl, ...options }: Options): SmsSender {
  const client = createEskizClient(options);

  const callback = ({ statusUrl }: Sms) => {
    const url = callbackUrl ?? statusUrl;
    return url === undefined ? {} : { callback_url: url };
  };

  /** Abroad, the sender is Eskiz's. */
  async function sendAbroad(sms: Sms, country: string | undefined) {
    if (country === undefined) return { outcome: 'refused', error: 'Eskiz: the number belongs to no country' } as const;
    const fields = {
      mobile_phone: sms.to.slice(1),
      message: sms.text,
      country_code: country,
      unicode: isAscii(sms.text) ? '0' : '1',
      ...callback(sms),
    };
    return readDelivery(await client.post('/api/message/sms/send-global', fields), sms, { isGlobal: true });
  }

  return {
    async send(sms) {
      const country = findCountry(sms.to);
      if (country !== HOME) return sendAbroad(sms, country);
      const fields = {
        mobile_phone: sms.to.slice(1),
        message: sms.text,
        from: sender,
        user_sms_id: toDigits(sms.reference),
        ...callback(sms),
      };
      return readDelivery(await client.post('/api/message/sms/send', fields), sms, { isGlobal: false });
    },
    async verify() {
      const response = assess('Eskiz', await client.get('/api/auth/user'));
      if (response.kind === 'final') return response.delivery;
      return response.status < 300
        ? { outcome: 'sent' }
        : { outcome: 'unavailable', error: `Eskiz: HTTP ${response.status}` };
    },
    // Eskiz signs nothing: the secret is in the path of the callback's URL.
    readStatus: async ({ fields }) => readStatus(fields.status),
    approval: createEskizApproval({ client, sender }),
    close: async () => {},
  };
}

const isAscii = (text: string): boolean => /^[\n\x20-\x7e]*$/.test(text);

/** Eskiz's identifiers have at most twelve digits. */
const toDigits = (reference: string): string =>
  String(BigInt(`0x${reference.replace(/[^0-9a-f]/gi, '').slice(-12) || '0'}`) % 10n ** 12n);

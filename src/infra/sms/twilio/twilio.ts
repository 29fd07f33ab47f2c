import { line, matching } from '../../../core/settings/text.ts';
import { baseUrl } from '../../../core/settings/urls.ts';
import { smsGateway } from '../gateway.ts';
import { twilioSender } from './twilio-sender.ts';

/** Twilio's identifiers: two letters for the kind, then 32 hexadecimal digits. */
const sid = (kind: string) =>
  matching(new RegExp(`^${kind}[0-9a-f]{32}$`), `be ${kind} and 32 hexadecimal digits, as in Twilio's console`);

const sender = matching(
  /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{2,11})$/,
  'be a number such as +12025550123, a short code, or a sender name of at most 11 letters and digits',
);

export const twilio = smsGateway({
  name: 'twilio',
  prefix: 'TWILIO',
  settings: {
    accountSid: sid('AC').describe('Twilio: account SID, AC and 32 hexadecimal digits.'),
    authToken: line.describe('Twilio: auth token of the account.'),
    phoneNumber: sender
      .optional()
      .describe('Twilio: sender number, short code or name. Required unless there is a messaging service.'),
    messagingServiceSid: sid('MG')
      .optional()
      .describe('Twilio: messaging service, MG and 32 hexadecimal digits. It chooses the number.'),
    apiUrl: baseUrl
      .prefault('https://api.twilio.com')
      .describe('Twilio: URL of the API, for example of another region.'),
  },
  secretsSentTo: 'apiUrl',
  check: ({ isSet, variable }) =>
    isSet('phoneNumber') || isSet('messagingServiceSid')
      ? []
      : [`${variable('phoneNumber')} or ${variable('messagingServiceSid')} is required with SMS_PROVIDER=twilio`],
  advice: 'check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and that this machine can reach TWILIO_API_URL',
  open: (settings, { deadline }) => twilioSender({ ...settings, deadline }),
});

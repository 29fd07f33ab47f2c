import { matching } from '../../../core/settings/text.ts';
import { visible } from '../../../core/settings/visible.ts';
import { smsGateway } from '../gateway.ts';
import { twilioSender } from './twilio-sender.ts';
import { ACCOUNT_SETTINGS, checkCredentials, sid } from './twilio-settings.ts';
import { twilioVerifySender } from './twilio-verify-sender.ts';

const sender = matching(
  /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{2,11})$/,
  'be a number such as +12025550123, a short code, or a sender name of at most 11 letters and digits',
);

const { apiUrl, ...credentials } = ACCOUNT_SETTINGS;

export const twilio = smsGateway({
  name: 'twilio',
  prefix: 'TWILIO',
  settings: {
    ...credentials,
    phoneNumber: visible(sender)
      .optional()
      .describe('Twilio: sender number, short code or name. Required unless there is a messaging service.'),
    messagingServiceSid: visible(sid('MG'))
      .optional()
      .describe('Twilio: messaging service (MG and 32 hexadecimal digits). It chooses the number.'),
    apiUrl,
  },
  secretsSentTo: 'apiUrl',
  check: (group) => [
    ...checkCredentials(group, 'twilio'),
    ...(group.isSet('phoneNumber') || group.isSet('messagingServiceSid')
      ? []
      : [
          `${group.variable('phoneNumber')} or ${group.variable('messagingServiceSid')} is required with SMS_PROVIDER=twilio`,
        ]),
  ],
  advice: 'check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and that this machine can reach TWILIO_API_URL',
  open: (settings, { deadline }) => twilioSender({ ...settings, deadline }),
});

export const twilioVerify = smsGateway({
  name: 'twilio-verify',
  prefix: 'TWILIO',
  settings: {
    ...credentials,
    verifyServiceSid: visible(sid('VA')).describe(
      'Twilio Verify: service (VA and 32 hexadecimal digits), with custom verification codes enabled.',
    ),
    apiUrl,
  },
  secretsSentTo: 'apiUrl',
  check: (group) => checkCredentials(group, 'twilio-verify'),
  codesOnly: true,
  advice:
    'check TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_VERIFY_SERVICE_SID, and that the service accepts custom codes',
  open: (settings, { deadline }) => twilioVerifySender({ ...settings, deadline }),
});

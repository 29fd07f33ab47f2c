import type { GivenSettings } from '../../../core/settings/setting-group.ts';
import { line, matching } from '../../../core/settings/text.ts';
import { baseUrl } from '../../../core/settings/urls.ts';
import { visible } from '../../../core/settings/visible.ts';

/** Twilio's identifiers: two letters for the kind, then 32 hexadecimal digits. */
export const sid = (kind: string) =>
  matching(new RegExp(`^${kind}[0-9a-f]{32}$`), `be ${kind} and 32 hexadecimal digits, as in Twilio's console`);

/** The settings that Twilio's gateways share. */
export const ACCOUNT_SETTINGS = {
  accountSid: visible(sid('AC')).describe('Twilio: account SID (AC and 32 hexadecimal digits).'),
  authToken: line
    .optional()
    .describe('Twilio: auth token of the account. Required unless there is an API key; also checks delivery reports.'),
  apiKey: sid('SK')
    .optional()
    .describe("Twilio: API key (SK and 32 hexadecimal digits), instead of the account's token."),
  apiKeySecret: line.optional().describe('Twilio: secret of the API key.'),
  apiUrl: baseUrl.prefault('https://api.twilio.com').describe('Twilio: URL of the API, for example of another region.'),
};

export function checkCredentials(
  { isSet, variable }: GivenSettings<typeof ACCOUNT_SETTINGS>,
  provider: string,
): string[] {
  if (isSet('apiKey') !== isSet('apiKeySecret'))
    return [`${variable('apiKey')} and ${variable('apiKeySecret')} must be set together`];
  return isSet('authToken') || isSet('apiKey')
    ? []
    : [
        `${variable('authToken')} (or ${variable('apiKey')} and ${variable('apiKeySecret')}) is required with SMS_PROVIDER=${provider}`,
      ];
}

import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import { type Country, isCountry } from '../core/phones.ts';
import { fine, must, type Parser } from './parsed.ts';
import type { SettingName, Settings } from './settings.ts';

/** How Twilio writes its identifiers: two letters for the kind, 32 hexadecimal digits. */
export const twilioSid =
  (kind: string): Parser<string> =>
  (text) =>
    new RegExp(`^${kind}[0-9a-f]{32}$`).test(text)
      ? fine(text)
      : must(`be ${kind} and 32 hexadecimal digits, as Twilio's console shows it`);

/** What Twilio takes as From: E.164, a short code, or a name of at most 11 letters and digits. */
export const twilioNumber: Parser<string> = (text) =>
  /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{2,11})$/.test(text)
    ? fine(text)
    : must('be a number such as +12025550123, a short code, or a sender name of at most 11 letters and digits');

/** What stands before the number on the receiver's screen: 4546, or a name that Eskiz has registered. */
export const eskizSender: Parser<string> = (text) =>
  /^[A-Za-z0-9 ._-]{2,20}$/.test(text)
    ? fine(text)
    : must('be 4546 or a registered name of at most 20 letters and digits');

/** As long as the hash: a shorter key is the weaker part (RFC 2104 section 3). */
export const gatewaySecret: Parser<string> = (text) =>
  /^[^\p{Cc}]{32,500}$/u.test(text)
    ? fine(text)
    : must('be 32 to 500 characters; make one with: openssl rand -base64 32');

export const country: Parser<Country> = (text) => {
  const code = text.toUpperCase();
  return isCountry(code) ? fine(code) : must('be a two-letter country code such as UZ');
};

/** What each provider cannot do without. */
const REQUIRED = {
  log: [],
  twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  eskiz: ['ESKIZ_EMAIL', 'ESKIZ_PASSWORD'],
  http: ['SMS_HTTP_URL', 'SMS_HTTP_SECRET'],
} as const satisfies Record<Settings['SMS_PROVIDER'], readonly SettingName[]>;

/** Where codes and credentials go. */
const ADDRESSES = {
  log: undefined,
  twilio: 'TWILIO_API_URL',
  eskiz: 'ESKIZ_API_URL',
  http: 'SMS_HTTP_URL',
} as const satisfies Record<Settings['SMS_PROVIDER'], SettingName | undefined>;

type Environment = Record<string, string | undefined>;

/** What the chosen provider lacks. A variable that is there and wrong has been reported by its parser. */
export function smsErrors(settings: Settings, env: Environment): string[] {
  const { SMS_PROVIDER: provider, NODE_ENV } = settings;
  const isSet = (name: string) => Boolean(env[name]?.trim());
  const lacking = REQUIRED[provider].filter((name) => !isSet(name));
  const errors = lacking.map((name) => `${name} is required with SMS_PROVIDER=${provider}`);
  if (provider === 'twilio' && !isSet('TWILIO_PHONE_NUMBER') && !isSet('TWILIO_MESSAGING_SERVICE_SID')) {
    errors.push('TWILIO_PHONE_NUMBER or TWILIO_MESSAGING_SERVICE_SID is required with SMS_PROVIDER=twilio');
  }
  const name = ADDRESSES[provider];
  const address = name && settings[name];
  if (address && NODE_ENV === 'production' && !isPrivate(address)) errors.push(`${name} must be https in production`);
  return errors;
}

/** A gateway on the same machine may be spoken to in the clear. */
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' ||
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (isIP(hostname) === 4 && hostname.startsWith('127.'))
  );
}

/** What works in production and is probably not meant. */
export function smsWarnings(settings: Settings): string[] {
  const { SMS_PROVIDER: provider, SMS_COUNTRIES: countries } = settings;
  if (provider !== 'log') {
    return countries.length > 0
      ? []
      : ['SMS_COUNTRIES is empty: text messages go to every country, dear ones included'];
  }
  const given = Object.values(REQUIRED)
    .flat()
    .find((name) => settings[name] !== undefined);
  return given ? [`${given} is set and SMS_PROVIDER is not: NO TEXT MESSAGE LEAVES THIS SERVER`] : [];
}

export const smsOf = (settings: Settings): Config['sms'] => ({
  provider: providerOf(settings),
  countries: settings.SMS_COUNTRIES,
  rangeLimit: settings.SMS_PREFIX_BUDGET,
  dailyCap: settings.SMS_DAILY_CAP,
});

/** smsErrors has seen to it that the chosen one is complete. */
function providerOf(settings: Settings): Config['sms']['provider'] {
  const {
    SMS_PROVIDER,
    TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN,
    ESKIZ_EMAIL,
    ESKIZ_PASSWORD,
    SMS_HTTP_URL,
    SMS_HTTP_SECRET,
  } = settings;
  const from = twilioFrom(settings);
  if (SMS_PROVIDER === 'twilio' && TWILIO_ACCOUNT_SID && TWILIO_AUTH_TOKEN && from) {
    const credentials = { accountSid: TWILIO_ACCOUNT_SID, authToken: TWILIO_AUTH_TOKEN };
    return { kind: 'twilio', apiUrl: settings.TWILIO_API_URL, ...credentials, from };
  }
  if (SMS_PROVIDER === 'eskiz' && ESKIZ_EMAIL && ESKIZ_PASSWORD) {
    const credentials = { email: ESKIZ_EMAIL, password: ESKIZ_PASSWORD };
    const { ESKIZ_API_URL: apiUrl, ESKIZ_SENDER: sender, ESKIZ_CALLBACK_URL: callbackUrl } = settings;
    return { kind: 'eskiz', apiUrl, ...credentials, from: sender, callbackUrl };
  }
  if (SMS_PROVIDER === 'http' && SMS_HTTP_URL && SMS_HTTP_SECRET) {
    return { kind: 'http', url: SMS_HTTP_URL, secret: SMS_HTTP_SECRET };
  }
  return { kind: 'log' };
}

function twilioFrom({ TWILIO_MESSAGING_SERVICE_SID: messagingService, TWILIO_PHONE_NUMBER: number }: Settings) {
  if (messagingService) return { messagingService };
  return number ? { number } : undefined;
}

import type { HttpResult } from '../../web/send-request.ts';
import { type AssessedResponse, assess, parseJsonObject } from '../outgoing.ts';
import type { SmsDelivery } from '../sms-sender.ts';

/** Errors about this number or message; others may work. https://www.twilio.com/docs/api/errors */
const REFUSALS: Readonly<Record<number, string>> = {
  21211: 'not a phone number',
  21217: 'not a phone number',
  21408: 'the region is not enabled for this account',
  21604: 'no number to send to',
  21608: 'a trial account sends to verified numbers only',
  21610: 'the number has opted out',
  21612: 'no route from our number to this one',
  21614: 'not a mobile number',
  21617: 'the text is too long',
  21635: 'a landline',
  30003: 'the phone cannot be reached',
  30004: 'the number blocks messages',
  30005: 'the number is unknown',
  30006: 'a landline, or an operator that cannot be reached',
  30007: 'filtered by an operator',
  30008: 'the operator gave no reason',
  30034: 'our number is not registered for this country',
  30036: 'not delivered before the code expired',
  // Verify: https://www.twilio.com/docs/verify/api/error-codes
  60200: 'not a phone number, or another parameter that is not valid',
  60202: 'too many codes for this number: wait ten minutes',
  60203: 'too many codes for this number: wait ten minutes',
  60205: 'a landline',
  60212: 'too many codes for this number at once',
  60220: 'messages to China need a vetted use case',
  60238: 'blocked by Twilio',
  60410: 'the range of numbers is blocked by Fraud Guard',
  60605: 'the country is not enabled for Verify',
};

/** Errors about our account or our settings: other messages would fail as well, so all wait. */
const LATER: Readonly<Record<number, string>> = {
  10001: 'the account is not active',
  20003: 'our credentials are not accepted',
  20005: 'the account is not active',
  20429: 'too many requests',
  21212: 'the sender is not valid',
  21603: 'no sender',
  21606: 'the sender cannot send to this country, or is not ours',
  21611: 'the queue of the sender is full',
  21659: 'the sender is not a number of Twilio',
  21660: 'the sender belongs to another account',
  21701: 'the messaging service does not exist',
  21703: 'the messaging service has no number',
  21704: 'the messaging service has no number',
  21705: 'the messaging service is not valid',
  30001: 'the queue is full',
  30002: 'the account is suspended',
  60204: 'the Verify service does not accept our codes: enable custom verification codes in its settings',
  60207: 'a rate limit of the Verify service is reached',
  60728: 'the hourly limit of the account is reached',
  63038: 'the daily limit of the account is reached',
};

/** Carries the outcome through Twilio's client. */
export class NotSent extends Error {
  constructor(readonly delivery: SmsDelivery) {
    super('not sent');
  }
}

/**
 * Reads a response before Twilio's client does. An error about the number is recognised first, whatever its status, so that
 * it never pauses the messages to other numbers.
 */
export function assessTwilio(response: HttpResult): AssessedResponse {
  const code = response.kind === 'response' && response.status >= 400 ? readErrorCode(response.body) : undefined;
  if (code !== undefined && code in REFUSALS) return { kind: 'final', delivery: toFailure(code) };
  const assessed = assess('Twilio', response);
  if (code !== undefined && code in LATER) {
    const failure = toFailure(code);
    if (assessed.kind !== 'final' || assessed.delivery.outcome === 'sent') return final(failure);
    // Retry-After is kept. After an error in the 500s, the outcome is unknown.
    return final(Object.assign(assessed.delivery, { error: failure.error }));
  }
  if (assessed.kind === 'final' || assessed.status < 400) return assessed;
  const isAboutMessage = assessed.status === 400 || (assessed.status === 403 && code !== undefined);
  if (isAboutMessage) return final(toFailure(code));
  return final({ outcome: 'unavailable', error: `Twilio: HTTP ${assessed.status}, error ${code ?? 'unknown'}` });
}

const final = (delivery: SmsDelivery): AssessedResponse => ({ kind: 'final', delivery });

function readErrorCode(body: string): number | undefined {
  const { code } = parseJsonObject(body);
  return typeof code === 'number' ? code : undefined;
}

/** What an error code means. Our own texts, because Twilio's quote the number. An unknown code is about this message. */
export function toFailure(code: number | undefined): Exclude<SmsDelivery, { outcome: 'sent' }> {
  if (code === undefined) return { outcome: 'refused', error: 'Twilio: error unknown' };
  const meaning = REFUSALS[code] ?? LATER[code];
  const error = `Twilio: error ${code}${meaning === undefined ? '' : `, ${meaning}`}`;
  return { outcome: code in LATER ? 'unavailable' : 'refused', error };
}

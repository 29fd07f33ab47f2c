import type { Answer } from '../web/ask.ts';
import type { SmsDelivery } from './sms-sender.ts';

/** Either the outcome, or an answer that the gateway's own code has to read: 2xx, or a 4xx about the message. */
export type AssessedAnswer =
  | { kind: 'final'; delivery: SmsDelivery }
  | { kind: 'readable'; status: number; body: string };

/** What an answer means at any gateway. */
export function assess(gateway: string, answer: Answer): AssessedAnswer {
  if (answer.kind !== 'answered') {
    const outcome = answer.kind === 'lost' ? 'unknown' : 'unavailable';
    return final({ outcome, error: `${gateway}: ${answer.error}` });
  }
  const { status, body, retryAfter } = answer;
  const error = `${gateway}: HTTP ${status}`;
  if (status === 401) return final({ outcome: 'unavailable', error: `${error}, our credentials are not accepted` });
  if (status === 429)
    return final({ outcome: 'unavailable', error, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const isReadable = (status >= 200 && status < 300) || (status >= 400 && status < 500);
  return isReadable ? { kind: 'readable', status, body } : final({ outcome: 'unknown', error });
}

const final = (delivery: SmsDelivery): AssessedAnswer => ({ kind: 'final', delivery });

/** The JSON object in a body. Empty if there is none. */
export function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

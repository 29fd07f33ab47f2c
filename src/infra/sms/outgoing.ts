import type { Answer } from '../web/ask.ts';
import type { SmsDelivery } from './sms-sender.ts';

/** Either the end of it, or an answer that says something of the message itself: 2xx, or a no to be read. */
export type Verdict = { delivery: SmsDelivery } | { status: number; body: string };

export function verdictOn(provider: string, answer: Answer): Verdict {
  if (answer.kind !== 'answered') {
    const outcome = answer.kind === 'lost' ? 'unknown' : 'unavailable';
    return { delivery: { outcome, error: `${provider}: ${answer.error}` } };
  }
  const { status, body, retryAfter } = answer;
  const error = `${provider}: HTTP ${status}`;
  if (status === 401)
    return { delivery: { outcome: 'unavailable', error: `${error}, our credentials are not accepted` } };
  if (status === 429) {
    return { delivery: { outcome: 'unavailable', error, ...(retryAfter === undefined ? {} : { retryAfter }) } };
  }
  const isReadable = (status >= 200 && status < 300) || (status >= 400 && status < 500);
  return isReadable ? { status, body } : { delivery: { outcome: 'unknown', error } };
}

/** The object that a body holds; an empty one when it holds none. */
export function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

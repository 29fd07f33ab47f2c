import type { HttpResult } from '../web/send-request.ts';
import type { SmsDelivery } from './sms-sender.ts';

/** Either the outcome, or a response that the gateway's own code has to read: 2xx, or a 4xx about the message. */
export type AssessedResponse =
  | { kind: 'final'; delivery: SmsDelivery }
  | { kind: 'readable'; status: number; body: string };

/** The part of a response's meaning that all gateways share. */
export function assess(gateway: string, response: HttpResult): AssessedResponse {
  if (response.kind !== 'response') {
    const outcome = response.kind === 'lost' ? 'unknown' : 'unavailable';
    return final({ outcome, error: `${gateway}: ${response.error}` });
  }
  const { status, body, retryAfter } = response;
  const error = `${gateway}: HTTP ${status}`;
  if (status === 401) return final({ outcome: 'unavailable', error: `${error}, our credentials are not accepted` });
  if (status === 429)
    return final({ outcome: 'unavailable', error, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const isReadable = (status >= 200 && status < 300) || (status >= 400 && status < 500);
  return isReadable ? { kind: 'readable', status, body } : final({ outcome: 'unknown', error });
}

const final = (delivery: SmsDelivery): AssessedResponse => ({ kind: 'final', delivery });

/** The JSON object of a body; an empty one if the body is something else. */
export function parseJsonObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

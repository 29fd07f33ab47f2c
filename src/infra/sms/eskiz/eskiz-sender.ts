import { monotonic } from '../../../core/clock.ts';
import { type HttpRequest, type HttpResult, sendRequest } from '../../web/send-request.ts';
import { assess, parseJsonObject } from '../outgoing.ts';
import { quotable } from '../quotable.ts';
import type { Sms, SmsDelivery, SmsSender } from '../sms-sender.ts';
import { createBearer, type Login } from './bearer.ts';

interface Options {
  apiUrl: string;
  email: string;
  password: string;
  /** The name or number that the message is from. 4546 is shared by all customers. */
  sender: string;
  /** Where Eskiz sends its delivery reports. */
  callbackUrl: string | undefined;
  /** Milliseconds for one message, including the login. */
  deadline: number;
}

/**
 * Eskiz's API, https://documenter.getpostman.com/view/663428/RzfmES4z. Its bearer token lives for 30 days. An expired
 * one is replaced by a new login: PATCH /api/auth/refresh needs a token that has not expired.
 */
export function eskizSender(options: Options): SmsSender {
  const { apiUrl, email, password, sender, callbackUrl, deadline } = options;
  const bearer = createBearer(logIn);

  async function logIn(): Promise<Login> {
    // Half of the time, to leave the other half for the message.
    const response = await sendRequest({
      ...formRequest('/api/auth/login', { email, password }),
      deadline: deadline / 2,
    });
    if (response.kind !== 'response') return { kind: 'failed', error: response.error };
    const token = readToken(response.body);
    if (response.status === 200 && token) return { kind: 'token', token };
    return { kind: 'failed', error: `HTTP ${response.status}` };
  }

  const formRequest = (path: string, fields: Record<string, string>) => ({
    method: 'POST' as const,
    url: new URL(path, apiUrl),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  });

  /** Sends a request with the token. A request refused with 401 was not processed, so it can be sent again. */
  async function sendWithToken(request: Omit<HttpRequest, 'deadline'>): Promise<HttpResult> {
    const end = monotonic() + deadline;
    const remaining = () => end - monotonic();
    const sendWith = (token: string) =>
      sendRequest({
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${token}` },
        deadline: remaining(),
      });

    const login = await bearer.get(remaining());
    if (login.kind === 'failed') return loginFailed(login.error);
    const response = await sendWith(login.token);
    if (response.kind !== 'response' || response.status !== 401) return response;
    const renewed = await bearer.get(remaining(), login.token);
    return renewed.kind === 'failed' ? loginFailed(renewed.error) : sendWith(renewed.token);
  }

  return {
    async send(sms) {
      const fields = { mobile_phone: sms.to.slice(1), message: sms.text, from: sender };
      const callback = callbackUrl === undefined ? {} : { callback_url: callbackUrl };
      return toDelivery(await sendWithToken(formRequest('/api/message/sms/send', { ...fields, ...callback })), sms);
    },
    async verify() {
      const response = assess('Eskiz', await sendWithToken({ method: 'GET', url: new URL('/api/auth/user', apiUrl) }));
      if (response.kind === 'final') return response.delivery;
      return response.status < 300 ? { outcome: 'sent' } : unavailable(response.status);
    },
    close: async () => {},
  };
}

/** The token of a login response; undefined unless it can be sent in a header. */
function readToken(body: string): string | undefined {
  const { data } = parseJsonObject(body);
  const token = typeof data === 'object' && data !== null && 'token' in data ? data.token : undefined;
  return typeof token === 'string' && /^[\x21-\x7e]{1,4096}$/.test(token) ? token : undefined;
}

const loginFailed = (error: string): HttpResult => ({ kind: 'unreachable', error: `the login failed: ${error}` });

const unavailable = (status: number): SmsDelivery => ({ outcome: 'unavailable', error: `Eskiz: HTTP ${status}` });

/** 400 and 422 are about the message. 402, 403 and 404 are about our account or settings. */
function toDelivery(response: HttpResult, sms: Sms): SmsDelivery {
  const assessed = assess('Eskiz', response);
  if (assessed.kind === 'final') return assessed.delivery;
  const { id, status, message } = parseJsonObject(assessed.body);
  if (assessed.status === 400 || assessed.status === 422 || (assessed.status < 300 && status === 'error')) {
    return { outcome: 'refused', error: `Eskiz: HTTP ${assessed.status}, ${quotable(message, sms)}` };
  }
  if (assessed.status >= 400) return unavailable(assessed.status);
  if (id !== undefined || status === 'waiting') return { outcome: 'sent' };
  return { outcome: 'unknown', error: 'Eskiz: unreadable response' };
}

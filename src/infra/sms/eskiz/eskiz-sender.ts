import { monotonic } from '../../../core/clock.ts';
import { type Answer, ask, type Question } from '../../web/ask.ts';
import { assess, objectIn } from '../outgoing.ts';
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
    const answer = await ask({ ...form('/api/auth/login', { email, password }), deadline: deadline / 2 });
    if (answer.kind !== 'answered') return { kind: 'failed', error: answer.error };
    const token = tokenIn(answer.body);
    if (answer.status === 200 && token) return { kind: 'token', token };
    return { kind: 'failed', error: `HTTP ${answer.status}` };
  }

  const form = (path: string, fields: Record<string, string>) => ({
    method: 'POST' as const,
    url: new URL(path, apiUrl),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  });

  /** Sends a request with the token. A request refused with 401 was not processed, so it can be sent again. */
  async function askWithToken(request: Omit<Question, 'deadline'>): Promise<Answer> {
    const end = monotonic() + deadline;
    const left = () => end - monotonic();
    const askWith = (token: string) =>
      ask({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` }, deadline: left() });

    const login = await bearer.get(left());
    if (login.kind === 'failed') return loginFailed(login.error);
    const answer = await askWith(login.token);
    if (answer.kind !== 'answered' || answer.status !== 401) return answer;
    const renewed = await bearer.get(left(), login.token);
    return renewed.kind === 'failed' ? loginFailed(renewed.error) : askWith(renewed.token);
  }

  return {
    async send(sms) {
      const fields = { mobile_phone: sms.to.slice(1), message: sms.text, from: sender };
      const callback = callbackUrl === undefined ? {} : { callback_url: callbackUrl };
      return toDelivery(await askWithToken(form('/api/message/sms/send', { ...fields, ...callback })), sms);
    },
    async verify() {
      const answer = assess('Eskiz', await askWithToken({ method: 'GET', url: new URL('/api/auth/user', apiUrl) }));
      if (answer.kind === 'final') return answer.delivery;
      return answer.status < 300 ? { outcome: 'sent' } : unavailable(answer.status);
    },
    close: async () => {},
  };
}

/** Undefined unless it can be sent in a header. */
function tokenIn(body: string): string | undefined {
  const { data } = objectIn(body);
  const token = typeof data === 'object' && data !== null && 'token' in data ? data.token : undefined;
  return typeof token === 'string' && /^[\x21-\x7e]{1,4096}$/.test(token) ? token : undefined;
}

const loginFailed = (error: string): Answer => ({ kind: 'unreachable', error: `the login failed: ${error}` });

const unavailable = (status: number): SmsDelivery => ({ outcome: 'unavailable', error: `Eskiz: HTTP ${status}` });

/** 400 and 422 are about the message. 402, 403 and 404 are about our account or settings. */
function toDelivery(answer: Answer, sms: Sms): SmsDelivery {
  const assessed = assess('Eskiz', answer);
  if (assessed.kind === 'final') return assessed.delivery;
  const { id, status, message } = objectIn(assessed.body);
  if (assessed.status === 400 || assessed.status === 422 || (assessed.status < 300 && status === 'error')) {
    return { outcome: 'refused', error: `Eskiz: HTTP ${assessed.status}, ${quotable(message, sms)}` };
  }
  if (assessed.status >= 400) return unavailable(assessed.status);
  if (id !== undefined || status === 'waiting') return { outcome: 'sent' };
  return { outcome: 'unknown', error: 'Eskiz: unreadable answer' };
}

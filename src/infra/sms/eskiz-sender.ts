import { monotonic, SECOND } from '../../core/clock.ts';
import { type Answer, ask, type Question } from '../web/ask.ts';
import { createBearer, type Login } from './bearer.ts';
import { objectIn, verdictOn } from './outgoing.ts';
import { quotable } from './quotable.ts';
import type { Sms, SmsDelivery, SmsSender } from './sms-sender.ts';

interface Options {
  /** https://notify.eskiz.uz, or a stand-in. */
  apiUrl: string;
  email: string;
  password: string;
  /** The name or number the message is from; 4546 is everybody's. */
  from: string;
  /** Where Eskiz reports what became of a message. */
  callbackUrl: string | undefined;
  /** Milliseconds for one message, logging in included. */
  deadline?: number;
}

/**
 * Eskiz's API, https://documenter.getpostman.com/view/663428/RzfmES4z: forms in, JSON out, a bearer token that lives for
 * 30 days. An expired one is exchanged by logging in again and not by its PATCH /api/auth/refresh, which wants a token
 * that has not expired.
 */
export function eskizSender({ apiUrl, email, password, from, callbackUrl, deadline = 5 * SECOND }: Options): SmsSender {
  const bearer = createBearer(logIn);

  async function logIn(): Promise<Login> {
    // Half of the time, so that the other half is left for the message.
    const answer = await ask({ ...form('/api/auth/login', { email, password }), deadline: deadline / 2 });
    if (answer.kind !== 'answered') return { failed: answer.error };
    const { data } = objectIn(answer.body);
    const token = typeof data === 'object' && data !== null && 'token' in data ? data.token : undefined;
    // What stands in a header must be able to stand there.
    if (answer.status === 200 && typeof token === 'string' && /^[\x21-\x7e]{1,4096}$/.test(token)) return { token };
    return { failed: `HTTP ${answer.status}` };
  }

  const form = (path: string, fields: Record<string, string>) => ({
    method: 'POST' as const,
    url: new URL(path, apiUrl),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  });

  /** Asks as us. A question that is answered with 401 was not acted on, so asking it once more is no second message. */
  async function asUs(question: Omit<Question, 'deadline'>): Promise<Answer> {
    const end = monotonic() + deadline;
    const left = () => end - monotonic();
    const by = (token: string) =>
      ask({ ...question, headers: { ...question.headers, authorization: `Bearer ${token}` }, deadline: left() });

    const login = await bearer.get(left());
    if ('failed' in login) return notLoggedIn(login.failed);
    const answer = await by(login.token);
    if (answer.kind !== 'answered' || answer.status !== 401) return answer;
    const renewed = await bearer.get(left(), login.token);
    return 'failed' in renewed ? notLoggedIn(renewed.failed) : by(renewed.token);
  }

  return {
    async send(sms) {
      const fields = { mobile_phone: sms.to.slice(1), message: sms.text, from };
      const callback = callbackUrl === undefined ? {} : { callback_url: callbackUrl };
      return judged(await asUs(form('/api/message/sms/send', { ...fields, ...callback })), sms);
    },
    async verify() {
      const answer = await asUs({ method: 'GET', url: new URL('/api/auth/user', apiUrl) });
      const verdict = verdictOn('Eskiz', answer);
      if ('delivery' in verdict) return verdict.delivery;
      return verdict.status < 300 ? { outcome: 'sent' } : outOfOrder(verdict.status);
    },
    close: async () => {},
  };
}

const notLoggedIn = (why: string): Answer => ({ kind: 'unreachable', error: `the login failed: ${why}` });

const outOfOrder = (status: number): SmsDelivery => ({ outcome: 'unavailable', error: `Eskiz: HTTP ${status}` });

/** 400 and 422 are about the message. 402, 403 and 404 are about us: the balance, the contract, the address. */
function judged(answer: Answer, sms: Sms): SmsDelivery {
  const verdict = verdictOn('Eskiz', answer);
  if ('delivery' in verdict) return verdict.delivery;
  const { id, status, message } = objectIn(verdict.body);
  if (verdict.status === 400 || verdict.status === 422 || (verdict.status < 300 && status === 'error')) {
    return { outcome: 'refused', error: `Eskiz: HTTP ${verdict.status}, ${quotable(message, sms)}` };
  }
  if (verdict.status >= 400) return outOfOrder(verdict.status);
  // "waiting" and an id; anything else is not Eskiz speaking.
  if (id !== undefined || status === 'waiting') return { outcome: 'sent' };
  return { outcome: 'unknown', error: 'Eskiz: an answer nobody can read' };
}

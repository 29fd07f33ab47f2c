import { randomUUID } from 'node:crypto';
import {
  type ProviderReply,
  type ProviderRequest,
  type SmsFault,
  type SmsStandIn,
  startProvider,
} from './sms-provider.ts';

export const ESKIZ_EMAIL = 'sms@example.com';
export const ESKIZ_PASSWORD = 'the gateway’s own password+&=';

export const eskizSettings = ({ origin }: Pick<SmsStandIn, 'origin'>) => ({
  SMS_PROVIDER: 'eskiz',
  ESKIZ_EMAIL,
  ESKIZ_PASSWORD,
  ESKIZ_API_URL: origin,
});

export interface EskizTemplate {
  id: number;
  template: string;
  original_text: string;
  status: string;
}

export interface EskizStandIn extends SmsStandIn {
  logins(): number;
  /** Rejects every token issued so far. */
  expireTokens(): void;
  /** How an expired token is rejected. The documentation says 401; users report 500. */
  expiredStatus: 401 | 500;
  /** Seconds that tokens are valid, as in their exp. */
  tokenLifetime: number;
  /** Replaces the response to a login. */
  loginReply: ProviderReply | 'never' | undefined;
  /** Issues tokens, but rejects all of them. */
  acceptsNoToken: boolean;
  /** Replaces the response to a message. */
  sendReply: ProviderReply | undefined;
  account: { role: 'user' | 'test'; status: string; balance: number };
  /** The account's own sender names. */
  names: string[];
  templates: EskizTemplate[];
  /** Whether texts must match an approved template, apart from their digits, as in production. */
  moderates: boolean;
  lastForm(): Record<string, string>;
  /** The paths of all requests. */
  paths: string[];
}

const TEST_TEXTS = ['Это тест от Eskiz', 'Bu Eskiz dan test', 'This is test from Eskiz'];
const APPROVED = ['service', 'reklama'];
const SENDS = ['/api/message/sms/send', '/api/message/sms/send-global'];

/** notify.eskiz.uz as its published collection documents it: forms in, JSON out, bearer tokens for 30 days. */
export async function startEskiz(): Promise<EskizStandIn> {
  const tokens = new Set<string>();
  let logins = 0;
  let form: Record<string, string> = {};

  function logIn(body: string): ProviderReply {
    logins += 1;
    const { email, password } = Object.fromEntries(new URLSearchParams(body));
    if (eskiz.loginReply && eskiz.loginReply !== 'never') return eskiz.loginReply;
    if (email !== ESKIZ_EMAIL || password !== ESKIZ_PASSWORD) return problem(401, 'Invalid credentials');
    const now = Math.floor(Date.now() / 1000);
    const payload = { exp: now + eskiz.tokenLifetime, iat: now, role: eskiz.account.role, sub: randomUUID() };
    const token = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;
    if (!eskiz.acceptsNoToken) tokens.add(token);
    return { status: 200, body: { message: 'token_generated', data: { token }, token_type: 'bearer' } };
  }

  function reply(request: ProviderRequest, fault: SmsFault): ProviderReply {
    eskiz.paths.push(request.path);
    const route = `${request.method} ${request.path}`;
    if (route === 'POST /api/auth/login') return logIn(request.body);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (fault === 'rejects the credentials') return problem(401, 'Expired');
    if (!tokens.has(token))
      return eskiz.expiredStatus === 500 ? { status: 500, body: 'Internal Server Error' } : problem(401, 'Expired');
    if (route === 'GET /api/auth/user')
      return {
        status: 200,
        body: { status: 'success', data: { id: 378, email: ESKIZ_EMAIL, ...eskiz.account }, id: null },
      };
    if (route === 'GET /api/nick/me') return { status: 200, body: eskiz.names };
    if (route === 'GET /api/user/templates') return { status: 200, body: { success: true, result: eskiz.templates } };
    if (route === 'POST /api/user/template') return addTemplate(request.body);
    if (request.method !== 'POST' || !SENDS.includes(request.path)) return { status: 404, body: '404 page not found' };
    return eskiz.sendReply ?? replyToMessage(request.path, fault);
  }

  function addTemplate(body: string): ProviderReply {
    const text = new URLSearchParams(body).get('template') ?? '';
    if (text === '') return problem(422, 'template: required');
    eskiz.templates.push({ id: eskiz.templates.length + 1, template: '', original_text: text, status: 'moderation' });
    return { status: 200, body: { template: text } };
  }

  function replyToMessage(path: string, fault: SmsFault): ProviderReply {
    const { mobile_phone: phone = '', message = '', from, user_sms_id: id = '0', country_code: country = '' } = form;
    if (fault === 'rejects the number') return problem(400, `Wrong number ${phone} for "${message}"`);
    if (fault === 'responds with 429')
      return { status: 429, body: { message: 'Too Many Attempts.' }, headers: { 'retry-after': '7' } };
    if (fault === 'responds with 500') return { status: 500, body: `<html>${message}</html>` };
    const isAbroad = path.endsWith('global');
    if (isAbroad ? !/^[A-Z]{2}$/.test(country) : !/^998\d{9}$/.test(phone))
      return { status: 422, body: { message: { mobile_phone: ['mobile_phone'] }, status: 'error' } };
    if (!/^\d{1,12}$/.test(id)) return { status: 422, body: { message: { user_sms_id: ['max 12'] }, status: 'error' } };
    if (!isAbroad && from !== '4546' && !eskiz.names.includes(from ?? '')) return problem(400, 'Неверный отправитель');
    if (eskiz.account.role === 'test' && !TEST_TEXTS.includes(message))
      return problem(400, `Для теста СМС текст должен быть одним из этих: ${TEST_TEXTS.join(', ')}`);
    if (eskiz.account.balance <= 0 && eskiz.moderates) return problem(402, 'Недостаточно средств на балансе');
    if (eskiz.moderates && !isApproved(message)) return problem(400, 'Этот смс-текст ещё не прошёл модерацию');
    return { status: 200, body: { id: randomUUID(), message: 'Waiting for SMS provider', status: 'waiting' } };
  }

  const isApproved = (message: string): boolean =>
    eskiz.templates
      .filter(({ status }) => APPROVED.includes(status))
      .some(({ original_text: text }) => text.replace(/\d/g, '0') === message.replace(/\d/g, '0'));

  const standIn = await startProvider({
    order(request) {
      if (!SENDS.includes(request.path)) return undefined;
      form = Object.fromEntries(new URLSearchParams(request.body));
      return { to: `+${form.mobile_phone}`, text: form.message ?? '' };
    },
    reply,
    isSilent: (request) => request.path === '/api/auth/login' && eskiz.loginReply === 'never',
  });
  const eskiz: EskizStandIn = Object.assign(standIn, {
    logins: () => logins,
    expireTokens: () => tokens.clear(),
    expiredStatus: 401 as const,
    tokenLifetime: 30 * 86_400,
    loginReply: undefined,
    acceptsNoToken: false,
    sendReply: undefined,
    account: { role: 'user' as const, status: 'active', balance: 50_000 },
    names: [],
    templates: [],
    moderates: false,
    lastForm: () => form,
    paths: [],
  });
  return eskiz;
}

const problem = (status: number, message: string): ProviderReply => ({ status, body: { message, status: 'error' } });

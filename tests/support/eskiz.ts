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

export interface EskizStandIn extends SmsStandIn {
  logins(): number;
  /** Rejects every token issued so far. */
  expireTokens(): void;
  /** Replaces the response to a login. */
  loginReply: ProviderReply | 'never' | undefined;
  /** Issues tokens, but rejects all of them. */
  acceptsNoToken: boolean;
  /** Replaces the response to a message. */
  sendReply: ProviderReply | undefined;
  lastForm(): Record<string, string>;
}

/** notify.eskiz.uz as its published collection documents it: forms in, JSON out, bearer tokens for 30 days. */
export async function startEskiz(): Promise<EskizStandIn> {
  const tokens = new Set<string>();
  let logins = 0;
  let form: Record<string, string> = {};

  function logIn(body: string): ProviderReply {
    logins += 1;
    const { email, password } = Object.fromEntries(new URLSearchParams(body));
    if (eskiz.loginReply && eskiz.loginReply !== 'never') return eskiz.loginReply;
    if (email !== ESKIZ_EMAIL || password !== ESKIZ_PASSWORD) {
      return { status: 401, body: { message: 'Invalid credentials', status: 'error' } };
    }
    const token = `eyJhbGciOiJIUzI1NiJ9.${randomUUID()}.x`;
    if (!eskiz.acceptsNoToken) tokens.add(token);
    return { status: 200, body: { message: 'token_generated', data: { token }, token_type: 'bearer' } };
  }

  function reply(request: ProviderRequest, fault: SmsFault): ProviderReply {
    const route = `${request.method} ${request.path}`;
    if (route === 'POST /api/auth/login') return logIn(request.body);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!tokens.has(token) || fault === 'rejects the credentials')
      return { status: 401, body: { message: 'Expired', status: 'error' } };
    if (route === 'GET /api/auth/user') {
      return {
        status: 200,
        body: { status: 'success', data: { id: 378, role: 'user', status: 'active', balance: 0 } },
      };
    }
    if (route !== 'POST /api/message/sms/send') return { status: 404, body: '404 page not found' };
    if (eskiz.sendReply) return eskiz.sendReply;
    return replyToMessage(fault);
  }

  function replyToMessage(fault: SmsFault): ProviderReply {
    const { mobile_phone, message } = form;
    if (fault === 'rejects the number') {
      const text = `Wrong number ${mobile_phone} for "${message}"`;
      return { status: 400, body: { message: text, status: 'error' } };
    }
    if (fault === 'responds with 429') {
      return { status: 429, body: { message: 'Too Many Attempts.' }, headers: { 'retry-after': '7' } };
    }
    if (fault === 'responds with 500') return { status: 500, body: `<html>${message}</html>` };
    return { status: 200, body: { id: randomUUID(), message: 'Waiting for SMS provider', status: 'waiting' } };
  }

  const standIn = await startProvider({
    order(request) {
      if (request.path !== '/api/message/sms/send') return undefined;
      form = Object.fromEntries(new URLSearchParams(request.body));
      return { to: `+${form.mobile_phone}`, text: form.message ?? '' };
    },
    reply,
    isSilent: (request) => request.path === '/api/auth/login' && eskiz.loginReply === 'never',
  });
  const eskiz: EskizStandIn = Object.assign(standIn, {
    logins: () => logins,
    expireTokens: () => tokens.clear(),
    loginReply: undefined,
    acceptsNoToken: false,
    sendReply: undefined,
    lastForm: () => form,
  });
  return eskiz;
}

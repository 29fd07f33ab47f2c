import { type Clock, monotonic } from '../../../core/clock.ts';
import { type HttpRequest, type HttpResult, sendRequest } from '../../web/send-request.ts';
import { parseJsonObject } from '../outgoing.ts';
import { createBearer, type Login } from './bearer.ts';

export interface EskizAccount {
  apiUrl: string;
  email: string;
  password: string;
}

interface Options extends EskizAccount {
  clock: Clock;
  /** Milliseconds for one call, including the login. */
  deadline: number;
}

/** Requests to Eskiz's API with a bearer token. Each call has the whole deadline. */
export interface EskizClient {
  get(path: string): Promise<HttpResult>;
  post(path: string, fields: Record<string, string>): Promise<HttpResult>;
}

type Send = (token: string) => Promise<HttpResult>;

/**
 * Eskiz's API, https://documenter.getpostman.com/view/663428/RzfmES4z. Its bearer token lives for 30 days. An expired
 * one is replaced by a new login: PATCH /api/auth/refresh needs a token that has not expired.
 */
export function createEskizClient({ apiUrl, email, password, clock, deadline }: Options): EskizClient {
  const bearer = createBearer(logIn, clock);

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

  const withToken = (request: Omit<HttpRequest, 'deadline'>, token: string, remaining: number) =>
    sendRequest({
      ...request,
      headers: { accept: 'application/json', ...request.headers, authorization: `Bearer ${token}` },
      deadline: remaining,
    });

  /** Whether the account's own page refuses this token. Eskiz is reported to respond to an expired one with 500, too. */
  async function isRefused(token: string, remaining: number): Promise<boolean> {
    const response = await withToken({ method: 'GET', url: new URL('/api/auth/user', apiUrl) }, token, remaining);
    return response.kind === 'response' && (response.status === 401 || response.status >= 500);
  }

  /**
   * A request refused with 401 was not processed, so it can be sent again with a new token. After a 500 it may have been
   * processed. It is sent again only if the account's page refuses the old token and accepts the new one: then the token
   * was the reason.
   */
  async function call(request: Omit<HttpRequest, 'deadline'>): Promise<HttpResult> {
    const end = monotonic() + deadline;
    const remaining = () => end - monotonic();
    const send: Send = (token) => withToken(request, token, remaining());

    const login = await bearer.get(remaining());
    if (login.kind === 'failed') return loginFailed(login.error);
    const response = await send(login.token);
    if (response.kind !== 'response') return response;
    const isServerError = response.status >= 500;
    if (response.status !== 401 && !isServerError) return response;
    if (isServerError && !(await isRefused(login.token, remaining()))) return response;
    const renewed = await bearer.get(remaining(), login.token);
    if (renewed.kind === 'failed') return isServerError ? response : loginFailed(renewed.error);
    if (isServerError && (await isRefused(renewed.token, remaining()))) return response;
    return send(renewed.token);
  }

  return {
    get: (path) => call({ method: 'GET', url: new URL(path, apiUrl) }),
    post: (path, fields) => call(formRequest(path, fields)),
  };
}

/** The token of a login response; undefined unless it can be sent in a header. */
function readToken(body: string): string | undefined {
  const { data } = parseJsonObject(body);
  const token = typeof data === 'object' && data !== null && 'token' in data ? data.token : undefined;
  return typeof token === 'string' && /^[\x21-\x7e]{1,4096}$/.test(token) ? token : undefined;
}

const loginFailed = (error: string): HttpResult => ({ kind: 'unreachable', error: `the login failed: ${error}` });

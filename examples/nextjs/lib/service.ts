import { accessCookie, REFRESH, readCookie, setCookieValue } from './cookies';
import { SERVICE_URL } from './settings';

/** What the service learns about the browser: its language, its name in the list of sessions, and its address. */
const FORWARDED = ['accept-language', 'user-agent', 'x-forwarded-for', 'x-request-id'];
const RETURNED = ['content-type', 'retry-after', 'x-request-id'];
/** Milliseconds. */
const TIMEOUT = 20_000;

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
}

/**
 * Sends a request to the service on behalf of the browser. Only listed headers are forwarded.
 * @param browser headers of the browser's request
 * @param body a GraphQL request
 * @throws if the service cannot be reached
 */
export function askService(
  browser: Headers,
  body: string | GraphqlRequest,
  headers: Record<string, string> = {},
): Promise<Response> {
  const forwarded = FORWARDED.flatMap((name) => {
    const value = browser.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return fetch(`${SERVICE_URL}/graphql`, {
    method: 'POST',
    headers: { ...Object.fromEntries(forwarded), 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    // The service never redirects. Following one would send the tokens to another place.
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

/** The Cookie header with which the service finds the session. Cookies of the app itself are not forwarded. */
export function refreshCookie(browser: Headers): Record<string, string> {
  const token = readCookie(browser, REFRESH);
  return token === undefined ? {} : { cookie: `${REFRESH}=${token}` };
}

/** The headers for the browser: those of the service that it needs, and its cookies, each in a header of its own. */
export function returnHeaders(response: Response): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const name of RETURNED) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return headers;
}

interface Answer {
  data?: Record<string, { __typename?: string; accessToken?: string; accessTokenExpiresIn?: number } | null> | null;
}

/**
 * The access cookie changes only together with the refresh cookie, so that both always belong to the same session.
 * @param answer the body of the response
 * @returns the value of a Set-Cookie header, if the response sets or removes the refresh cookie
 */
export function accessCookieFor(response: Response, answer: unknown): string | undefined {
  const refreshToken = setCookieValue(response, REFRESH);
  if (refreshToken === undefined) return undefined;
  const results = Object.values((answer as Answer).data ?? {});
  const signedIn = results.find((result) => result?.__typename === 'Authenticated');
  // Without a token of the new session, an earlier one must not stay: the next page gets one.
  if (refreshToken === '' || !signedIn?.accessToken || !signedIn.accessTokenExpiresIn) return accessCookie('', 0);
  return accessCookie(signedIn.accessToken, signedIn.accessTokenExpiresIn);
}

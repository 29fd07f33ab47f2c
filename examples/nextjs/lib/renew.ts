import { accessCookieFor, askService, refreshCookie, returnHeaders } from './service';
import { verifier } from './verifier';

export type Renewal =
  /** Set-Cookie headers with the next tokens. */
  | { outcome: 'renewed'; cookies: string[] }
  /** Set-Cookie headers that remove what is left of a session. */
  | { outcome: 'signedOut'; cookies: string[] }
  /** The session may still be valid. */
  | { outcome: 'unavailable' };

const REFRESH = `mutation { refresh(input: {}) {
  __typename
  ... on Authenticated { accessToken accessTokenExpiresIn }
} }`;

interface Answer {
  data?: { refresh?: { __typename: string; accessToken?: string } };
}

/**
 * Exchanges the refresh token of the browser. Only the proxy calls it. Requests with the same token at the same time get the
 * same next token, so they need no lock, on one server or on several.
 */
export async function renew(browser: Headers): Promise<Renewal> {
  const cookie = refreshCookie(browser);
  if (!cookie.cookie) return { outcome: 'signedOut', cookies: [] };
  const response = await askService(browser, { query: REFRESH }, cookie).catch(() => undefined);
  const answer: Answer | undefined = await response?.json().catch(() => undefined);
  const result = answer?.data?.refresh;
  if (!response || !result) return { outcome: 'unavailable' };
  const access = accessCookieFor(response, answer);
  const cookies = [...returnHeaders(response).getSetCookie(), ...(access ? [access] : [])];
  switch (result.__typename) {
    case 'Authenticated':
      // With a wrong issuer, audience or clock the next request would renew again, and so on.
      await verifier().verify(result.accessToken);
      return { outcome: 'renewed', cookies };
    case 'RefreshRejected':
      return { outcome: 'signedOut', cookies };
    default:
      return { outcome: 'unavailable' }; // RateLimited
  }
}

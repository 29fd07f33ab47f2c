import { createRemoteJWKSet, jwtVerify } from 'jose';

/** The content of a document of the revocation feed. */
export interface FeedContent {
  iss: string;
  aud: string;
  iat: number;
  exp: number;
  sessions: { sid: string; exp: number }[];
  since?: string;
  next?: string;
  more?: boolean;
}

export interface FeedAnswer {
  status: number;
  headers: Headers;
  tag: string;
  token: string;
}

/** Requests the feed. @param query such as wait=25 */
export async function requestFeed(
  url: string,
  { query = '', tag, method, signal }: { query?: string; tag?: string; method?: string; signal?: AbortSignal } = {},
): Promise<FeedAnswer> {
  const response = await fetch(`${url}/.well-known/revocations${query && `?${query}`}`, {
    headers: tag === undefined ? {} : { 'if-none-match': tag },
    ...(method && { method }),
    ...(signal && { signal }),
  });
  const { status, headers } = response;
  return { status, headers, tag: headers.get('etag') ?? '', token: await response.text() };
}

/** Verifies the signature and type of a document, and returns its content. */
export async function openFeed(url: string, token: string): Promise<FeedContent> {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', url));
  const { payload } = await jwtVerify<FeedContent>(token, keys, { typ: 'revocations+jwt' });
  return payload;
}

export async function listRevoked(url: string): Promise<string[]> {
  const { token } = await requestFeed(url);
  return (await openFeed(url, token)).sessions.map(({ sid }) => sid);
}

import { parsed } from './text.ts';

export const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

export const isHttpUrl = (url: URL | undefined): url is URL => url?.protocol === 'http:' || url?.protocol === 'https:';

/** An origin, with or without a trailing slash. */
export const baseUrl = parsed('be http(s)://host[:port] without a path, such as https://auth.example.com', (text) => {
  const url = parseUrl(text);
  return isHttpUrl(url) && url.href === `${url.origin}/` && !/[?#]/.test(text) ? url.origin : undefined;
});

/** A page or an endpoint. */
export const pageUrl = parsed('be an http(s) URL without credentials or fragment', (text) => {
  const url = parseUrl(text);
  return isHttpUrl(url) && !url.username && !url.password && !text.includes('#') ? url.href : undefined;
});

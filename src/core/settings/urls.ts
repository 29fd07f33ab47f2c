import type { z } from 'zod';
import { parsed } from './text.ts';
import { visible } from './visible.ts';

export const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

export const isHttpUrl = (url: URL | undefined): url is URL => url?.protocol === 'http:' || url?.protocol === 'https:';

/** Marks a URL as visible, except for its credentials, query and fragment. */
export const visibleUrl = <Url extends z.ZodType<string>>(setting: Url): Url => visible(setting, plainUrl);

/** Without credentials, query and fragment; undefined if it is not a URL. */
export function plainUrl(text: string): string | undefined {
  const url = parseUrl(text);
  return url && `${url.protocol}${url.host && '//'}${url.host}${url.pathname.replace(/^\/$/, '')}`;
}

/** An origin, with or without a trailing slash. */
export const baseUrl = visibleUrl(
  parsed('be http(s)://host[:port] without a path, such as https://auth.example.com', (text) => {
    const url = parseUrl(text);
    return isHttpUrl(url) && url.href === `${url.origin}/` && !/[?#]/.test(text) ? url.origin : undefined;
  }),
);

/** A page or an endpoint. */
export const pageUrl = visibleUrl(
  parsed('be an http(s) URL without credentials or fragment', (text) => {
    const url = parseUrl(text);
    return isHttpUrl(url) && !url.username && !url.password && !text.includes('#') ? url.href : undefined;
  }),
);

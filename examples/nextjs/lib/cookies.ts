import { APP_ORIGIN } from './settings';

const isSecure = APP_ORIGIN.startsWith('https:');
const prefix = isSecure ? '__Host-' : '';

/** Set by the service. The cookie has this name if its PUBLIC_URL is https, too. */
export const REFRESH = `${prefix}refresh`;
/** Set by this app, for its server components. */
export const ACCESS = `${prefix}access`;

/** Bytes. Browsers drop larger cookies, name and attributes included. */
const LARGEST = 4_096;

/** Undefined also if there are several: with plain http, another host of the domain may have set one. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const [only, ...others] = pairs.filter((pair) => pair.startsWith(`${name}=`));
  return others.length === 0 ? only?.slice(name.length + 1) || undefined : undefined;
}

/** The value of the cookie that a response sets: empty if it removes the cookie, undefined if it leaves it as it is. */
export function setCookieValue(response: Response, name: string): string | undefined {
  const text = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
  return text?.slice(name.length + 1).split(';', 1)[0];
}

/** @param seconds lifetime of the token; 0 removes the cookie */
export function accessCookie(token: string, seconds: number): string {
  const text = `${ACCESS}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  if (text.length > LARGEST) throw new Error('the access token is too large for a cookie: remove ACCESS_TOKEN_CLAIMS');
  return text;
}

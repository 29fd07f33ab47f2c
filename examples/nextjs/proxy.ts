import type { AccessClaims } from '@latchkey/verify';
import { type NextRequest, NextResponse } from 'next/server';
import { findUser } from './lib/access';
import { type Renewal, renew } from './lib/renew';
import { APP_ORIGIN } from './lib/settings';

/** Pages for signed-in users. */
const PROTECTED = ['/account'];

export const config = {
  // Pages alone. The routes check by themselves, and files need no user.
  matcher: ['/((?!_next/|graphql$|api/|favicon.ico$).*)'],
};

/** Before a page is rendered: renews the session, and keeps others away from protected pages. */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  const isProtected = PROTECTED.some((path) => pathname === path || pathname.startsWith(`${path}/`));
  const user = await findUser(request.headers).catch(() => 'unavailable' as const);
  if (typeof user === 'object' && !isAboutToExpire(user)) return NextResponse.next();
  const renewal: Renewal = user === 'unavailable' ? { outcome: user } : await renew(request.headers);

  switch (renewal.outcome) {
    case 'renewed':
      // To the same page. So the browser has the new tokens before any of them is used.
      return redirect(request.nextUrl.pathname + request.nextUrl.search, renewal.cookies);
    case 'signedOut':
      if (isProtected) return redirect(`/sign-in?to=${encodeURIComponent(pathname)}`, renewal.cookies);
      return withCookies(NextResponse.next(), renewal.cookies);
    case 'unavailable':
      // The user stays signed in. Pages for everyone are shown as to a visitor.
      return isProtected ? unavailable() : NextResponse.next();
  }
}

/** A render takes a while. */
const isAboutToExpire = ({ exp, iat }: AccessClaims): boolean =>
  exp - Date.now() / 1_000 < Math.min(30, (exp - iat) / 10);

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

function redirect(path: string, cookies: readonly string[]): Response {
  // From the setting, not from the Host header, which the client chooses.
  const location = new URL(APP_ORIGIN);
  [location.pathname = '/', location.search = ''] = path.split(/(?=\?)/, 2);
  const headers = { location: location.href, 'cache-control': 'no-store' };
  return withCookies(new Response(null, { status: 307, headers }), cookies);
}

const unavailable = (): Response =>
  new Response('Signing in is not possible at the moment. Please try again in a minute.', {
    status: 503,
    headers: { 'retry-after': '30', 'cache-control': 'no-store' },
  });

const KEY = 'latchkey:console-path';

/** Where social providers send the browser back to. */
export const CALLBACK = '/console/callback';

/** Keeps which page the user wanted, over a visit to a provider. Per tab. */
export function keepPath(): void {
  const { pathname, search } = location;
  if (pathname !== CALLBACK) sessionStorage.setItem(KEY, pathname + search);
}

/** The page that the user wanted before the sign-in, once. */
export function takePath(): string {
  const path = sessionStorage.getItem(KEY) ?? '/console';
  sessionStorage.removeItem(KEY);
  return path;
}

const KEY = 'latchkey:return-to';
/** Where the browser was sent last, and when. */
const SENT_KEY = 'latchkey:sent';
/** Milliseconds within which no user comes back on purpose. */
const SOON = 10_000;

/** Keeps where the user came from while they sign in, also over a reload and a visit to a provider. Per tab. */
export function keepReturnTo(): void {
  const url = new URL(location.href);
  const to = url.searchParams.get('return_to');
  if (to === null) return;
  sessionStorage.setItem(KEY, to);
  url.searchParams.delete('return_to');
  history.replaceState(history.state, '', url);
}

/** Whether the server has sent the user back here, because a `?return_to=` is not in RETURN_URLS. Once. */
export function takeRefusal(): boolean {
  const url = new URL(location.href);
  if (url.searchParams.get('problem') !== 'return_to') return false;
  url.searchParams.delete('problem');
  history.replaceState(history.state, '', url);
  return true;
}

export const hasReturnTo = (): boolean => sessionStorage.getItem(KEY) !== null;

/** An app that does not notice the sign-in would send the user here again and again. */
export function isSentBack(): boolean {
  const [at, to] = JSON.parse(sessionStorage.getItem(SENT_KEY) ?? '[0]') as [number, string?];
  return to === sessionStorage.getItem(KEY) && Date.now() - at < SOON;
}

/** Leaves for where the user came from, once. The server sends the browser there only if the URL is in RETURN_URLS. */
export function goBack(): boolean {
  const to = sessionStorage.getItem(KEY);
  if (to === null) return false;
  sessionStorage.removeItem(KEY);
  sessionStorage.setItem(SENT_KEY, JSON.stringify([Date.now(), to]));
  location.replace(`/account/return?to=${encodeURIComponent(to)}`);
  return true;
}

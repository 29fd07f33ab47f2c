const KEY = 'latchkey:return-to';

/** Keeps where the user came from while they sign in, also over a reload and a visit to a provider. Per tab. */
export function keepReturnTo(): void {
  const url = new URL(location.href);
  const to = url.searchParams.get('return_to');
  if (to === null) return;
  sessionStorage.setItem(KEY, to);
  url.searchParams.delete('return_to');
  history.replaceState(history.state, '', url);
}

/** Leaves for where the user came from, once. The server sends the browser there only if the URL is in RETURN_URLS. */
export function goBack(): boolean {
  const to = sessionStorage.getItem(KEY);
  if (to === null) return false;
  sessionStorage.removeItem(KEY);
  location.replace(`/account/return?to=${encodeURIComponent(to)}`);
  return true;
}

/** Whether the browser keeps what a sign-in needs: the cookie, and the way back of the tab. */
export function keepsSiteData(): boolean {
  try {
    sessionStorage.getItem('');
    return navigator.cookieEnabled;
  } catch {
    return false;
  }
}

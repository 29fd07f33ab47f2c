import { useLatchkey } from '@latchkey/client/react';
import { useEffect } from 'react';

/** Milliseconds. */
const INTERVAL = 60_000;

/**
 * Notices that the session was ended elsewhere: asks when the page is looked at again, and each minute while it is visible. The
 * client follows what the service says.
 */
export function useSessionCheck(): void {
  const latchkey = useLatchkey();
  useEffect(() => {
    const check = () => {
      if (document.visibilityState === 'visible') latchkey.request({ query: '{ me { id } }' }).catch(() => {}); // The next one tells.
    };
    const timer = setInterval(check, INTERVAL);
    document.addEventListener('visibilitychange', check);
    addEventListener('focus', check);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
      removeEventListener('focus', check);
    };
  }, [latchkey]);
}

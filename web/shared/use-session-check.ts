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
    let isAsking = false;
    const check = async () => {
      // A tab that is shown gets the focus, too.
      if (isAsking || document.visibilityState !== 'visible') return;
      isAsking = true;
      await latchkey.request({ query: '{ me { id } }' }).catch(() => {}); // The next check may succeed.
      isAsking = false;
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

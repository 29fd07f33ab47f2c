import { useLatchkey } from '@latchkey/client/react';
import { useEffect, useRef } from 'react';

/** What only a user does. */
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'scroll'] as const;

/**
 * Runs the work at intervals while the page is visible, and when the user comes back to it. A page that the user has not touched
 * since it renewed the access token does not renew it again: it rests until it is touched, so that its session can end.
 * @param interval milliseconds
 */
export function useWhileInUse(work: () => Promise<unknown>, interval: number): void {
  const latchkey = useLatchkey();
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    let isRunning = false;
    let isTouched = true;
    let isResting = false;

    async function run(): Promise<void> {
      // A tab that is shown gets the focus, too.
      if (isRunning || document.visibilityState !== 'visible') return;
      const renews = latchkey.heldToken?.isDue ?? true;
      isResting = renews && !isTouched;
      if (isResting) return;
      if (renews) isTouched = false;
      isRunning = true;
      await latest.current().catch(() => {}); // The next time may succeed.
      isRunning = false;
    }
    function touch(): void {
      isTouched = true;
      if (isResting) void run();
    }
    function comeBack(): void {
      isTouched = true;
      void run();
    }
    const timer = setInterval(run, interval);
    for (const type of TOUCHES) addEventListener(type, touch, { capture: true, passive: true });
    document.addEventListener('visibilitychange', comeBack);
    addEventListener('focus', comeBack);
    return () => {
      clearInterval(timer);
      for (const type of TOUCHES) removeEventListener(type, touch, { capture: true });
      document.removeEventListener('visibilitychange', comeBack);
      removeEventListener('focus', comeBack);
    };
  }, [latchkey, interval]);
}

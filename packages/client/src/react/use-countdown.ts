import { useEffect, useMemo, useReducer } from 'react';
import type { FormErrors } from '../form-errors.ts';

/**
 * Seconds until a time, such as `resendAt` of a sent code. The component is rendered each second until then.
 * @param until milliseconds since 1970
 */
export function useCountdown(until: number): number {
  const [, render] = useReducer((count: number) => count + 1, 0);
  const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const isWaiting = left > 0;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(render, 1000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return left;
}

/** Seconds until the next attempt is allowed. 0 if nothing limits it. */
export function useRetryAfter(errors: FormErrors): number {
  const until = useMemo(() => Date.now() + (errors.retryAfter ?? 0) * 1000, [errors]);
  return useCountdown(until);
}

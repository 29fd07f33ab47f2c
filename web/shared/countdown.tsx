import type { FormErrors } from '@latchkey/client';
import { useEffect, useMemo, useReducer } from 'react';
import { useFormat } from './format.ts';

/** Seconds until a time, in milliseconds since 1970. The component is rendered each second until then. */
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

/** Seconds until the next attempt is allowed. */
export function useRetryAfter(errors: FormErrors): number {
  const until = useMemo(() => Date.now() + (errors.retryAfter ?? 0) * 1000, [errors]);
  return useCountdown(until);
}

/** in 42 seconds */
export function Countdown({ seconds }: { readonly seconds: number }) {
  const { relative } = useFormat();
  if (seconds === 0) return null;
  const [size, unit] =
    seconds < 120 ? ([1, 'second'] as const) : seconds < 7200 ? ([60, 'minute'] as const) : ([3600, 'hour'] as const);
  return <span className="wait">{relative(Math.ceil(seconds / size), unit)}</span>;
}

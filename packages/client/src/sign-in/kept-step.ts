import type { ChallengeFieldsFragment } from '../generated/types.ts';

/** What a code leads to. */
export const WAYS = ['login', 'verifyEmail', 'emailCode', 'phoneCode', 'newPassword'] as const;
export type Way = (typeof WAYS)[number];

/** A step that waits for a code, without its functions. None of it is a secret: a challenge is worth nothing without its code. */
export interface KeptStep extends ChallengeFieldsFragment {
  readonly way: Way;
  /** The address or number as the user has entered it, for another code. */
  readonly to?: string | undefined;
  readonly attemptsRemaining?: number | undefined;
}

const KEY = 'latchkey:sent-code';

/** Keeps a step for `readStep`, in the tab. Forgets it if the next one waits for no code. */
export function keepStep(step: KeptStep | object): void {
  try {
    if ('way' in step) sessionStorage.setItem(KEY, JSON.stringify({ ...step, page: location.pathname }));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A server, React Native, or a browser that keeps nothing.
  }
}

/** The step that this page had before it was loaded again. Undefined if its code has expired. */
export function readStep(): KeptStep | undefined {
  try {
    const { page, ...step } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as KeptStep & { readonly page?: string };
    const isCurrent = page === location.pathname && Date.parse(step.expiresAt) > Date.now() && WAYS.includes(step.way);
    return isCurrent ? step : undefined;
  } catch {
    return undefined;
  }
}

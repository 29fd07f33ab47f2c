import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { createSignIn } from '../sign-in/machine.ts';
import type { SignInState } from '../sign-in/steps.ts';
import { useLatchkey } from './provider.ts';

export interface UseSignInOptions {
  /** Offers passkeys among the suggestions of the field with `autocomplete="username webauthn"`. */
  readonly autofill?: boolean;
}

/**
 * A sign-in, sign-up or password reset, step by step: `signIn.step` says what to show. Completes a social sign-in if the page
 * is the redirect URI of one.
 */
export function useSignIn({ autofill = false }: UseSignInOptions = {}): SignInState {
  const latchkey = useLatchkey();
  const machine = useMemo(() => createSignIn(latchkey), [latchkey]);
  const signIn = useSyncExternalStore(machine.listen, machine.current, machine.current);
  useEffect(() => void machine.completeSocial(), [machine]);
  const offers = autofill && signIn.step === 'start';
  useEffect(() => (offers ? machine.offerPasskeys() : undefined), [machine, offers]);
  return signIn;
}

import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { createSignIn } from '../sign-in/machine.ts';
import type { SignedInStep, SignInState } from '../sign-in/steps.ts';
import { useLatchkey } from './provider.ts';

export interface UseSignInOptions {
  /** Offers passkeys among the suggestions of the field with `autocomplete="username webauthn"`. */
  readonly autofill?: boolean;
  /** Called once for each sign-in, also if the app shows the component to signed-out users only and has just removed it. */
  readonly onSignedIn?: ((step: SignedInStep) => void) | undefined;
}

/**
 * A sign-in, sign-up or password reset, step by step: `signIn.step` says what to show. After a reload it goes on with the code
 * that was sent. Completes a social sign-in if the page is the redirect URI of one.
 */
export function useSignIn({ autofill = false, onSignedIn }: UseSignInOptions = {}): SignInState {
  const latchkey = useLatchkey();
  const callback = useRef(onSignedIn);
  useEffect(() => {
    callback.current = onSignedIn;
  });
  const machine = useMemo(() => createSignIn(latchkey, (step) => callback.current?.(step)), [latchkey]);
  const signIn = useSyncExternalStore(machine.listen, machine.current, machine.current);
  useEffect(() => {
    machine.resume();
    void machine.completeSocial();
  }, [machine]);
  const offers = autofill && signIn.step === 'start';
  useEffect(() => (offers ? machine.offerPasskeys() : undefined), [machine, offers]);
  return signIn;
}

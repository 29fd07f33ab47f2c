import { useCallback, useEffect, useRef, useState } from 'react';
import type { Latchkey } from '../client.ts';
import { LatchkeyError } from '../errors.ts';
import { type FormErrors, fieldErrors, formErrors, NO_ERRORS } from '../form-errors.ts';
import type { Operations, ReauthenticateResult } from '../generated/operations.ts';
import type { ReauthenticationMethod, ReauthenticationRequiredFieldsFragment } from '../generated/types.ts';
import type { Passkeys } from '../passkeys.ts';
import { userIdOf } from '../session.ts';
import type { Social } from '../social.ts';
import { useLatchkey } from './provider.ts';

/** What a form or a button can call. */
export type Actions = Operations & Passkeys & Social & Pick<Latchkey, 'logout'>;

type Method = (...args: never[]) => Promise<unknown>;
type ResultOf<Call extends Method> = Awaited<ReturnType<Call>>;

/** The operation requires a recent sign-in. Once the user has confirmed who they are, it runs again by itself. */
export interface Reauthentication {
  /** For the user, in the language of the browser. */
  readonly message: string;
  /** What the user can use. `SIGN_IN`: only a new sign-in. Empty while an administrator acts as the user. */
  readonly methods: readonly ReauthenticationMethod[];
  readonly errors: FormErrors;
  readonly isPending: boolean;
  submit(input: { readonly password: string } | { readonly totp: string }): Promise<void>;
  withPasskey(): Promise<void>;
  cancel(): void;
}

export interface Action<Call extends Method> {
  /** Resolves with the result, after a reauthentication if necessary. Undefined after an error, which `errors` shows. */
  run(...args: Parameters<Call>): Promise<ResultOf<Call> | undefined>;
  /** The result of the last call. */
  readonly result: ResultOf<Call> | undefined;
  /** Problems of the last call, and errors such as `UNAVAILABLE`. */
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** Set while the user must confirm who they are. */
  readonly reauthentication: Reauthentication | undefined;
  /** Forgets the result and the errors. */
  reset(): void;
}

interface State {
  readonly result: unknown;
  readonly errors: FormErrors;
  readonly isPending: boolean;
  readonly reauthentication: Reauthentication | undefined;
}
const IDLE: State = { result: undefined, errors: NO_ERRORS, isPending: false, reauthentication: undefined };

/**
 * A method of the client, or a function of the app that sends a document, for a form or a button. Only the last call counts,
 * and none after the component is removed or another user has signed in.
 */
export function useAction<Name extends keyof Actions>(name: Name): Action<Actions[Name]>;
export function useAction<Call extends Method>(call: Call): Action<Call>;
export function useAction(action: keyof Actions | Method): Action<Method> {
  const latchkey = useLatchkey();
  const latest = useRef(action);
  latest.current = action;
  const [state, setState] = useState(IDLE);
  const turn = useRef(0);
  const stop = useRef(() => {});

  const end = useCallback(() => {
    turn.current += 1;
    stop.current();
  }, []);
  useEffect(() => end, [end]);

  const run = useCallback(
    async (...args: unknown[]) => {
      end();
      const mine = turn.current;
      const isLast = () => mine === turn.current;
      const show = (next: Partial<State>) => isLast() && setState({ ...IDLE, ...next });
      try {
        for (;;) {
          show({ isPending: true });
          const { current: action } = latest;
          const method = typeof action === 'string' ? latchkey[action] : action;
          const result = await (method as (...args: unknown[]) => Promise<Result>)(...args);
          if (!isLast() || result?.__typename !== 'ReauthenticationRequired') {
            show({ result, errors: formErrors(result) ?? NO_ERRORS });
            return result;
          }
          const confirmed = await new Promise<boolean>((resolve) => {
            stop.current = () => resolve(false);
            reauthenticate(latchkey, result as ReauthenticationRequiredFieldsFragment, show, resolve);
          });
          if (!confirmed) {
            show({});
            return result;
          }
        }
      } catch (error) {
        const isKnown = error instanceof LatchkeyError;
        show({ errors: (isKnown && formErrors(error)) || NO_ERRORS });
        if (!isKnown) throw error;
        return undefined;
      }
    },
    [latchkey, end],
  );
  const reset = useCallback(() => {
    end();
    setState(IDLE);
  }, [end]);

  useEffect(() => {
    let owner = userIdOf(latchkey.session);
    return latchkey.onChange((session) => {
      const user = userIdOf(session);
      if (user && owner && user !== owner) reset();
      owner = user ?? owner;
    });
  }, [latchkey, reset]);

  return { ...state, run, reset } as Action<Method>; // The signatures above say which arguments and which result.
}

type Result = { readonly __typename?: string } | undefined;

/** Asks until the user is confirmed, or cancels. */
function reauthenticate(
  latchkey: Latchkey,
  { message, methods }: ReauthenticationRequiredFieldsFragment,
  show: (state: Partial<State>) => void,
  resolve: (isConfirmed: boolean) => void,
): void {
  const ask = (errors: FormErrors = NO_ERRORS, isPending = false) =>
    show({
      reauthentication: {
        message,
        methods,
        errors,
        isPending,
        submit: (input) => confirm(() => latchkey.reauthenticate(input), Object.keys(input)[0]),
        withPasskey: () => confirm(() => latchkey.reauthenticateWithPasskey()),
        cancel: () => resolve(false),
      },
    });
  async function confirm(
    call: () => Promise<ReauthenticateResult | Awaited<ReturnType<Latchkey['reauthenticateWithPasskey']>>>,
    field?: string,
  ): Promise<void> {
    ask(NO_ERRORS, true);
    try {
      const result = await call();
      if (result.__typename === 'Reauthenticated') resolve(true);
      else ask(field ? fieldErrors(result, field) : formErrors(result));
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      ask(formErrors(error));
    }
  }
  ask();
}

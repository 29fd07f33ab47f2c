export { LatchkeyProvider, useLatchkey, useSession, useUser } from './react/provider.ts';
export { type SignedIn, SignIn, type SignInProps } from './react/sign-in-form/sign-in.tsx';
export type { SignInLocale, SignInView } from './react/sign-in-form/words.ts';
export { type Action, type Actions, type Reauthentication, useAction } from './react/use-action.ts';
export { useCountdown, useRetryAfter } from './react/use-countdown.ts';
export { type OwnWords, useOwnWords } from './react/use-own-words.ts';
export { type UseSignInOptions, useSignIn } from './react/use-sign-in.ts';
export type {
  CodeStep,
  NewPasswordStep,
  SecondFactorStep,
  SignedInStep,
  SignInNotice,
  SignInOutcome,
  SignInState,
  StartStep,
} from './sign-in/steps.ts';

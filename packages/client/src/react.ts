export { LatchkeyProvider, useLatchkey, useSession, useUser } from './react/provider.ts';
export { type Action, type Actions, type Reauthentication, useAction } from './react/use-action.ts';
export { type UseSignInOptions, useSignIn } from './react/use-sign-in.ts';
export type {
  CodeStep,
  NewPasswordStep,
  SecondFactorStep,
  SignedInStep,
  SignIn,
  SignInNotice,
  SignInOutcome,
  StartStep,
} from './sign-in/steps.ts';

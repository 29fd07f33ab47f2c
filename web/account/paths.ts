import type { SignInView } from '@latchkey/client/react';

/** The path of each form. */
export const FORM_PATHS: Readonly<Record<SignInView, string>> = {
  signIn: '/account',
  signUp: '/account/sign-up',
  code: '/account/code',
  forgotPassword: '/account/forgot-password',
};
/** Where providers send the browser back to. */
export const CALLBACK = '/account/callback';

/** The form of a path, with or without a slash at its end. */
const formOf = (path: string): SignInView | undefined =>
  (Object.keys(FORM_PATHS) as SignInView[]).find((view) => FORM_PATHS[view] === path.replace(/\/+$/, '')); // The keys are the views.

export const viewOf = (path: string): SignInView => formOf(path) ?? 'signIn';

/** Whether the user comes here to sign in, and not for one of the pages behind it. */
export const isForm = (path: string): boolean => formOf(path) !== undefined;

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

export const viewOf = (path: string): SignInView =>
  (Object.keys(FORM_PATHS) as SignInView[]).find((view) => FORM_PATHS[view] === path) ?? 'signIn'; // The keys are the views.

/** Whether the user comes here to sign in, and not for one of the pages behind it. */
export const isForm = (path: string): boolean => Object.values(FORM_PATHS).includes(path);

/** Words around the sign-in form and the user's own pages. */
export interface AccountWords {
  signIn: string;
  signUp: string;
  forgotPassword: string;
  /** After a `?return_to=` that is not in RETURN_URLS. */
  returnRefused: string;
  /** `{contact}` is replaced. */
  support: string;
  deleted: string;
  /** With a `?return_to=` on a page of the account. */
  backToApp: string;
}

const words: AccountWords = {
  signIn: 'Sign in',
  signUp: 'Create an account',
  forgotPassword: 'Choose a new password',
  returnRefused: 'The page that sent you here is not known to this service, so there is no link back to it.',
  support: 'Need help? {contact}',
  deleted: 'Your account is deleted. Goodbye, and thank you.',
  backToApp: 'Back to the app',
};
export default words;

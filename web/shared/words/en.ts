/** Words of what all pages share. `{…}` is replaced. */
export interface SharedWords {
  /** Past the navigation. */
  skip: string;
  cancel: string;
  close: string;
  save: string;
  continue: string;
  retry: string;
  copy: string;
  copied: string;
  announcements: string;
  /** After another tab has signed in as another user. `{user}` is replaced. */
  signedInAs: string;
  loadFailed: string;
  required: string;
  /** Instead of the text of a problem that the service has written in another language. */
  checkField: string;
  failed: string;
  showPassword: string;
  hidePassword: string;
  wrongPassword: string;
  /** For a `LatchkeyError`, by its code. */
  errors: Readonly<Record<'UNAVAILABLE' | 'RATE_LIMITED' | 'USER_CHANGED' | 'FORBIDDEN' | 'OTHER', string>>;
  /** Before a step that only the owner of the account may take. */
  confirmIdentity: {
    title: string;
    description: string;
    password: string;
    totp: string;
    passkey: string;
    withPassword: string;
    withTotp: string;
    withPasskey: string;
    passkeyCancelled: string;
    onlySignIn: string;
    signInAgain: string;
    /** While an administrator acts as the user. */
    impossible: string;
  };
}

const words: SharedWords = {
  skip: 'Skip to the content',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  continue: 'Continue',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  announcements: 'Announcements',
  signedInAs: 'You are now signed in as {user}.',
  loadFailed: 'This could not be loaded.',
  required: 'Fill in this field.',
  checkField: 'Check this field.',
  failed: 'That did not work. Check what you entered, or start again.',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  wrongPassword: 'The password is incorrect.',
  errors: {
    UNAVAILABLE: 'The service cannot be reached. Check your connection and try again.',
    RATE_LIMITED: 'Too many attempts. Please wait a moment.',
    USER_CHANGED: 'Another user has signed in to this browser, so nothing was changed.',
    FORBIDDEN: 'You are not allowed to do this.',
    OTHER: 'Something went wrong on our side. Please try again.',
  },
  confirmIdentity: {
    title: 'Confirm that it’s you',
    description: 'This step needs a recent confirmation. After it, you go on where you were.',
    password: 'Your password',
    totp: 'Code from your authenticator app',
    passkey: 'Continue with a passkey',
    withPassword: 'Use your password',
    withTotp: 'Use your authenticator app',
    withPasskey: 'Use a passkey',
    passkeyCancelled: 'No passkey was used. Try again, or use another way.',
    onlySignIn: 'This step needs a recent sign-in. Sign in again, then repeat it.',
    signInAgain: 'Sign in again',
    impossible: 'This is not possible while an administrator acts as the user.',
  },
};
export default words;

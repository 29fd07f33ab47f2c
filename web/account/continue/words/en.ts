/** If an app sends a user here who is signed in, again and again. */
export interface ContinueWords {
  title: string;
  /** `{account}` is replaced. */
  signedInAs: string;
  continue: string;
  otherAccount: string;
}

const words: ContinueWords = {
  title: 'You are already signed in',
  signedInAs: 'You are signed in as {account}. The app that sent you here has not noticed it.',
  continue: 'Continue',
  otherAccount: 'Use another account',
};
export default words;

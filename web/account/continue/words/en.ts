/** For an app that sends a signed-in user here again and again. */
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

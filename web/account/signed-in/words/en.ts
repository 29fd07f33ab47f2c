/** Words around the pages of the signed-in user. */
export interface SignedInWords {
  navigation: string;
  profile: string;
  security: string;
  devices: string;
  activity: string;
  console: string;
  signOut: string;
  /** After a visit to a provider. */
  linking: string;
  linked: string;
  linkCancelled: string;
  linkNotStarted: string;
  toSecurity: string;
}

const words: SignedInWords = {
  navigation: 'Your account',
  profile: 'Profile',
  security: 'Security',
  devices: 'Devices',
  activity: 'Activity',
  console: 'Console',
  signOut: 'Sign out',
  linking: 'Linking your account…',
  linked: 'The account is linked. You can now sign in with it.',
  linkCancelled: 'Nothing was linked, because it was cancelled.',
  linkNotStarted:
    'This was started in another tab, or is complete already. If the account is not in the list, start again.',
  toSecurity: 'Back to Security',
};
export default words;

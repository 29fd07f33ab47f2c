import type { PluralForms } from '../../../../shared/words.ts';

/** `{…}` is replaced. */
export interface DevicesWords {
  introduction: string;
  current: string;
  impersonation: string;
  lastUsed: string;
  since: string;
  signOut: string;
  signedOut: string;
  signOutOthers: string;
  signOutOthersQuestion: string;
  signOutOthersHint: string;
  othersSignedOut: PluralForms;
  noOthers: string;
}

const words: DevicesWords = {
  introduction: 'Where you are signed in. If you do not know a device, sign it out and change your password.',
  current: 'This device',
  impersonation: 'An administrator acts as you',
  lastUsed: 'Last used {time}',
  since: 'signed in {time}',
  signOut: 'Sign out',
  signedOut: '{device} is signed out.',
  signOutOthers: 'Sign out all other devices',
  signOutOthersQuestion: 'Sign out all other devices?',
  signOutOthersHint: 'You stay signed in here. Everywhere else you have to sign in again.',
  othersSignedOut: { one: '# device is signed out.', other: '# devices are signed out.' },
  noOthers: 'You are not signed in on any other device.',
};
export default words;

import type { PluralForms } from '../../../../shared/words.ts';

/** `{…}` is replaced. */
export interface ProfileWords {
  details: string;
  firstName: string;
  lastName: string;
  company: string;
  language: string;
  languageHint: string;
  /** No language is chosen. */
  anyLanguage: string;
  saved: string;
  contact: string;
  email: string;
  phone: string;
  none: string;
  verified: string;
  unverified: string;
  unverifiedEmail: string;
  unverifiedPhone: string;
  change: string;
  add: string;
  verify: string;
  changeEmail: string;
  addEmail: string;
  verifyEmail: string;
  changePhone: string;
  addPhone: string;
  verifyPhone: string;
  newEmail: string;
  newPhone: string;
  phoneHint: string;
  changeEmailHint: string;
  password: string;
  passwordHint: string;
  sendCode: string;
  emailChanged: string;
  emailVerified: string;
  phoneSaved: string;
  code: string;
  sentEmail: string;
  sentSms: string;
  sentLink: string;
  sentAgain: string;
  resend: string;
  back: string;
  confirm: string;
  codeOver: string;
  attempts: PluralForms;
  deletion: string;
  deletionHint: string;
  deleteAccount: string;
  deleteQuestion: string;
  deleteIntroduction: string;
  consequences: readonly string[];
  typeToConfirm: string;
  typedWrong: string;
  deleteForever: string;
}

const words: ProfileWords = {
  details: 'Personal details',
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  language: 'Language of messages',
  languageHint: 'For emails and text messages.',
  anyLanguage: 'Not chosen',
  saved: 'Your details are saved.',
  contact: 'Contact',
  email: 'Email address',
  phone: 'Phone number',
  none: 'None',
  verified: 'Verified',
  unverified: 'Not verified',
  unverifiedEmail: 'Verify your address, so that you can reset your password and get notices.',
  unverifiedPhone: 'Verify your number, so that you can sign in with it.',
  change: 'Change',
  add: 'Add',
  verify: 'Verify',
  changeEmail: 'Change your email address',
  addEmail: 'Add an email address',
  verifyEmail: 'Verify your email address',
  changePhone: 'Change your phone number',
  addPhone: 'Add a phone number',
  verifyPhone: 'Verify your phone number',
  newEmail: 'New email address',
  newPhone: 'New phone number',
  phoneHint: 'With the country code, such as +998 90 123 45 67.',
  changeEmailHint: 'We send a code to the new address. The old one stays until you enter the code.',
  password: 'Your password',
  passwordHint: 'To make sure that it’s you.',
  sendCode: 'Send code',
  emailChanged: 'Your email address is changed. The old address can undo this for 72 hours.',
  emailVerified: 'Your email address is verified.',
  phoneSaved: 'Your phone number is verified.',
  code: 'Code',
  sentEmail: 'We sent an email with a code to {to}.',
  sentSms: 'We sent a text message with a code to {to}.',
  sentLink: 'We sent a message to {to}. Open the link in it, then come back here.',
  sentAgain: 'We sent a new code. Earlier codes no longer work.',
  resend: 'Send a new code',
  back: 'Back',
  confirm: 'Confirm',
  codeOver: 'This code no longer works. Send a new one.',
  attempts: { one: '# attempt left.', other: '# attempts left.' },
  deletion: 'Delete account',
  deletionHint: 'Deletes your account and everything in it, for good.',
  deleteAccount: 'Delete account…',
  deleteQuestion: 'Delete your account?',
  deleteIntroduction: 'This cannot be undone:',
  consequences: [
    'You are signed out on all devices.',
    'Your profile, your passkeys and your linked accounts are deleted.',
    'Apps that you use with this account no longer know you.',
    'A new account with the same address starts from nothing.',
  ],
  typeToConfirm: 'Type {text} to confirm',
  typedWrong: 'This is not {text}.',
  deleteForever: 'Delete for good',
};
export default words;

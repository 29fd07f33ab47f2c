import type { PluralForms } from '../../../../shared/words.ts';

/** `{…}` is replaced. */
export interface SecurityWords {
  on: string;
  off: string;
  turnOn: string;
  turnOff: string;
  password: string;
  passwordSet: string;
  passwordMissing: string;
  changePassword: string;
  setPassword: string;
  currentPassword: string;
  forgotten: string;
  newPassword: string;
  passwordRule: PluralForms;
  passwordAdvice: string;
  othersEnd: string;
  passwordChanged: string;
  passkeys: string;
  passkeysHint: string;
  noPasskeys: string;
  addPasskey: string;
  passkeyAdded: string;
  passkeyCancelled: string;
  passkeyExists: string;
  passkeyUnsupported: string;
  added: string;
  lastUsed: string;
  neverUsed: string;
  synced: string;
  onOneDevice: string;
  rename: string;
  renamePasskey: string;
  name: string;
  renamed: string;
  remove: string;
  removePasskey: string;
  removePasskeyHint: string;
  passkeyRemoved: string;
  totp: string;
  totpHint: string;
  setUpTotp: string;
  replaceTotp: string;
  replaceTotpHint: string;
  scan: string;
  qrCode: string;
  openApp: string;
  typeSecret: string;
  codeOfApp: string;
  attempts: PluralForms;
  enrollmentOver: string;
  totpOn: string;
  totpOff: string;
  removeTotp: string;
  removeTotpHint: string;
  secondFactor: string;
  secondFactorRequired: string;
  secondFactorOn: string;
  secondFactorOff: string;
  secondFactorImpossible: string;
  turnOffSecondFactor: string;
  turnOffSecondFactorHint: string;
  secondFactorTurnedOn: string;
  secondFactorTurnedOff: string;
  recoveryCodes: string;
  recoveryCodesHint: string;
  codesLeft: PluralForms;
  newCodes: string;
  newCodesQuestion: string;
  newCodesHint: string;
  saveCodes: string;
  saveCodesHint: string;
  codesFor: string;
  print: string;
  download: string;
  codesSaved: string;
  providers: string;
  providersHint: string;
  linkedSince: string;
  notLinked: string;
  link: string;
  unlink: string;
  unlinkFrom: string;
  unlinkHint: string;
  unlinked: string;
}

const words: SecurityWords = {
  on: 'On',
  off: 'Off',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  password: 'Password',
  passwordSet: 'You can sign in with a password.',
  passwordMissing: 'Your account has no password.',
  changePassword: 'Change password',
  setPassword: 'Set a password',
  currentPassword: 'Current password',
  forgotten: 'Forgotten it? Sign out, then choose “Forgot your password?”.',
  newPassword: 'New password',
  passwordRule: { one: 'At least # character.', other: 'At least # characters.' },
  passwordAdvice: 'A few random words are easy to remember and hard to guess.',
  othersEnd: 'You stay signed in here. All other devices are signed out.',
  passwordChanged: 'Your password is saved. All other devices are signed out.',
  passkeys: 'Passkeys',
  passkeysHint:
    'Sign in with your fingerprint, your face or the PIN of your device. Passkeys cannot be guessed or phished.',
  noPasskeys: 'You have no passkeys yet.',
  addPasskey: 'Add a passkey',
  passkeyAdded: 'The passkey is added.',
  passkeyCancelled: 'No passkey was added, because it was cancelled or took too long.',
  passkeyExists: 'This device already has a passkey of your account.',
  passkeyUnsupported: 'This browser cannot use passkeys.',
  added: 'Added {time}',
  lastUsed: 'last used {time}',
  neverUsed: 'never used',
  synced: 'On all your devices',
  onOneDevice: 'On one device only: add another one, so that you do not depend on it',
  rename: 'Rename',
  renamePasskey: 'Rename “{name}”',
  name: 'Name',
  renamed: 'The name is saved.',
  remove: 'Remove',
  removePasskey: 'Remove “{name}”?',
  removePasskeyHint:
    'You can no longer sign in with it. Then also delete it in the settings of your device or password manager.',
  passkeyRemoved: 'The passkey is removed.',
  totp: 'Authenticator app',
  totpHint: 'An app on your phone shows a new code every 30 seconds, which you enter when you sign in.',
  setUpTotp: 'Set up the app',
  replaceTotp: 'Move to another app',
  replaceTotpHint: 'The codes of your earlier app no longer work after this.',
  scan: 'Scan this code with your authenticator app.',
  qrCode: 'QR code for the authenticator app',
  openApp: 'Open the app on this device',
  typeSecret: 'Or type this key into the app:',
  codeOfApp: 'Code that the app shows',
  attempts: { one: '# attempt left.', other: '# attempts left.' },
  enrollmentOver: 'This took too long, or there were too many wrong codes. Start again.',
  totpOn: 'The authenticator app is set up. Sign-ins need a second factor from now on.',
  totpOff: 'The authenticator app is removed.',
  removeTotp: 'Remove the authenticator app?',
  removeTotpHint:
    'Its codes no longer work. Without another factor, your password or a code alone is enough to sign in.',
  secondFactor: 'Second factor',
  secondFactorRequired: 'Required to sign in',
  secondFactorOn: 'Signing in takes two steps. A stolen password is not enough.',
  secondFactorOff: 'Signing in takes one step.',
  secondFactorImpossible: 'Add a passkey or set up an authenticator app first.',
  turnOffSecondFactor: 'Turn off the second factor?',
  turnOffSecondFactorHint: 'Your password or a code alone is then enough to sign in. Your app and your passkeys stay.',
  secondFactorTurnedOn: 'Sign-ins need a second factor from now on.',
  secondFactorTurnedOff: 'Sign-ins no longer need a second factor.',
  recoveryCodes: 'Recovery codes',
  recoveryCodesHint: 'For the day when your phone or your passkeys are lost. Each code works once.',
  codesLeft: { one: '# code left', other: '# codes left' },
  newCodes: 'Get new codes',
  newCodesQuestion: 'Replace your recovery codes?',
  newCodesHint: 'You get ten new codes. The earlier ones no longer work.',
  saveCodes: 'Save your recovery codes',
  saveCodesHint: 'They are shown only once. Keep them where you find them without your phone.',
  codesFor: 'Recovery codes for {account} at {product}. Each works once.',
  print: 'Print',
  download: 'Download',
  codesSaved: 'I have saved them',
  providers: 'Linked accounts',
  providersHint: 'Sign in with an account that you have elsewhere.',
  linkedSince: 'Linked {time}',
  notLinked: 'Not linked',
  link: 'Link',
  unlink: 'Unlink',
  unlinkFrom: 'Unlink {provider}?',
  unlinkHint: 'You can no longer sign in with it.',
  unlinked: 'The account is unlinked.',
};
export default words;

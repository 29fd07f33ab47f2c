import type { PluralForms } from '../../../../shared/words.ts';
import type { FieldName } from '../edit-values.ts';

/** What an administrator can do with a user, each with its button and its question. */
export type OperationName =
  | 'deactivate'
  | 'activate'
  | 'endSessions'
  | 'sendReset'
  | 'resetFactors'
  | 'impersonate'
  | 'delete';

export interface UserWords {
  notFound: readonly [title: string, text: string];
  back: string;
  inactive: string;
  verified: string;
  unverified: string;
  none: string;
  yes: string;
  no: string;
  cards: Readonly<Record<'profile' | 'access' | 'methods' | 'devices' | 'history' | 'operations', string>>;
  fields: Readonly<Record<FieldName, string>>;
  facts: Readonly<
    Record<
      | 'id'
      | 'created'
      | 'updated'
      | 'lastLogin'
      | 'password'
      | 'factorRequired'
      | 'totp'
      | 'recoveryCodes'
      | 'passkeys'
      | 'identities',
      string
    >
  >;
  noDevices: string;
  /** `{time}` is replaced. */
  lastUsed: string;
  impersonation: string;
  /** Signs the user out on one device. `{device}` is replaced. */
  device: { button: string; title: string; text: string; done: string; own: string };
  noHistory: string;
  allHistory: string;
  edit: string;
  editTitle: string;
  hints: Readonly<Record<'permissions' | 'metadata' | 'reason' | 'reasonRequired', string>>;
  reason: string;
  invalidJson: string;
  nothingChanged: string;
  saved: string;
  conflict: {
    /** `{fields}` is replaced. */
    text: string;
    noFields: string;
    keep: string;
    takeOver: string;
  };
  operations: Readonly<Record<OperationName, { button: string; title: string; text: string; done: string }>>;
  /** What an operation takes away. */
  ends: { sessions: PluralForms; passkeys: PluralForms; totp: string; recoveryCodes: PluralForms; nothing: string };
  ownAccount: string;
  impersonating: {
    title: string;
    copyFirst: string;
    use: string;
    /** When it ends. `{left}`, such as `in 15 minutes`, and `{time}` are replaced. */
    text: string;
    token: string;
    copy: string;
    copyCommand: string;
    end: string;
    ended: string;
    over: string;
  };
}

const words: UserWords = {
  notFound: ['User not found', 'There is no user with this ID. The account may have been deleted.'],
  back: 'Users',
  inactive: 'Inactive',
  verified: 'verified',
  unverified: 'not verified',
  none: 'None',
  yes: 'Yes',
  no: 'No',
  cards: {
    profile: 'Profile',
    access: 'Access',
    methods: 'Ways to sign in',
    devices: 'Devices',
    history: 'Latest events',
    operations: 'Operations',
  },
  fields: {
    firstName: 'First name',
    lastName: 'Last name',
    companyName: 'Company',
    locale: 'Language of messages',
    email: 'Email address',
    emailVerified: 'The email address is verified',
    phone: 'Phone number',
    phoneVerified: 'The phone number is verified',
    staff: 'Staff: can look at users',
    admin: 'Administrator: can do everything',
    permissions: 'Permissions',
    publicMetadata: 'Public metadata',
    privateMetadata: 'Private metadata',
  },
  facts: {
    id: 'ID',
    created: 'Created',
    updated: 'Changed',
    lastLogin: 'Last sign-in',
    password: 'Password',
    factorRequired: 'Second factor required',
    totp: 'Authenticator app',
    recoveryCodes: 'Recovery codes left',
    passkeys: 'Passkeys',
    identities: 'Linked accounts',
  },
  noDevices: 'Not signed in on any device.',
  lastUsed: 'last used {time}',
  impersonation: 'an administrator acts as the user',
  device: {
    button: 'Sign out',
    title: 'Sign the user out on this device?',
    text: '{device}: the user has to sign in again there, and stays signed in on other devices.',
    done: 'The user is signed out: {device}.',
    own: 'you are here',
  },
  noHistory: 'No events.',
  allHistory: 'All events of this user',
  edit: 'Edit',
  editTitle: 'Edit the user',
  hints: {
    permissions: 'One on each line, such as orders:write.',
    metadata: 'A JSON object.',
    reason: 'For the audit log. Only administrators see it.',
    reasonRequired: 'For the audit log. Required for this operation.',
  },
  reason: 'Reason',
  invalidJson: 'This is not a JSON object.',
  nothingChanged: 'You have not changed anything.',
  saved: 'The changes are saved.',
  conflict: {
    text: 'Another administrator has changed this user since you opened the form: {fields}. Nothing of yours is saved yet.',
    noFields: 'something that is not in this form',
    keep: 'Go on with my changes',
    takeOver: 'Discard my changes',
  },
  operations: {
    deactivate: {
      button: 'Deactivate',
      title: 'Deactivate this account?',
      text: 'The user can no longer sign in. The account and its data stay.',
      done: 'The account is inactive.',
    },
    activate: {
      button: 'Activate',
      title: 'Activate this account?',
      text: 'The user can sign in again.',
      done: 'The account is active.',
    },
    endSessions: {
      button: 'Sign out everywhere',
      title: 'Sign the user out everywhere?',
      text: 'The user has to sign in again on each device.',
      done: 'The user is signed out everywhere.',
    },
    sendReset: {
      button: 'Send a password link',
      title: 'Send a link for choosing a password?',
      text: 'The user gets an email. The current password works until a new one is chosen.',
      done: 'The link is on its way.',
    },
    resetFactors: {
      button: 'Reset second factors',
      title: 'Remove all second factors and passkeys?',
      text: 'For users who have lost them. Make sure that the request is from the user. They are notified.',
      done: 'The second factors are removed.',
    },
    impersonate: {
      button: 'Act as the user',
      title: 'Act as this user?',
      text: 'You get an access token for 15 minutes, to see what the user sees. It cannot change how they sign in. The user sees it in their devices and events.',
      done: '',
    },
    delete: {
      button: 'Delete',
      title: 'Delete this account for good?',
      text: 'The account and all its data are deleted at once, and the user is notified. This cannot be undone.',
      done: 'The account is deleted.',
    },
  },
  ends: {
    sessions: { one: 'ends # session', other: 'ends # sessions' },
    passkeys: { one: 'removes # passkey', other: 'removes # passkeys' },
    totp: 'removes the authenticator app',
    recoveryCodes: { one: 'removes # recovery code', other: 'removes # recovery codes' },
    nothing: 'There are no sessions to end.',
  },
  ownAccount: 'This is your own account: some operations are on the account pages only.',
  impersonating: {
    title: 'Access token of the user',
    copyFirst: 'Copy the token. It is shown only now.',
    use: 'Use it in a private window or another program, so that your own session stays apart: send it as Authorization: Bearer. The command tries it in a terminal.',
    text: 'It ends {left}, at {time}, or earlier if you end it here or sign out.',
    token: 'Access token',
    copy: 'Copy the token',
    copyCommand: 'Copy a command',
    end: 'End it now',
    ended: 'You no longer act as the user.',
    over: 'The token has expired. You no longer act as the user.',
  },
};
export default words;

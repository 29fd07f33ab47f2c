import type { PageName } from '../pages.ts';

/** Words around the pages of the console. */
export interface ShellWords {
  console: string;
  pages: Readonly<Record<PageName, string>>;
  navigation: string;
  openMenu: string;
  closeMenu: string;
  account: string;
  signOut: string;
  reload: string;
  roles: Readonly<Record<'STAFF' | 'ADMIN', string>>;
  noRole: {
    title: string;
    /** `{account}` is replaced. */
    text: string;
    ask: string;
    developer: string;
    run: string;
    signInAgain: string;
  };
  secondFactor: { title: string; text: string; setUp: string; next: string };
  adminsOnly: { title: string; text: string };
  notFound: { title: string; text: string; back: string };
}

const words: ShellWords = {
  console: 'Console',
  pages: {
    overview: 'Overview',
    users: 'Users',
    activity: 'Activity',
    deliveries: 'Deliveries',
    keys: 'Keys',
    settings: 'Settings',
  },
  navigation: 'Pages',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  account: 'Your account',
  signOut: 'Sign out',
  reload: 'Load again',
  roles: { STAFF: 'Staff', ADMIN: 'Administrator' },
  noRole: {
    title: 'No access to the console',
    text: 'You are signed in as {account}. This account has no role, so it cannot use the console.',
    ask: 'Ask an administrator to give it the role of staff or administrator.',
    developer: 'On your own machine, make this account an administrator:',
    run: 'Run this in the project’s folder, in another terminal. It asks for a new password and signs the account out.',
    signInAgain: 'Then sign in here with that password.',
  },
  secondFactor: {
    title: 'A second factor is required',
    text: 'This server opens the console only to administrators who signed in with a second factor.',
    setUp: 'Set up a second factor',
    next: 'Add an authenticator app, then load this page again. If you already have a passkey or an app, sign out and sign in with it.',
  },
  adminsOnly: { title: 'For administrators only', text: 'Your role does not allow this page.' },
  notFound: { title: 'Page not found', text: 'There is no page at this address.', back: 'Go to the users' },
};
export default words;

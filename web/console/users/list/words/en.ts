import type { UserOrder } from '../../../../generated/documents.ts';
import type { PluralForms } from '../../../../shared/words.ts';
import type { ColumnName } from '../columns.ts';

/** Words of the list of users. */
export interface UserListWords {
  title: string;
  invite: string;
  search: string;
  searchHint: string;
  any: string;
  role: string;
  active: string;
  activeYes: string;
  activeNo: string;
  verified: string;
  verifiedYes: string;
  verifiedNo: string;
  factor: string;
  factorYes: string;
  factorNo: string;
  domain: string;
  permission: string;
  order: string;
  orders: Readonly<Record<UserOrder, string>>;
  columns: Readonly<Record<ColumnName, string>>;
  chooseColumns: string;
  never: string;
  noName: string;
  unverified: string;
  /** `#` users. */
  count: PluralForms;
  /** `{count}` is replaced by the above. */
  about: string;
  empty: string;
  exportCsv: string;
  /** `{done}` and `{all}` are replaced. */
  exporting: string;
  exportFailed: string;
  stop: string;
}

const words: UserListWords = {
  title: 'Users',
  invite: 'Invite a user',
  search: 'Search',
  searchHint: 'Email, phone, name or company',
  any: 'Any',
  role: 'Role',
  active: 'Account',
  activeYes: 'Active',
  activeNo: 'Deactivated',
  verified: 'Email address',
  verifiedYes: 'Verified',
  verifiedNo: 'Not verified',
  factor: 'Second factor',
  factorYes: 'On',
  factorNo: 'Off',
  domain: 'Domain of the address',
  permission: 'Permission',
  order: 'Order',
  orders: {
    CREATED_AT_DESC: 'Newest first',
    CREATED_AT_ASC: 'Oldest first',
    LAST_LOGIN_AT_DESC: 'Latest sign-in first',
    LAST_LOGIN_AT_ASC: 'Longest without a sign-in first',
    EMAIL_ASC: 'Email, A to Z',
    EMAIL_DESC: 'Email, Z to A',
  },
  columns: {
    user: 'User',
    phone: 'Phone',
    roles: 'Roles',
    status: 'Account',
    factor: 'Second factor',
    lastLogin: 'Last sign-in',
    created: 'Created',
    company: 'Company',
    permissions: 'Permissions',
    locale: 'Language',
    updated: 'Changed',
  },
  chooseColumns: 'Columns',
  never: 'Never',
  noName: 'No address',
  unverified: 'not verified',
  count: { one: '# user', other: '# users' },
  about: 'About {count}',
  empty: 'No users match.',
  exportCsv: 'Download CSV',
  exporting: '{done} of {all}',
  exportFailed: 'The download has stopped because of an error. Try again.',
  stop: 'Stop',
};
export default words;

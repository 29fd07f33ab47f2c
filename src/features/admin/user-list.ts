import { toAsciiDomain } from '../../core/domains.ts';
import { type ListKind, NEVER, type Page, type PageArguments, type Place } from '../../core/page.ts';
import type { Role } from '../../infra/db/tables.ts';
import { isPermission } from '../accounts/permissions.ts';
import type { User } from '../accounts/user.ts';
import type { Search } from './user-search.ts';

export type UserOrder =
  | 'CREATED_AT_ASC'
  | 'CREATED_AT_DESC'
  | 'EMAIL_ASC'
  | 'EMAIL_DESC'
  | 'LAST_LOGIN_AT_ASC'
  | 'LAST_LOGIN_AT_DESC';

export interface UserFilter {
  isActive?: boolean | null | undefined;
  role?: Role | null | undefined;
  emailVerified?: boolean | null | undefined;
  secondFactorRequired?: boolean | null | undefined;
  /** In ASCII and lower case; empty: no address matches. */
  emailDomain?: string | null | undefined;
  permission?: string | null | undefined;
}

/** As sent by a client. */
export interface UserListRequest extends PageArguments {
  filter?: (UserFilter & { search?: string | null | undefined }) | null | undefined;
  orderBy: UserOrder;
}

/** Which users, in which order, which page. */
export interface UserQuery extends UserFilter {
  search: Search | undefined;
  by: Extract<ListKind, 'created' | 'email' | 'login'>;
  isDescending: boolean;
  page: Page;
}

export const parseOrder = (order: UserOrder): Pick<UserQuery, 'by' | 'isDescending'> => ({
  by: order.startsWith('EMAIL') ? 'email' : order.startsWith('LAST') ? 'login' : 'created',
  isDescending: order.endsWith('DESC'),
});

/** As stored, or empty if no address can have it. With or without the @. */
export function parseEmailDomain(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > LONGEST_DOMAIN) return text ? '' : undefined;
  const domain = text.normalize('NFKC').trim().replace(/^@/, '');
  return domain === '' ? undefined : (toAsciiDomain(domain) ?? '');
}

/** Characters, more than an address has. */
const LONGEST_DOMAIN = 254;

/** A text that is no permission matches no user. */
export const parsePermission = (text: string | null | undefined): string | undefined =>
  text ? (isPermission(text) ? text : '') : undefined;

/** Accounts without an address sort as if it were empty, and those that were never used before all others. */
export function placeOfUser({ id, email, createdAt, lastLoginAt }: User, by: UserQuery['by']): Place {
  if (by === 'email') return { key: email ?? '', id };
  if (by === 'login') return { key: lastLoginAt?.toISOString() ?? NEVER, id };
  return { key: createdAt.toISOString(), id };
}

/** Total number of matches. */
export interface Total {
  count: number;
  isEstimate: boolean;
}

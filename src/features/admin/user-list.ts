import type { ListKind, Page, PageArguments, Place } from '../../core/page.ts';
import type { Role } from '../../infra/db/tables.ts';
import type { User } from '../accounts/user.ts';
import type { Search } from './user-search.ts';

export type UserOrder = 'CREATED_AT_ASC' | 'CREATED_AT_DESC' | 'EMAIL_ASC' | 'EMAIL_DESC';

export interface UserFilter {
  isActive?: boolean | null | undefined;
  role?: Role | null | undefined;
  emailVerified?: boolean | null | undefined;
  secondFactorRequired?: boolean | null | undefined;
}

/** As sent by a client. */
export interface UserListRequest extends PageArguments {
  filter?: (UserFilter & { search?: string | null | undefined }) | null | undefined;
  orderBy: UserOrder;
}

/** Which users, in which order, which page. */
export interface UserQuery extends UserFilter {
  search: Search | undefined;
  by: Extract<ListKind, 'created' | 'email'>;
  isDescending: boolean;
  page: Page;
}

export const parseOrder = (order: UserOrder): Pick<UserQuery, 'by' | 'isDescending'> => ({
  by: order.startsWith('EMAIL') ? 'email' : 'created',
  isDescending: order.endsWith('DESC'),
});

/** Accounts without an address sort as if it were empty. */
export const placeOfUser = ({ id, email, createdAt }: User, by: UserQuery['by']): Place => ({
  key: by === 'email' ? (email ?? '') : createdAt.toISOString(),
  id,
});

/** Total number of matches. */
export interface Total {
  count: number;
  isEstimate: boolean;
}

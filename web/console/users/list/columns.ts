import type { ListedUserFragment, UserOrder } from '../../../generated/documents.ts';

export const COLUMNS = [
  'user',
  'phone',
  'company',
  'roles',
  'permissions',
  'status',
  'factor',
  'locale',
  'lastLogin',
  'created',
  'updated',
] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** Until the administrator chooses them. */
export const HIDDEN: readonly ColumnName[] = ['company', 'permissions', 'locale', 'updated'];

type OrderField<Order = UserOrder> = Order extends `${infer Field}_ASC` ? Field : never;

/** The columns by which the service can sort. */
export const ORDER_FIELDS: Readonly<Partial<Record<ColumnName, OrderField>>> = {
  user: 'EMAIL',
  lastLogin: 'LAST_LOGIN_AT',
  created: 'CREATED_AT',
};

/** What a column is in a file, by the names of the API. */
export const FIELDS: Readonly<Record<ColumnName, readonly (keyof ListedUserFragment)[]>> = {
  user: ['email', 'emailVerified', 'firstName', 'lastName'],
  phone: ['phone', 'phoneVerified'],
  company: ['companyName'],
  roles: ['roles'],
  permissions: ['permissions'],
  status: ['isActive'],
  factor: ['secondFactorRequired'],
  locale: ['locale'],
  lastLogin: ['lastLoginAt'],
  created: ['createdAt'],
  updated: ['updatedAt'],
};

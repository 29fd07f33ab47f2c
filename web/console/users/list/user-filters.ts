import type { UserFilter, UserOrder } from '../../../generated/documents.ts';
import type { Filters } from '../../parts/use-filters.ts';

export const ORDERS = [
  'CREATED_AT_DESC',
  'CREATED_AT_ASC',
  'LAST_LOGIN_AT_DESC',
  'LAST_LOGIN_AT_ASC',
  'EMAIL_ASC',
  'EMAIL_DESC',
] as const satisfies readonly UserOrder[];

/** Names in the URL of the filters that have a value from a list, and their values. */
export const CHOICES = {
  role: ['STAFF', 'ADMIN'],
  active: ['yes', 'no'],
  verified: ['yes', 'no'],
  factor: ['yes', 'no'],
} as const;
export const TEXTS = ['domain', 'permission'] as const;

export type Choice = keyof typeof CHOICES;

/** All that narrows the list, with the search. */
export const FILTERS = ['q', ...Object.keys(CHOICES), ...TEXTS];

/** The filter of the service. Unknown values in the URL count as none. */
export function readUserFilter({ get, getOneOf }: Filters): UserFilter {
  const yesNo = (name: Exclude<Choice, 'role'>) => {
    const value = getOneOf(name, CHOICES[name]);
    return value ? value === 'yes' : null;
  };
  return {
    search: get('q') ?? null,
    role: getOneOf('role', CHOICES.role) ?? null,
    isActive: yesNo('active'),
    emailVerified: yesNo('verified'),
    secondFactorRequired: yesNo('factor'),
    emailDomain: get('domain') ?? null,
    permission: get('permission') ?? null,
  };
}

export const readOrder = ({ getOneOf }: Filters): UserOrder => getOneOf('order', ORDERS) ?? ORDERS[0];

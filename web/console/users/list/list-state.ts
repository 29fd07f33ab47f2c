import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { ConsoleUsersQueryVariables, UserFilter, UserOrder } from '../../../generated/documents.ts';

/** Users on a page of the list. */
export const PAGE_SIZE = 50;

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
export type FilterName = Choice | (typeof TEXTS)[number];

const isOneOf = <Item extends string>(items: readonly Item[], text: string | null): text is Item =>
  (items as readonly (string | null)[]).includes(text);

/** The filter of the service. Unknown values in the URL count as none. */
function filterOf(params: URLSearchParams): UserFilter {
  const text = (name: string) => params.get(name)?.trim() || null;
  const yesNo = (name: Choice) => {
    const value = params.get(name);
    return isOneOf(['yes', 'no'], value) ? value === 'yes' : null;
  };
  const role = params.get('role');
  return {
    search: text('q'),
    role: isOneOf(CHOICES.role, role) ? role : null,
    isActive: yesNo('active'),
    emailVerified: yesNo('verified'),
    secondFactorRequired: yesNo('factor'),
    emailDomain: text('domain'),
    permission: text('permission'),
  };
}

interface Place {
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface ListState {
  readonly params: URLSearchParams;
  readonly filter: UserFilter;
  readonly order: UserOrder;
  /** Whether it is the page after or before a cursor. */
  readonly isFirstPage: boolean;
  readonly variables: ConsoleUsersQueryVariables;
  /** How many filters are set, without the search. */
  readonly filterCount: number;
  /** Changes a filter, the search (`q`) or the order, and goes to the first page. Empty: none. */
  set(name: FilterName | 'q' | 'order', value: string): void;
  /** Removes all filters and the search. */
  clear(): void;
  goTo(place: Place): void;
  /** The first page, in place of a page that does not exist. */
  startAgain(): void;
}

/** What the list shows. It is in the URL, so that links and the back button work. */
export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  return useMemo(() => {
    const order = params.get('order');
    const orderBy = isOneOf(ORDERS, order) ? order : ORDERS[0];
    const [after, before] = [params.get('after'), params.get('before')];
    const page = before ? { last: PAGE_SIZE, first: null, before } : { first: PAGE_SIZE, ...(after && { after }) };
    const filter = filterOf(params);

    function withoutPlace(): URLSearchParams {
      const next = new URLSearchParams(params);
      next.delete('after');
      next.delete('before');
      return next;
    }
    return {
      params,
      filter,
      order: orderBy,
      isFirstPage: !after && !before,
      variables: { ...page, filter, orderBy },
      filterCount: Object.entries(filter).filter(([name, value]) => name !== 'search' && value !== null).length,
      set(name, value) {
        const next = withoutPlace();
        if (value) next.set(name, value);
        else next.delete(name);
        // Each letter would be a step of the back button.
        setParams(next, { replace: name === 'q' });
      },
      clear() {
        const order = params.get('order');
        setParams(order ? { order } : {});
      },
      goTo({ after, before }) {
        const next = withoutPlace();
        if (after) next.set('after', after);
        if (before) next.set('before', before);
        setParams(next);
      },
      startAgain: () => setParams(withoutPlace(), { replace: true }),
    };
  }, [params, setParams]);
}

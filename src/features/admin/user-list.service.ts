import { parsePage, type Slice, toSlice } from '../../core/page.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import {
  countUsers,
  estimateUsers,
  findCandidates,
  findPage,
  findPageNearby,
  withCustomPlans,
} from './user-list.repo.ts';
import {
  parseEmailDomain,
  parseOrder,
  parsePermission,
  type Total,
  type UserListRequest,
  type UserQuery,
} from './user-list.ts';
import { parseSearch } from './user-search.ts';

/** Totals up to this are exact. */
const EXACT = 5_000;
/** Up to this many matches are found by ID and sorted. With more, the search scans the list. */
const NAMED = 2_000;
/** With more matches than this, the next NAMED users of the list are checked first: they probably fill the page. */
const FEW = 200;

/** Pages of users. The cost depends neither on the number of users nor on the depth of the page. */
export type UserList = (input: UserListRequest) => Promise<Slice<User> & { query: UserQuery; total(): Promise<Total> }>;

export function createUserList({ db }: { db: Db }): UserList {
  /** The users that match, if there are at most `most`; undefined: more, or no search. */
  const named = async ({ search }: UserQuery, most: number): Promise<string[] | undefined> =>
    search && findCandidates(db, search, most);

  /** Half of the users may have a permission, or none: each needs another plan. */
  const reading = <T>({ permission }: UserQuery, read: (db: Db) => Promise<T>): Promise<T> =>
    permission ? withCustomPlans(db, read) : read(db);

  /** @param few the users that match, if they are few */
  async function onPage(query: UserQuery, few: readonly string[] | undefined): Promise<User[]> {
    if (!query.search || few) return reading(query, (db) => findPage(db, query, few));
    const nearby = await reading(query, (db) => findPageNearby(db, query, NAMED));
    if (nearby.length > query.page.size) return nearby;
    const ids = await named(query, NAMED);
    return reading(query, (db) => findPage(db, query, ids));
  }

  /** @param few as above */
  async function total(query: UserQuery, few: readonly string[] | undefined): Promise<Total> {
    const ids = few ?? (await named(query, NAMED));
    // Counting many matches would read them all.
    if (query.search !== undefined && ids === undefined)
      return { count: await estimateUsers(db, query), isEstimate: true };
    const count = await reading(query, (db) => countUsers(db, query, EXACT + 1, ids));
    if (count <= EXACT) return { count, isEstimate: false };
    return { count: Math.max(count, await estimateUsers(db, query)), isEstimate: true };
  }

  return async (input) => {
    const order = parseOrder(input.orderBy);
    const { search, emailDomain, permission, ...filter } = input.filter ?? {};
    const query: UserQuery = {
      ...filter,
      emailDomain: parseEmailDomain(emailDomain),
      permission: parsePermission(permission),
      ...order,
      search: parseSearch(search),
      page: parsePage(input, order.by),
    };
    const few = await named(query, FEW);
    const slice: Slice<User> = toSlice(await onPage(query, few), query.page);
    return { ...slice, query, total: () => total(query, few) };
  };
}

import type { Caller } from '../load.ts';
import { buildRequest, expectField, newAddress } from '../scenarios.ts';

// The requests of an administrator's pages.

const PAGE = 20;
const COLUMNS = 'id email emailVerified phone firstName lastName isActive roles lastLoginAt createdAt';
const USERS = `query ($after: String, $filter: UserFilter) {
  users(first: ${PAGE}, after: $after, filter: $filter) { nodes { ${COLUMNS} } pageInfo { hasNextPage endCursor } }
}`;
const COUNTED = USERS.replace('pageInfo', 'totalCount pageInfo');

export interface Wanted {
  after?: string;
  search?: string;
  isCounted?: boolean;
  /** The user expected on the page if it is not full, and whether as the only one. If omitted, the page must be full. */
  found?: { email: string; isAlone?: boolean };
}

/** @param draw returns the next request */
export function usersCaller(token: string, draw: () => Wanted): Caller {
  const ip = newAddress();
  return () => {
    const { after, search, found, isCounted = false } = draw();
    const variables = { after, filter: search === undefined ? undefined : { search } };
    return {
      request: buildRequest(isCounted ? COUNTED : USERS, variables, token, ip),
      check(answer) {
        const { nodes } = expectField(answer, 'users') as unknown as { nodes: { email: string }[] };
        const isFull = nodes.length === PAGE;
        const isThere = nodes.some(({ email }) => email === found?.email) && (!found?.isAlone || nodes.length === 1);
        if (!isThere && (!isFull || found?.isAlone))
          throw new Error(`users ${JSON.stringify(variables)} answered ${JSON.stringify(answer)}`);
      },
    };
  };
}

/** Picks a random caller for each request. */
export function pickCaller(callers: readonly Caller[]): Caller {
  if (callers.length === 0) throw new Error('no callers');
  return () => pick(callers)();
}

export const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T; // Not empty.

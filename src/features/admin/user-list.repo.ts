import { and, arrayContains, asc, desc, eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm';
import { NEVER } from '../../core/page.ts';
import type { Db } from '../../infra/db/client.ts';
import { lastLogins, users } from '../../infra/db/tables.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS } from '../accounts/profile-fields.ts';
import type { User } from '../accounts/user.ts';
import type { UserFilter, UserQuery } from './user-list.ts';
import { rarest, type Search } from './user-search.ts';

// Each expression must equal that of its index, or PostgreSQL does not use it: users_by_address and others in tables.ts.
const ADDRESS = sql`coalesce(${users.email}, '') collate "C"`;
const DOMAIN = sql`split_part(${users.email}, '@', 2) collate "C"`;
const SEARCH_COLUMNS = [
  ADDRESS,
  sql`${users.phone} collate "C"`,
  ...PROFILE_FIELD_NAMES.filter((name) => PROFILE_FIELDS[name].isSearched).map(
    (name) => sql`lower(${users[name]}) collate "C"`,
  ),
];

/** In byte order, a prefix followed by this sorts after all other strings with that prefix. */
const LAST_CHARACTER = '\u{10ffff}';

/** A range instead of LIKE, because it can always use the index and has no wildcards to escape. */
const startsWith = (column: SQL, text: string): SQL =>
  sql`(${column} >= lower(${text}::text) and ${column} < lower(${text}::text) || ${LAST_CHARACTER}::text)`;

const matches = (search: Search): SQL | undefined =>
  search.length === 0
    ? sql`false`
    : or(
        ...search.map((parts) =>
          and(...parts.map((text) => or(...SEARCH_COLUMNS.map((column) => startsWith(column, text))))),
        ),
      );

/** Constants instead of parameters, so that the planner can use partial indexes. */
const buildConditions = ({
  search,
  isActive,
  role,
  emailVerified,
  secondFactorRequired,
  emailDomain,
  permission,
}: Partial<Filter>): (SQL | undefined)[] => [
  isActive === true ? sql`${users.isActive}` : undefined,
  isActive === false ? sql`not ${users.isActive}` : undefined,
  emailVerified === true ? sql`${users.emailVerifiedAt} is not null` : undefined,
  emailVerified === false ? sql`${users.emailVerifiedAt} is null` : undefined,
  secondFactorRequired === true ? sql`${users.secondFactorRequired}` : undefined,
  secondFactorRequired === false ? sql`not ${users.secondFactorRequired}` : undefined,
  role ? and(sql`${users.roles} <> '{}'`, arrayContains(users.roles, [role])) : undefined,
  isGiven(emailDomain) ? sql`${DOMAIN} = ${emailDomain}::text` : undefined,
  isGiven(permission) ? arrayContains(users.permissions, [permission]) : undefined,
  search && matches(search),
];

const isGiven = (value: string | null | undefined): value is string => value !== null && value !== undefined;

type Filter = Pick<UserQuery, 'search' | keyof UserFilter>;

const isAmong = (ids: readonly string[]): SQL => sql`${users.id} = any(${sql.param(ids)}::uuid[])`;

/**
 * IDs of the users that match. Reads those that match the longest parts, through the index of each column; undefined if
 * there are more than `limit` of them.
 */
export async function findCandidates(db: Db, search: Search, limit: number): Promise<string[] | undefined> {
  const prefixes = [...new Set(rarest(search))];
  if (prefixes.length === 0) return [];
  const fits = search.every((parts) => parts.length === 1) ? sql`true` : matches(search);
  const ranges = prefixes.flatMap((text) =>
    SEARCH_COLUMNS.map(
      (column) =>
        sql`(select ${users.id}, ${fits} as fits from ${users} where ${startsWith(column, text)} order by ${column} limit ${limit + 1})`,
    ),
  );
  // One string for all IDs: thousands of rows would become thousands of objects.
  const [row] = await db
    .select({
      read: sql<number>`count(distinct found.id)::int`,
      ids: sql<string | null>`string_agg(distinct found.id::text, ' ') filter (where found.fits)`,
    })
    .from(sql`(${sql.join(ranges, sql` union all `)}) as found`);
  if (!row || row.read > limit) return undefined;
  return row.ids?.split(' ') ?? [];
}

/**
 * The sort key, the direction, and the condition that skips rows up to the cursor.
 * @param hasFew whether the users are named, so that no index of the order is needed
 */
function buildOrder({ by, isDescending: isListDescending, page }: UserQuery, hasFew = false) {
  const isDescending = isListDescending !== page.isBackward;
  const { shownKey } = ORDERS[by];
  const { key, id } = hasFew ? { key: shownKey, id: users.id } : ORDERS[by];
  const value = by === 'email' ? sql`${page.from?.key}::text` : sql`${page.from?.key}::timestamptz`;
  const beyond = sql`(${key}, ${id}) ${sql.raw(isDescending ? '<' : '>')} (${value}, ${page.from?.id}::uuid)`;
  return { key, id, shownKey, direction: isDescending ? desc : asc, beyond: page.from && beyond };
}

/** The users, joined with what the order reads. */
function selectUsers(db: Db, by: UserQuery['by'] | 'few') {
  const rows = db.select(getTableColumns(users)).from(users).$dynamic();
  if (by === 'login') rows.innerJoin(lastLogins, eq(lastLogins.userId, users.id)); // Changes the query itself.
  return rows;
}

const inOrderOf = (key: SQL) => ({ key, id: users.id, shownKey: key });

/** The sort key and the ID of each order, as its index has them, and the key in terms of users alone. */
const ORDERS = {
  created: inOrderOf(sql`${users.createdAt}`),
  email: inOrderOf(ADDRESS),
  login: {
    key: sql`${lastLogins.at}`,
    id: lastLogins.userId,
    shownKey: sql`coalesce(${users.lastLoginAt}, ${NEVER}::timestamptz)`,
  },
};

/**
 * Up to one row more than the page size, in paging direction. Keyset pagination, so every page costs the same.
 * @param ids the only users that can match; undefined if there are too many to list
 */
export function findPage(db: Db, query: UserQuery, ids: readonly string[] | undefined): Promise<User[]> {
  const { key, id, direction, beyond } = buildOrder(query, ids !== undefined);
  return selectUsers(db, ids ? 'few' : query.by)
    .where(and(...buildConditions(query), beyond, ids && isAmong(ids)))
    .orderBy(direction(ids ? unindexed(key, query.by) : key), direction(id))
    .limit(query.page.size + 1);
}

/** The same, but reads and filters only the next `window` users of the list. */
export function findPageNearby(db: Db, { search, ...query }: UserQuery, window: number): Promise<User[]> {
  const { key, id, shownKey, direction, beyond } = buildOrder({ ...query, search: undefined });
  const next = selectUsers(db, query.by)
    .where(and(...buildConditions(query), beyond))
    .orderBy(direction(key), direction(id))
    .limit(window)
    .as('users'); // Shadows the table, so that conditions and order apply to these rows.
  return db
    .select()
    .from(next)
    .where(search && matches(search))
    .orderBy(direction(shownKey), direction(users.id))
    .limit(query.page.size + 1);
}

/** The same order without an index, so that the planner reads the few users by ID and sorts them. */
const unindexed = (key: SQL, by: UserQuery['by']): SQL =>
  by === 'email' ? sql`coalesce(${users.email}, '') || '' collate "C"` : sql`${key} + interval '0'`;

/** The number of matches, at most `limit`. */
export async function countUsers(
  db: Db,
  filter: Filter,
  limit: number,
  ids: readonly string[] | undefined,
): Promise<number> {
  const counted = db
    .select({ one: sql`1`.as('one') })
    .from(users)
    .where(and(...buildConditions(filter), ids && isAmong(ids)))
    .orderBy(...(ids ? [] : [users.createdAt, users.id]))
    .limit(limit)
    .as('counted');
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(counted);
  return row?.count ?? 0;
}

/** The planner's estimate of the number of matches, from statistics. Reads no rows. */
export async function estimateUsers(db: Db, filter: Filter): Promise<number> {
  const found = and(...buildConditions(filter)) ?? sql`true`;
  const result: unknown = await db.execute(sql`explain (format json) select 1 from ${users} where ${found}`);
  // postgres.js returns an array, PGlite an object with one. The plan is JSON, as text or parsed.
  const [row] = (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Record<string, unknown>[];
  const plan = row?.['QUERY PLAN'];
  const [{ Plan }] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: { 'Plan Rows': number } }];
  return Math.round(Plan['Plan Rows']);
}

/**
 * Reads with plans made for the very parameters. After some executions PostgreSQL otherwise uses a plan for average ones,
 * which is wrong where one value is in half the rows and another in none.
 */
export const withCustomPlans = <T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
    return read(tx);
  });

import { and, arrayContains, asc, desc, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { users } from '../../infra/db/tables.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS } from '../accounts/profile-fields.ts';
import type { User } from '../accounts/user.ts';
import type { UserFilter, UserQuery } from './user-list.ts';
import { rarest, type Search } from './user-search.ts';

// Each expression must equal that of its index, or PostgreSQL does not use it: users_by_address and others in tables.ts.
const ADDRESS = sql`coalesce(${users.email}, '') collate "C"`;
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
}: Partial<Filter>): (SQL | undefined)[] => [
  isActive === true ? sql`${users.isActive}` : undefined,
  isActive === false ? sql`not ${users.isActive}` : undefined,
  emailVerified === true ? sql`${users.emailVerifiedAt} is not null` : undefined,
  emailVerified === false ? sql`${users.emailVerifiedAt} is null` : undefined,
  secondFactorRequired === true ? sql`${users.secondFactorRequired}` : undefined,
  secondFactorRequired === false ? sql`not ${users.secondFactorRequired}` : undefined,
  role ? and(sql`${users.roles} <> '{}'`, arrayContains(users.roles, [role])) : undefined,
  search && matches(search),
];

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

/** The sort key, the direction, and the condition that skips rows up to the cursor. */
function buildOrder({ by, isDescending: isListDescending, page }: UserQuery) {
  const isDescending = isListDescending !== page.isBackward;
  const key = by === 'email' ? ADDRESS : sql`${users.createdAt}`;
  const value = by === 'email' ? sql`${page.from?.key}::text` : sql`${page.from?.key}::timestamptz`;
  const beyond = sql`(${key}, ${users.id}) ${sql.raw(isDescending ? '<' : '>')} (${value}, ${page.from?.id}::uuid)`;
  return { key, direction: isDescending ? desc : asc, beyond: page.from && beyond };
}

/**
 * Up to one row more than the page size, in paging direction. Keyset pagination, so every page costs the same.
 * @param ids the only users that can match; undefined if there are too many to list
 */
export function findPage(db: Db, query: UserQuery, ids: readonly string[] | undefined): Promise<User[]> {
  const { key, direction, beyond } = buildOrder(query);
  return db
    .select()
    .from(users)
    .where(and(...buildConditions(query), beyond, ids && isAmong(ids)))
    .orderBy(direction(ids ? unindexed(key, query.by) : key), direction(users.id))
    .limit(query.page.size + 1);
}

/** The same, but reads and filters only the next `window` users of the list. */
export function findPageNearby(db: Db, { search, ...query }: UserQuery, window: number): Promise<User[]> {
  const { key, direction, beyond } = buildOrder({ ...query, search: undefined });
  const inOrder = [direction(key), direction(users.id)];
  const next = db
    .select()
    .from(users)
    .where(and(...buildConditions(query), beyond))
    .orderBy(...inOrder)
    .limit(window)
    .as('users'); // Shadows the table, so that conditions and order apply to these rows.
  return db
    .select()
    .from(next)
    .where(search && matches(search))
    .orderBy(...inOrder)
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
